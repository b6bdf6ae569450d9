"""A browser and its system in words, from what it says of itself."""

from django.utils.translation import gettext as _

# The first name that stands in what the browser says of itself; the order matters.
BROWSERS = ("Firefox", "Edg", "OPR", "Chromium", "Chrome", "Safari")
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "macOS",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}


def said(agent: str) -> str:
    """A browser and system in words, from what the browser says of itself."""
    names = {"Edg": "Edge", "OPR": "Opera"}
    browser = next((names.get(one, one) for one in BROWSERS if one in agent), "")
    system = next((said for mark, said in SYSTEMS.items() if mark in agent), "")
    if browser and system:
        return _("{browser} on {system}").format(browser=browser, system=system)
    return browser or system or _("a browser we do not know")
