"""The look: readable in every theme, direction and width, and free of inline style."""

import re
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import get_template
from django.test import Client

from coachwork.web.templatetags.coachwork import SHEETS as SHEET_NAMES
from tests.web import contrast

WEB = Path(__file__).parents[2] / "src/coachwork/web"
SHEETS = sorted((WEB / "static/coachwork/css").glob("*.css"))
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))

pytestmark = pytest.mark.urls("tests.web.pages")

PAPERS = ("paper", "surface", "sunken")
TEXT_PAIRS = [
    *product(("ink", "ink-soft", "ink-faint", "accent", "accent-strong", "problem"), PAPERS),
    *product(("ink", "ink-soft", "accent", "accent-strong"), ("accent-soft",)),
    *product(("ink", "accent"), ("info-soft", "success-soft")),
    *product(("ink", "ink-soft", "brass"), ("brass-soft",)),
    *product(("brass",), ("paper", "surface")),
    *product(("problem", "ink"), ("problem-soft",)),
    *product(("info",), ("info-soft", "surface")),
    *product(("success",), ("success-soft", "surface")),
    *product(("on-accent",), ("accent", "accent-strong")),
    *product(
        ("panel-ink", "panel-soft", "panel-brass", "panel-problem"), ("panel", "panel-raised")
    ),
    *product(("panel",), ("panel-ink", "panel-soft")),
    ("paper", "ink"),
]
MARKS = ("self", "manager", "peer", "report", "other", "target", "bar")
UI_PAIRS = [
    *product(("line-strong", "focus", "accent"), PAPERS),
    *product(("focus",), ("accent-soft", "info-soft", "problem-soft", "brass-soft")),
    *product((f"mark-{name}" for name in MARKS), ("paper", "surface", "mark-rest")),
    ("coachline", "panel"),
    ("panel-ink", "panel"),
]


@pytest.mark.parametrize("theme", contrast.themes())
def test_text_can_be_read_on_every_paper_it_stands_on(theme: str) -> None:
    colour = contrast.themes()[theme]
    weak = {
        f"{text} on {paper}": round(contrast.ratio(colour[text], colour[paper]), 2)
        for text, paper in TEXT_PAIRS
        if contrast.ratio(colour[text], colour[paper]) < 4.5
    }
    assert not weak


@pytest.mark.parametrize("theme", contrast.themes())
def test_marks_edges_and_the_focus_stand_out(theme: str) -> None:
    colour = contrast.themes()[theme]
    weak = {
        f"{mark} on {paper}": round(contrast.ratio(colour[mark], colour[paper]), 2)
        for mark, paper in UI_PAIRS
        if contrast.ratio(colour[mark], colour[paper]) < 3
    }
    assert not weak


def test_high_contrast_reads_at_seven_to_one() -> None:
    for theme in ("contrast on light", "contrast on dark"):
        colour = contrast.themes()[theme]
        for text, paper in product(("ink", "ink-soft", "ink-faint", "accent"), PAPERS):
            assert contrast.ratio(colour[text], colour[paper]) >= 7, (theme, text, paper)


def test_who_asks_the_system_for_contrast_gets_the_theme_of_that_name() -> None:
    chosen = contrast.block('[data-theme="contrast"]')
    asked = contrast.block(":root:not([data-theme])")
    assert [line.strip() for line in asked.splitlines()] == [
        line.strip() for line in chosen.splitlines()
    ]


