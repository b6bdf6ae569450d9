"""Every page in the pseudo-language: no word of ours escapes translation, nothing runs out.

It is accented, 40% longer and goes from right to left. What people wrote, what content says in
English, names and numbers stay as they are; everything else must stand in its brackets.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from coachwork.kit.content import SHIPPED, reading
from coachwork.kit.pseudo import CLOSE, OPEN
from tests.journeys import house, pages
from tests.journeys.conftest import SignedIn
from tests.journeys.house import House
from tests.journeys.test_pages import RUNS_OUT

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# Each piece of text that can be seen or heard, unless it says which other language it is in.
TEXTS = """() => {
  const found = [];
  const walk = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const around = node.parentElement;
    if (around.closest("script, style, template, [translate=no], [lang='en'], kbd, code")) continue;
    if (around.closest("[dir=auto]")) continue;
    const words = node.textContent.trim();
    if (words) found.push(words);
  }
  for (const one of document.querySelectorAll("[aria-label], [title], [placeholder], [alt]"))
    for (const name of ["aria-label", "title", "placeholder", "alt"])
      if (one.getAttribute(name) && !one.closest("[lang='en'], [dir=auto]"))
        found.push(one.getAttribute(name));
  return found;
}"""
WORD = re.compile(r"[A-Za-z]{3,}")
INSIDE = re.compile(rf"{OPEN}[^{CLOSE}]*{CLOSE}")


# Names, the same in every language.
SAME_EVERYWHERE = {
    "coachwork", "english", "pseudo", "utc", "json", "csv", "html", "esco", "o*net",
    "career core 40 v", "https://findahelpline.com",
}  # fmt: skip


@pytest.fixture
def pseudo_house(demo: House, tmp_path: Path) -> Iterator[House]:
    """A copy of the demo that also speaks the pseudo-language."""
    folder = house.copied(demo.folder, tmp_path / "pseudo")
    with house.running(folder, "--demo", COACHWORK_PSEUDO="1") as found:
        yield found


def speak_pseudo(page: Any, url: str) -> None:
    """Choose the language where everybody does."""
    page.goto(f"{url}/people/settings/")
    page.locator("select[name=locale]").select_option("ar-xb")
    page.locator("form:has(select[name=locale]) .button--primary").click()
    page.locator("html[lang='ar-xb']").wait_for(state="attached")


def said_by_others(there: House) -> str:
    """What people and content say: all texts of the database and of the shipped content."""
    tables = there.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
    skipped = ("sqlite_", "django_", "auth_", "cache")
    found = [page_text(SHIPPED)]
    for (table,) in tables:
        if not str(table).startswith(skipped):
            for row in there.rows(f'SELECT * FROM "{table}" LIMIT 20000'):
                found += [value for value in row if isinstance(value, str)]
    return plain("\n".join(found))


def page_text(folder: Any) -> str:
    return "\n".join(
        folder.joinpath(*path.split("/")).read_text(encoding="utf-8")
        for path in reading.paths(folder)
        if path.endswith(".yaml")
    )


def plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def untranslated(pieces: list[str], known: str) -> set[str]:
    """The pieces of our own that are not in the pseudo-language."""
    found = set()
    for piece in pieces:
        for rest in re.split(r" · |, |: ", INSIDE.sub(" · ", piece)):
            said = plain(rest).strip(' .,:;·–-()[]“”"?!0123456789/+')
            if WORD.search(said) and said not in known and said not in SAME_EVERYWHERE:
                found.add(rest.strip())
    return found


@pytest.mark.parametrize("who", ["amira", "carl"])
def test_no_word_escapes_translation_and_nothing_runs_out_at_320(
    pseudo_house: House, signed_in: SignedIn, who: str
) -> None:
    page = signed_in(pseudo_house, who, viewport={"width": 320, "height": 800})
    speak_pseudo(page, pseudo_house.url)
    known = said_by_others(pseudo_house)
    problems = []
    for path in pages.walked(page, pseudo_house.url).first_of_each().values():
        page.goto(pseudo_house.url + path)
        assert page.locator("html").get_attribute("dir") == "rtl", path
        escaped = untranslated(page.evaluate(TEXTS), known)
        problems += [f"{path}: not translated: {one}" for one in sorted(escaped)]
        problems += [f"{path}: runs out: {one}" for one in page.evaluate(RUNS_OUT)]
    assert not problems, "\n".join(problems)


def test_the_check_itself_sees_a_word_that_escaped() -> None:
    assert untranslated(["Save this"], "") == {"Save this"}
    assert untranslated([f"{OPEN}Šávé ····{CLOSE} from Jo"], "") == {"from Jo"}
    assert untranslated([f"{OPEN}Šávé ····{CLOSE} Jo", "12", "Coachwork"], "jo") == set()
