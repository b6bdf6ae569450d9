"""What a person types into the journal."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coachwork.kit import levels
from coachwork.kit.errors import Invalid
from coachwork.reflection.models import Entry, SelfCheck

MOST = 50_000
LINE = 2_000
MOODS = [
    ("", _("I would rather not say")),
    ("low", _("Low")),
    ("flat", _("Flat")),
    ("fine", _("Fine")),
    ("good", _("Good")),
]
SURE = SelfCheck.Sure.choices
WENT = [("well", _("Well")), ("partly", _("Partly")), ("badly", _("Not well"))]
# Kinds of pages without questions of a set: one room for words, and what it is called.
ROOMS = {
    Entry.Kind.FREE: _("What is on your mind?"),
    Entry.Kind.WINS: _("What went well? “Nothing today” is an answer, too."),
    Entry.Kind.LETTER: _("Dear me,"),
    Entry.Kind.DECISION: _("What speaks for it, and what against it?"),
}


def _long(label: Any, rows: int = 4, **options: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
    return forms.CharField(label=label, required=False, widget=widget, **options)


def _line(label: Any, help_text: Any = "") -> forms.CharField:
    widget = forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"})
    return forms.CharField(
        label=label, required=False, max_length=LINE, widget=widget, help_text=help_text
    )


class Refusing(forms.Form):
    """A form that takes the sentences of a refusal."""

    def refuse(self, refusal: Invalid) -> None:
        """Put the sentences at the fields that they are about."""
        for name, sentence in refusal.fields.items():
            self.add_error(name if name in self.fields else None, sentence)


class PageForm(Refusing):
    """A page of the journal: the questions of its set, and what belongs to its kind."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        kind: str,
        prompts: Sequence[str],
        is_new: bool = True,
        hides: Sequence[str] = (),
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.prompts = list(prompts) or [str(ROOMS.get(kind, ROOMS[Entry.Kind.FREE]))]  # type: ignore[call-overload]
        if kind == Entry.Kind.DECISION:
            self.fields["choice"] = _line(_("What did you decide?"))
        for number, prompt in enumerate(self.prompts):
            self.fields[f"answer_{number}"] = _long(prompt, rows=4 if prompts else 10)
        self._for_kind(kind)
        if kind != Entry.Kind.LETTER:
            self.fields["mood"] = forms.ChoiceField(
                label=_("How do you feel now?"),
                choices=MOODS,
                required=False,
                widget=forms.RadioSelect,
                help_text=_("Only for you. Nothing is counted or compared."),
            )
        if is_new:
            self._dates(kind)
        for name in hides:
            self.fields.pop(name, None)

    def _for_kind(self, kind: str) -> None:
        if kind == Entry.Kind.DECISION:
            self.fields["prediction"] = _line(
                _("What do you expect to come of it?"),
                _("It stays hidden until you have said what really happened."),
            )
            self.fields["sure"] = forms.ChoiceField(
                label=_("How sure are you?"),
                choices=SURE,
                required=False,
                widget=forms.RadioSelect,
            )
        elif kind in {Entry.Kind.WEEKLY, Entry.Kind.MONTHLY, Entry.Kind.FREE}:
            self.fields["lesson"] = _line(_("So what? The lesson in one line"))
        if kind not in {Entry.Kind.LETTER, Entry.Kind.WINS, Entry.Kind.DECISION}:
            self.fields["next_move"] = _line(_("Now what? One next move"))

    def _dates(self, kind: str) -> None:
        if kind in {Entry.Kind.DECISION, Entry.Kind.LETTER}:
            label = _("Look at it again on") if kind == Entry.Kind.DECISION else _("Reaches me on")
            self.fields["returns_on"] = forms.DateField(
                label=label,
                required=kind == Entry.Kind.LETTER,
                widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            )
        self.fields["written_on"] = forms.DateField(
            label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        )

    def words(self) -> dict[str, Any]:
        """The words as the actions take them."""
        said = self.cleaned_data
        answers = [
            (prompt, said.get(f"answer_{number}", "")) for number, prompt in enumerate(self.prompts)
        ]
        names = ("choice", "prediction", "sure", "lesson", "next_move", "mood")
        return {"answers": answers, **{name: said[name] for name in names if said.get(name)}}


class LinesForm(Refusing):
    """Which lines of a page go into an extract, and who may read them. Nothing is ticked before."""

    lines = forms.TypedMultipleChoiceField(
        label=_("Lines to copy"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    readers = forms.MultipleChoiceField(
        label=_("Who may read them?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, lines: Sequence[str], readers: Sequence[tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["lines"].choices = list(enumerate(lines))  # type: ignore[attr-defined]
        self.fields["readers"].choices = list(readers)  # type: ignore[attr-defined]


class LineForm(Refusing):
    """One line: a lesson, or an insight."""

    text = _line(_("In one line"))


class OutcomeForm(Refusing):
    """What came of a decision."""

    outcome = _long(_("What came of it?"), rows=3, max_length=LINE)
    went = forms.ChoiceField(
        label=_("How did it go, all in all?"),
        choices=WENT,
        required=False,
        widget=forms.RadioSelect,
    )


class StillTrueForm(Refusing):
    """Whether an insight still holds."""

    still_true = forms.ChoiceField(
        label=_("Is it still true?"),
        choices=[("yes", _("Yes")), ("no", _("Not any more"))],
        widget=forms.RadioSelect,
    )
    tested = _line(_("What tested it?"))


HALVES = [(str(n / 2), "") for n in range(2, 11)]


class CheckForm(Refusing):
    """A level of today, and where one now puts the start."""

    level = forms.ChoiceField(label=_("Where do you see yourself today?"), required=False)
    then_level = forms.ChoiceField(
        label=_("Looking back from today: where were you really at the start?"), required=False
    )
    sure = forms.ChoiceField(
        label=_("How sure are you?"), choices=SURE, required=False, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, asks_back: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        said = [(value, levels.said(float(value))) for value, _empty in HALVES]
        for name in ("level", "then_level"):
            self.fields[name].choices = [("", _("Please choose")), *said]  # type: ignore[attr-defined]
        if not asks_back:
            del self.fields["then_level"]
