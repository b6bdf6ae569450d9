"""Components at work in a browser: search as you type, under the strict policy, and without it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string

pytestmark = pytest.mark.urls("tests.web.pages")


def drawn(template: str, **values: object) -> str:
    return Template("{% load coachwork %}" + template).render(Context(values))


def test_a_level_that_nobody_saw_is_not_a_number() -> None:
    assert "Not seen" in render_to_string("components/level.html", {"value": None})
    assert "0" not in render_to_string("components/level.html", {"value": None})
    assert "3½" in render_to_string("components/level.html", {"value": 3.5})


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Amira Haddad", "AH"), ("jo", "J"), ("Ana Maria de Souza", "AS"), ("", "·"), ("  ", "·")],
)
def test_initials_are_those_of_the_first_and_the_last_name(name: str, letters: str) -> None:
    assert drawn("{{ name|initials }}", name=name) == letters


@pytest.mark.parametrize("value", [None, "", "x", "NaN", object()])
def test_what_is_no_level_is_said_as_not_seen(value: object) -> None:
    assert drawn("{{ value|level_word }}", value=value) == "Not seen"


def test_an_icon_with_words_is_an_image_and_without_them_decoration() -> None:
    assert 'aria-hidden="true"' in drawn('{% icon "plan" %}')
    spoken = drawn('{% icon "plan" label=words %}', words='Plan "x"')
    assert 'role="img" aria-label="Plan &quot;x&quot;"' in spoken


def test_what_people_wrote_is_escaped_in_every_component() -> None:
    evil = "<script>x</script>"
    cases: dict[str, dict[str, Any]] = {
        "page_header": {"title": evil, "lead": evil, "eyebrow": evil},
        "notice": {"text": evil, "title": evil},
        "empty": {"text": evil, "title": evil},
        "evidence_row": {"source": evil, "source_label": evil, "text": evil, "disputed": evil},
        "log": {"entries": [{"title": evil, "text": evil}]},
        "table": {"caption": evil, "header": [evil], "rows": [[evil]]},
        "visibility": {"visibility": evil, "visibility_label": evil, "readers": [evil]},
        "search_box": {"value": evil, "results": [{"title": evil, "note": evil, "url": evil}]},
        "level_scale": {"name": "x", "legend": evil, "error": evil, "texts": [evil] * 5},
        "facts": {"facts": [(evil, evil)]},
        "tabs": {"tabs": [{"label": evil, "url": evil}], "label": evil},
        "tag": {"label": evil},
        "avatar": {"name": evil},
    }
    for name, values in cases.items():
        html = render_to_string(f"components/{name}.html", values)
        assert "<script" not in html, name
        assert "&lt;script" in html or name == "avatar", name


def test_the_scale_of_five_has_words_and_a_way_to_say_not_seen() -> None:
    html = render_to_string("components/level_scale.html", {"name": "x", "legend": "y", "value": 3})
    assert html.count('type="radio"') == 6
    assert html.count("checked") == 1 and 'value="3" data-key="3" checked' in html
    for word in ("Starting", "Developing", "Dependable", "Strong", "Role model", "Not seen"):
        assert word in html


@pytest.mark.browser
def test_search_answers_while_typing_and_arrows_lead_into_the_results(
    live_server: Any, new_context: Callable[..., Any]
) -> None:
    page = new_context().new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(f"{live_server.url}/find")
    page.get_by_role("searchbox").press_sequentially("proj")
    page.get_by_role("link", name="Project sponsor").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == "Project sponsor"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.type") == "search"
    page.get_by_role("searchbox").fill("xqzt")
    page.get_by_text("Nothing found for these words").wait_for()
    assert complaints == []


@pytest.mark.browser
def test_search_works_without_a_script(live_server: Any, new_context: Callable[..., Any]) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}/find")
    page.get_by_role("searchbox").fill("nurse")
    page.get_by_role("button", name="Search").click()
    assert page.get_by_role("link", name="Nurse").count() == 1
    assert page.get_by_role("searchbox").input_value() == "nurse"
