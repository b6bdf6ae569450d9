"""Every page, at every width and in both lights: readable, operable, and nothing runs out of it."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.journeys import pages
from tests.journeys.conftest import SignedIn
from tests.journeys.house import House
from tests.sweep import RUNS_OUT, problems

pytestmark = [pytest.mark.browser, pytest.mark.slow]

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
        for path in new.values():
            page.goto(demo.url + path)
            found += [f"{who or 'visitor'}: {one}" for one in problems(page)]
        done |= set(new)
        page.context.close()
    assert len(done) > 90
    assert not found, "\n".join(found)


def test_every_page_fits_at_320_with_the_text_at_twice_its_size(
    demo: House, signed_in: SignedIn
) -> None:
    found = []
    for who in ("amira", "carl"):
        page = signed_in(demo, who, viewport={"width": 320, "height": 800})
        for path in pages.walked(page, demo.url).first_of_each().values():
            page.goto(demo.url + path)
            page.evaluate("document.documentElement.style.fontSize = '200%'")
            found += [f"{path} runs out: {one}" for one in page.evaluate(RUNS_OUT)]
    assert not found, "\n".join(found)


# What a step leads to that the walk does not take, and that no page names word by word.
BY_A_STEP = {
    "account_reset_password_from_key": "by a link in a mail",
    "moments:change-drop": "by a link in a mail",
    "moments:change-later": "by a link in a mail",
    "moments:change-smaller": "by a link in a mail",
    "evidence:correct-of": "beside a row that the helper wrote",
    "evidence:withdraw-of": "beside a row that the helper wrote",
}


def named_somewhere(name: str) -> bool:
    """Whether a page, a script or a view names this address."""
    return any(f"{quote}{name}{quote}" in text for text in sources() for quote in "'\"")


@cache
def sources() -> list[str]:
    files = (one for one in Path("src").rglob("*") if one.suffix in {".html", ".txt", ".py", ".js"})
    return [one.read_text(encoding="utf-8") for one in files if one.name != "urls.py"]


def test_a_link_leads_to_every_page(demo: House, signed_in: SignedIn) -> None:
    """A page that nothing leads to is a page that nobody finds."""
    reached: set[str] = set()
    for who in CAST:
        page = signed_in(demo, who)
        reached |= pages.walked(page, demo.url).reached
        page.context.close()
    left = {name for route, name in pages.routes().items() if route not in reached}
    assert sorted(name for name in left - {*BY_A_STEP} if not named_somewhere(name)) == []