def test_the_contrast_of_a_known_pair_is_measured_rightly() -> None:
    assert contrast.ratio("#000000", "#ffffff") == pytest.approx(21)
    assert contrast.ratio("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_sheets_know_start_and_end_but_not_left_and_right(sheet: Path) -> None:
    css = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.S)
    physical = re.findall(
        r"^\s*(?:(?:margin|padding|border)-(?:left|right|top|bottom)|left|right|top|bottom|width|"
        r"height|min-width|max-width|min-height|max-height|float|clear)\s*:.*$"
        r"|text-align:\s*(?:left|right)",
        css,
        flags=re.M,
    )
    assert not physical


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_every_colour_is_a_token(sheet: Path) -> None:
    if sheet.name == "tokens.css":
        return
    css = sheet.read_text(encoding="utf-8")
    assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[;\s,)])", css)) <= {"#fff"}, "paper is white"


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_templates_carry_no_inline_style_or_script(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|<style|\son(?:click|change|submit|load)=|javascript:", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)


def test_every_sheet_reaches_the_page() -> None:
    assert sorted(SHEET_NAMES) == [s.stem for s in SHEETS if s.stem != "styleguide"]
    assert SHEET_NAMES[0] == "tokens", "it declares the order of the layers"


def test_fonts_are_light_and_bring_their_licences() -> None:
    fonts = WEB / "static/coachwork/fonts"
    assert sum(font.stat().st_size for font in fonts.glob("*.woff2")) < 200_000
    families = {font.name.split("-latin")[0] for font in fonts.glob("*.woff2")}
    assert families == {file.name.split(".")[0] for file in fonts.glob("*.LICENSE.txt")}


def test_every_icon_that_a_template_asks_for_is_in_the_sprite() -> None:
    sprite = (WEB / "static/coachwork/icons.svg").read_text(encoding="utf-8")
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', sprite))
    asked = {
        name
        for template in (WEB.parent).rglob("templates/**/*.html")
        for name in re.findall(r'{% icon "([\w-]+)"', template.read_text(encoding="utf-8"))
    }
    assert asked and asked <= drawn


def test_the_style_guide_shows_every_component() -> None:
    shown = "".join(
        path.read_text(encoding="utf-8") for path in TEMPLATES if "errors" not in path.parts
    )
    used = set(re.findall(r'include "components/([\w-]+)\.html"', shown)) | {"form_fields", "field"}
    assert {path.stem for path in TEMPLATES if path.parent.name == "components"} - used == {
        "error_page"
    }


@pytest.mark.parametrize("query", ["", "?theme=dark", "?theme=contrast", "?dir=rtl", "?theme=<x>"])
def test_the_style_guide_answers_in_every_look(client: Client, query: str) -> None:
    response = client.get(f"/styleguide{query}")
    html = response.content.decode()
    assert response.status_code == 200
    assert 'dir="rtl"' in html if "rtl" in query else '<html lang="en" dir="ltr"' in html
    assert ("data-theme" in html.split("<head>")[0]) == (
        query in {"?theme=dark", "?theme=contrast"}
    )
    assert not re.search(r"\sstyle=", html)


def test_the_page_for_our_own_faults_needs_nothing_but_itself() -> None:
    html = get_template("errors/500.html").render()
    assert "That was our fault" in html
    assert "{%" not in html


@pytest.mark.django_db
@pytest.mark.parametrize("status", [400, 403, 404, 409, 413, 429])
def test_every_refusal_has_a_page_that_says_how_to_go_on(status: int, rf: Any) -> None:
    html = get_template(f"errors/{status}.html").render({"message": "<b>why</b>"}, rf.get("/x"))
    assert "&lt;b&gt;why&lt;/b&gt;" in html
    assert 'href="/"' in html and "kept on this device" in html


LOOKS = [(width, scheme) for width in (320, 768, 1280) for scheme in ("light", "dark")]


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_every_component_passes_axe_and_never_scrolls_sideways(
    live_server: Any,
    new_context: Callable[..., Any],
    axe: Callable[[Any], None],
    width: int,
    scheme: str,
) -> None:
    for query in ("", "?dir=rtl", "?theme=contrast"):
        context = new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
        )
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda message, kept=complaints: kept.append(message.text))
        page.goto(f"{live_server.url}/styleguide{query}")
        page.evaluate(
            "document.querySelectorAll('details:not([data-menu])').forEach(d => { d.open = true })"
        )
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert complaints == [], "the content security policy, or a missing file"


@pytest.mark.browser
def test_everything_that_is_pressed_is_large_enough_for_a_thumb(
    live_server: Any, new_context: Callable[..., Any]
) -> None:
    page = new_context(viewport={"width": 320, "height": 800}).new_page()
    page.goto(f"{live_server.url}/styleguide")
    small = page.evaluate(
        """() => [...document.querySelectorAll(
             '.button, .choice, .scale__option, .nav-bar__link, .tool, summary, .tabs__link, '
             + '.search__result, .footer__links a, .field input:not([type=radio]):not('
             + '[type=checkbox]), .field select, .field textarea')]
           .filter(e => e.checkVisibility())
           .map(e => [e.className || e.tagName, e.getBoundingClientRect()])
           .filter(([, box]) => box.width < 44 || box.height < 43.9)
           .map(([name, box]) => `${name} ${box.width} x ${box.height}`)"""
    )
    assert small == []
