"""The copy lint: no text that ships or is shown may blame, frighten, compare, press or promise.

It reads the content, the templates, the translatable strings of the Python code, the scripts and
the message catalogues, and it can fail: each banned pattern has a sentence that must be caught.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from coachwork.kit import content
from coachwork.kit.content import copywriting, linter, rules
from coachwork.kit.content.book import strings
from coachwork.kit.content.reading import page, paths

SRC = Path(__file__).resolve().parents[2] / "src" / "coachwork"
GETTEXT = {
    "_",
    "gettext",
    "gettext_lazy",
    "gettext_noop",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "pgettext_lazy",
    "npgettext",
    "npgettext_lazy",
}
COMMENTS = re.compile(
    r"\{#.*?#\}|\{%\s*comment\b.*?endcomment\s*%\}|<!--.*?-->", re.DOTALL | re.IGNORECASE
)
SCRIPT_COMMENTS = re.compile(r"/\*.*?\*/|(?<![:\"'])//[^\n]*", re.DOTALL)
INPUT = re.compile(r"<input\b(?:[^>{]|\{[^}]*\}+)*>", re.IGNORECASE | re.DOTALL)
SHARING_WORDS = r"(?:share|sharing|consent|release|publish|visible)"
SHARING = re.compile(rf"name\s*=\s*[\"'][^\"']*{SHARING_WORDS}", re.IGNORECASE)
# Shown again as the person left it: that is their choice, not ours.
CHOSEN = re.compile(r"\{%\s*if\b.*?endif\s*%\}", re.DOTALL)
TICKED = re.compile(r"(?<![\w-])checked(?![\w-])", re.I)
CATALOGUE_TEXT = re.compile(r'^(?:msgid(?:_plural)?|msgstr(?:\[\d\])?)\s+"(.*)"$|^"(.*)"$')

Copy = Iterator[tuple[str, str]]


def shipped_files(*patterns: str) -> list[Path]:
    """The project's own files: what others wrote lies in vendor folders."""
    found = {path for pattern in patterns for path in SRC.rglob(pattern)}
    return sorted(path for path in found if "vendor" not in path.parts)


def named(path: Path) -> str:
    return path.relative_to(SRC).as_posix()


def template_copy(text: str) -> str:
    """A template without its comments; strings inside its tags are copy like the rest."""
    return COMMENTS.sub(" ", text)


