"""The form of a rater; every question may be left out."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coachwork.assessment.queries import RaterScreen
from coachwork.kit.content.values import OpenQuestion

UNSEEN = "not_seen"
# How consistently; the fifth is what the highest level of the scale means.
ANSWERS = (
    (1, _("Hardly ever"), ""),
    (2, _("Now and then"), ""),
    (3, _("Usually"), ""),
    (4, _("Nearly always"), _("also when it is hard")),
    (5, _("Always"), _("and it helps others do it")),
)
CHOICES = [*((str(level), word) for level, word, _text in ANSWERS), (UNSEEN, _("Not seen"))]


def anchors() -> list[dict[str, object]]:
    """The answers as the level scale draws them."""
    return [{"level": level, "word": word, "text": text} for level, word, text in ANSWERS]


class RaterScreenForm(forms.Form):
    """The questions about one competency."""

    def __init__(self, *args: Any, screen: RaterScreen, **named: Any) -> None:
        super().__init__(*args, **named)
        self.screen = screen
        for key, words, score in screen.rows:
            self.fields[f"score-{key}"] = forms.ChoiceField(
                label=words,
                choices=CHOICES,
                required=False,
                initial=UNSEEN if score == 0 else score or "",
            )

    def questions(self) -> list[dict[str, Any]]:
        """Each question with its answer, as the level scale draws it."""
        return [
            {
                "name": f"score-{key}",
                "words": words,
                "value": self[f"score-{key}"].value() or "",
                "error": " ".join(str(one) for one in self[f"score-{key}"].errors),
            }
            for key, words, _score in self.screen.rows
        ]

    def scores(self) -> dict[str, int | None]:
        """What was chosen: 0 is “not seen”, None is no answer."""
        return {
            key: _score(self.cleaned_data[f"score-{key}"]) for key, _words, _old in self.screen.rows
        }


class WordsForm(forms.Form):
    """The open questions."""

    def __init__(
        self,
        *args: Any,
        questions: tuple[OpenQuestion, ...],
        options: Sequence[tuple[str, str]],
        name: str,
        **named: Any,
    ) -> None:
        super().__init__(*args, **named)
        self.fields["picks"] = forms.MultipleChoiceField(
            label=_("Which two of these would help most in %(name)s's work?") % {"name": name},
            choices=options,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        self.codes = [one.code for one in questions]
        for one in questions:
            self.fields[one.code] = forms.CharField(
                label=one.prompt.replace("{name}", name),
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
            )

    def comments(self) -> dict[str, str]:
        """What was written, by question."""
        return {code: self.cleaned_data[code] for code in self.codes}


class ScenesForm(forms.Form):
    """Two scenes to judge; nothing of it is kept."""

    def __init__(self, *args: Any, codes: tuple[str, ...], **named: Any) -> None:
        super().__init__(*args, **named)
        for code in codes:
            self.fields[code] = forms.ChoiceField(choices=CHOICES[:5], required=False)


def _score(value: str) -> int | None:
    if not value:
        return None
    return 0 if value == UNSEEN else int(value)
