"""Every page, at every width and in both lights: readable, operable, and nothing runs out of it."""

from functools import cache
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest

from tests.conftest import AXE_RULES
from tests.journeys import pages
from tests.journeys.house import House

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WIDTHS = (320, 768, 1280)
HEIGHT = 800
AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
# Nothing may move while it is measured; a sheet made this way is one that the policy allows.
STILL = """() => {
  const sheet = new CSSStyleSheet();
  const still = "transition: none !important; animation: none !important";
  sheet.replaceSync(`*, *::before, *::after { ${still} }`);
  document.adoptedStyleSheets = [sheet];
}"""
FINDS = """async only => {
  const found = await axe.run(document, { resultTypes: ["violations"], runOnly: only });
  return found.violations.flatMap(rule => rule.nodes.map(
    node => `${rule.id} (${rule.impact}): ${rule.help}\\n      ${node.html.slice(0, 200)}`));
}"""
ALL_RULES = {"type": "tag", "values": AXE_RULES}
# Dark paper changes colours and nothing else.
COLOUR_RULES = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
RULES = {"light": ALL_RULES, "dark": COLOUR_RULES}
# The page itself must not scroll sideways; a table in a region of its own may.
RUNS_OUT = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  return [...document.body.querySelectorAll("*")]
    .filter(one => one.getBoundingClientRect().right > room + 1)
    .map(one => `<${one.localName} ${one.className}> ${one.textContent.trim().slice(0, 60)}`)
    .slice(-3);
}"""


@cache
def axe() -> str:
    return AXE.read_text(encoding="utf-8")


def problems(page: Any, url: str, paths: list[str]) -> list[str]:
    """What is wrong with these pages, at each width and in each light."""
    found = []
    for path in paths:
        page.goto(url + path)
        page.evaluate(axe())
        page.evaluate(STILL)
        for light, rules in RULES.items():
            page.emulate_media(color_scheme=light)
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": HEIGHT})
                where = f"{path} at {width}, {light}"
                found += [f"{where}: {one}" for one in page.evaluate(FINDS, rules)]
                if light == "light":
                    found += [f"{where} runs out: {one}" for one in page.evaluate(RUNS_OUT)]
    return found


def first_of_each(found: dict[str, list[str]]) -> list[str]:
    return [paths[0] for paths in found.values()]


@pytest.mark.accepts("G-05")
@pytest.mark.parametrize("who", ["amira", "carl", "tomasz"])
def test_every_page_passes_axe_and_fits_at_every_width_in_light_and_dark(
    demo: House, signed_in: Any, who: str
) -> None:
    page = signed_in(demo, who)
    paths = first_of_each(pages.walked(page, demo.url))
    assert len(paths) > 25
    found = problems(page, demo.url, paths)
    assert not found, "\n".join(found)


@pytest.mark.accepts("G-05")
def test_every_page_for_visitors_passes_axe_and_fits(demo: House, new_context: Any) -> None:
    page = new_context().new_page()
    paths = first_of_each(pages.walked(page, demo.url))
    assert {"/", "/account/login/", "/account/signup/", "/help/", "/privacy/"} <= set(paths)
    found = problems(page, demo.url, paths)
    assert not found, "\n".join(found)


def test_every_page_fits_at_320_with_the_text_at_twice_its_size(
    demo: House, signed_in: Any
) -> None:
    page = signed_in(demo, "amira", viewport={"width": 320, "height": HEIGHT})
    found = []
    for path in first_of_each(pages.walked(page, demo.url)):
        page.goto(demo.url + path)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        found += [f"{path} runs out: {one}" for one in page.evaluate(RUNS_OUT)]
    assert not found, "\n".join(found)


# Addresses that no walk opens as a page, and why.
NOT_WALKED = {
    "tokens in mails": ("tap", "action", "unsubscribe", "invitation", "join", "reset", "confirm"),
}


def test_the_walk_finds_every_address_that_is_a_page(demo: House, signed_in: Any) -> None:
    """A page that no link leads to is a page that nobody finds."""
    known = pages.routes()
    walked: set[str] = set()
    for who in ("amira", "carl", "max", "idris", "tomasz", "mona"):
        page = signed_in(demo, who)
        walked |= set(pages.walked(page, demo.url))
        page.context.close()
    missing = {route: name for route, name in known.items() if route not in walked}
    print("\n".join(f"{name:40} {route}" for route, name in missing.items()))  # noqa: T201