def gettext_copy(source: str) -> Iterator[str]:
    """Every string that a Python source hands to gettext."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        name = node.func.id if isinstance(node.func, ast.Name) else name
        if name in GETTEXT:
            for part in node.args:
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.value


def catalogue_copy(text: str) -> Iterator[str]:
    """Every message of a catalogue and its translation, put together from their lines."""
    message = ""
    for line in text.splitlines():
        found = CATALOGUE_TEXT.match(line)
        if found is None or found[1] is not None:
            yield message
            message = ""
        if found is not None:
            message += found[1] if found[1] is not None else found[2]
    yield message


def content_copy() -> Copy:
    for path in paths(content.SHIPPED):
        if path.endswith(".yaml"):
            for place, text in strings(page(content.SHIPPED, path)):
                yield f"content/{path} {place}", text


def shown_copy() -> Copy:
    """All copy outside the content files, with the file it stands in."""
    for path in shipped_files("*.html", "templates/**/*.txt"):
        yield named(path), template_copy(path.read_text(encoding="utf-8"))
    for path in shipped_files("*.py"):
        for text in gettext_copy(path.read_text(encoding="utf-8")):
            yield named(path), text
    for path in shipped_files("*.js"):
        yield named(path), SCRIPT_COMMENTS.sub(" ", path.read_text(encoding="utf-8"))
    for path in shipped_files("*.po"):
        for text in catalogue_copy(path.read_text(encoding="utf-8")):
            yield named(path), text


def locale_of(place: str) -> str:
    found = re.search(r"(?:locales?)/([a-zA-Z_-]+)/", place)
    return found[1].replace("_", "-").lower() if found else "en"


def offences(copy: Copy) -> list[str]:
    return [
        f'{place}: "{name}"'
        for place, text in copy
        for name in copywriting.banned(text, locale_of(place))
    ]


def pre_ticked(template: str) -> list[str]:
    """Inputs about sharing or consent that are ticked before anyone chose."""
    return [
        " ".join(found.split())
        for found in INPUT.findall(template_copy(template))
        if SHARING.search(found) and TICKED.search(CHOSEN.sub("", found))
    ]


@pytest.mark.accepts("G-08")
def test_no_copy_that_ships_has_a_banned_pattern() -> None:
    shown = [*content_copy(), *shown_copy()]
    assert offences(iter(shown)) == []
    # The lint has really read each of its sources; one that went missing must not pass unseen.
    places = [place for place, _text in shown]
    assert sum(place.startswith("content/") for place in places) > 1000
    assert any(place.endswith(".html") for place in places)
    assert any(place.endswith(".py") for place in places)


def ticked_fields(source: str) -> list[str]:
    """Form fields about sharing or consent that start out as yes."""
    return [
        target.id
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
        for target in node.targets
        if isinstance(target, ast.Name) and re.search(SHARING_WORDS, target.id, re.IGNORECASE)
        for keyword in node.value.keywords
        if keyword.arg == "initial" and isinstance(keyword.value, ast.Constant)
        if keyword.value.value is True
    ]


@pytest.mark.accepts("G-08")
def test_no_sharing_is_ticked_before_the_person_chose() -> None:
    ticked = {
        named(path): found
        for path in shipped_files("*.html")
        if (found := pre_ticked(path.read_text(encoding="utf-8")))
    } | {
        named(path): found
        for path in shipped_files("*.py")
        if (found := ticked_fields(path.read_text(encoding="utf-8")))
    }
    assert ticked == {}


def test_the_content_lint_carries_the_copy_rule() -> None:
    assert rules.copy_is_kind in linter.RULES


CAUGHT = {
    "don't lose": ["Don't lose your progress", "Do not lose what you built", "Don’t lose it"],
    "streak": ["A 7-day streak", "Your streaks"],
    "you missed": ["You missed Monday", "You've missed two", "you have missed it"],
    "still haven't": ["You still haven't answered", "He still has not replied"],
    "only X left": ["Only 3 left!", "only {count} days left", "Only two spots left"],
    "everyone else": ["Everyone else has finished", "like everybody else"],
    "are you committed": ["Be honest, are you committed?", "Are you really committed"],
    "unlock your potential": ["Unlock your potential", "unlocks your full potential"],
    "guaranteed": ["Results guaranteed", "We guarantee it"],
    "fallen behind": ["You're behind", "You have fallen behind schedule"],
    "shaming 'no' button": ["No thanks, I like being stuck", "No, I don't want to grow"],
    "countdown": ["The countdown runs", "Hurry up", "Your last chance", "Time is running out"],
    "percent promise": ["Become 40% better", "Improve your calls by 25 %", "30 percent faster"],
    "shame": ["You let us down", "Shame on you"],
    "nicht verlieren": ["Verliere deine Fortschritte nicht"],
    "Serie": ["Deine Serie endet"],
    "du hast verpasst": ["Du hast den Termin verpasst"],
    "immer noch nicht": ["Du hast immer noch nicht geantwortet"],
    "nur noch X": ["Nur noch 3 Plätze übrig"],
    "alle anderen": ["Alle anderen sind fertig"],
    "Potenzial entfalten": ["Dein Potenzial entfalten"],
    "garantiert": ["Erfolg garantiert"],
}


@pytest.mark.parametrize(
    ("name", "text"), [(name, text) for name, texts in CAUGHT.items() for text in texts]
)
def test_each_banned_pattern_is_caught(name: str, text: str) -> None:
    assert name in list(copywriting.banned(text, "de"))


def test_each_banned_pattern_has_a_sentence_that_it_catches() -> None:
    assert {name for names in copywriting.BANNED.values() for name in names} == set(CAUGHT)


@pytest.mark.parametrize(
    "text",
    [
        "There is no hurry.",
        "We show an 80% interval.",
        "Nearly 100% of the text is yours.",
        "I missed you",
        "What is left unsaid",
        "You can do it later, or drop it.",
        "streaky bacon",
        "Have you still time?",
    ],
)
def test_plain_sentences_pass(text: str) -> None:
    assert list(copywriting.banned(text)) == []


def test_english_patterns_are_looked_for_in_every_language() -> None:
    assert list(copywriting.banned("Keep your streak", "fr")) == ["streak"]


class TestWhatIsRead:
    def test_strings_in_template_tags_are_read_and_comments_are_not(self) -> None:
        text = template_copy(
            '{# streak #}{% comment "why" %}streak{% endcomment %}<!-- streak -->'
            '{% translate "You missed it" %}'
        )
        assert list(copywriting.banned(text)) == ["you missed"]

    def test_a_phrase_over_two_lines_is_caught(self) -> None:
        assert list(copywriting.banned("<p>You\n   missed the call</p>")) == ["you missed"]

    def test_gettext_strings_are_read_whatever_gettext_is_called(self) -> None:
        source = (
            "from django.utils import translation\n"
            "a = _('one')\nb = translation.gettext('two')\n"
            "c = ngettext_lazy('three', 'four', n)\nd = pgettext('five', 'six')\ne = other('no')\n"
        )
        assert list(gettext_copy(source)) == ["one", "two", "three", "four", "five", "six"]

    def test_catalogues_are_read_with_their_long_messages(self) -> None:
        text = 'msgid ""\n"You "\n"missed it"\nmsgstr[0] "Alle "\n"anderen"\n\n#: x\nmsgid "ok"\n'
        assert [one for one in catalogue_copy(text) if one] == [
            "You missed it",
            "Alle anderen",
            "ok",
        ]

    def test_a_file_in_a_language_is_read_in_it(self) -> None:
        assert locale_of("content/locales/de/scale.yaml entries") == "de"
        assert locale_of("web/locale/pt_BR/LC_MESSAGES/django.po") == "pt-br"
        assert locale_of("web/templates/base.html") == "en"

    def test_an_offence_names_its_file(self) -> None:
        assert offences(iter([("web/templates/x.html", "a streak")])) == [
            'web/templates/x.html: "streak"'
        ]

    @pytest.mark.parametrize(
        ("template", "ticked"),
        [
            ('<input type="checkbox" name="share_goal" checked>', True),
            ('<input checked type="checkbox" name="consent">', True),
            ('<input type="checkbox"\n name="share"\n checked="checked">', True),
            (
                '<input type="checkbox" name="share" {% if form.share.value %}checked{% endif %}>',
                False,
            ),
            ('<input type="checkbox" name="share">', False),
            ('<input type="checkbox" name="share" aria-checked="false">', False),
            ('<input type="radio" name="level" checked>', False),
            ('{# <input type="checkbox" name="share" checked> #}', False),
        ],
    )
    def test_ticked_sharing_is_seen(self, template: str, ticked: bool) -> None:
        assert bool(pre_ticked(template)) is ticked

    @pytest.mark.parametrize(
        ("source", "ticked"),
        [
            ("share_with_coach = forms.BooleanField(initial=True)", ["share_with_coach"]),
            ("consent = BooleanField(required=False, initial=True)", ["consent"]),
            ("share_with_coach = forms.BooleanField(initial=False)", []),
            ("daily_digest = forms.BooleanField(initial=True)", []),
        ],
    )
    def test_sharing_that_starts_as_yes_is_seen(self, source: str, ticked: list[str]) -> None:
        assert ticked_fields(source) == ticked
