"""Every page, at every width and in both lights: readable, operable, and nothing runs out of it."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest

from tests.conftest import AXE_RULES
from tests.journeys import pages
from tests.journeys.conftest import SignedIn
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


def problems(page: Any, url: str, paths: Iterable[str]) -> list[str]:
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


# Together they have something on every page: records at every stage, people who help, visitors.
CAST = ("amira", "lucia", "rafael", "carl", "max", "idris", "tomasz")


@pytest.mark.accepts("G-05")
def test_every_page_passes_axe_and_fits_at_every_width_in_light_and_dark(
    demo: House, signed_in: SignedIn, new_context: Any
) -> None:
    """Each page once, with whoever comes to it first; visitors' pages as a visitor."""
    done: set[str] = set()
    found: list[str] = []
    for who in (None, *CAST):
        page = signed_in(demo, who) if who else new_context().new_page()
        new = {
            route: path
            for route, path in pages.walked(page, demo.url).first_of_each().items()
            if route not in done
        }
        found += [f"{who or 'visitor'}: {one}" for one in problems(page, demo.url, new.values())]
        done |= set(new)
        page.context.close()
    assert len(done) > 90
    assert not found, "\n".join(found)


def test_every_page_fits_at_320_with_the_text_at_twice_its_size(
    demo: House, signed_in: SignedIn
) -> None:
    found = []
    for who in ("amira", "carl"):
        page = signed_in(demo, who, viewport={"width": 320, "height": HEIGHT})
        for path in pages.walked(page, demo.url).first_of_each().values():
            page.goto(demo.url + path)
            page.evaluate("document.documentElement.style.fontSize = '200%'")
            found += [f"{path} runs out: {one}" for one in page.evaluate(RUNS_OUT)]
    assert not found, "\n".join(found)


# What no link on a page leads to, and why.
NOT_LINKED = {
    "by a link in a mail": (
        "moments:tap", "account_reset_password_from_key", "notifications:action",
        "notifications:unsubscribe", "people:invitation", "people:join",
    ),
    "after a step that the walk does not take": (
        "account_confirm_login_code", "moments:attach", "people:opened",
        "people:invitation-answer", "people:invitation-accept", "people:invitation-decline",
    ),
}  # fmt: skip


def test_a_link_leads_to_every_page(demo: House, signed_in: SignedIn) -> None:
    """A page that nothing leads to is a page that nobody finds."""
    reached: set[str] = set()
    for who in CAST:
        page = signed_in(demo, who)
        reached |= pages.walked(page, demo.url).reached
        page.context.close()
    known = {name for route, name in pages.routes().items() if route not in reached}
    excused = {name for names in NOT_LINKED.values() for name in names}
    assert sorted(known - excused) == []
