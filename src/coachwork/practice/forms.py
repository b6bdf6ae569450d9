"""What a person types when they log practice."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coachwork.evidence.models import Chance, Evidence
from coachwork.frameworks.models import Competency
from coachwork.kit import levels
from coachwork.kit.content.scene_values import RubricRow
from coachwork.kit.errors import Invalid
from coachwork.people.models import Visibility


class LogForm(forms.Form):
    """One chance: what it belonged to, what came of it, when and where."""

    competency = forms.ChoiceField(label=_("What did you practise?"))
    chance = forms.ChoiceField(
        label=_("What came of it?"), choices=Chance.choices, widget=forms.RadioSelect
    )
    line = forms.CharField(
        label=_("One line, if you like"),
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    occasion_on = forms.DateField(
        label=_("When?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    context = forms.ChoiceField(
        label=_("Where?"), choices=Evidence.Context.choices, widget=forms.RadioSelect
    )
    visibility = forms.ChoiceField(
        label=_("Who can see it?"),
        choices=[(one.value, one.label) for one in (Visibility.PRIVATE, Visibility.PAIR)],
        widget=forms.RadioSelect,
    )
    # Names this very form, so that one press that arrives twice is one log.
    entry = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, competencies: Sequence[Competency], **options: Any) -> None:
        super().__init__(*args, **options)
        self.known = {str(one.pk): one for one in competencies}
        field = self.fields["competency"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(key, one.worded("name")) for key, one in self.known.items()]

    def words(self) -> dict[str, Any]:
        """The fields as the action takes them."""
        said = dict(self.cleaned_data)
        said["competency"] = self.known[said["competency"]]
        said["moment"] = said.pop("entry").hex
        return said

    def refuse(self, refusal: Invalid) -> None:
        """Put the sentences of a refusal at the fields that they are about."""
        for name, sentence in refusal.fields.items():
            self.add_error(name if name in self.fields else None, sentence)


class FocusForm(forms.Form):
    """One behaviour to look at in a scene."""

    focus = forms.ChoiceField(
        label=_("What do you want to look at?"), required=False, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, rubric: Sequence[RubricRow], **options: Any) -> None:
        super().__init__(*args, **options)
        rows = [(row.behaviour, row.text) for row in rubric]
        self.fields["focus"].choices = [("", _("Nothing in particular")), *rows]  # type: ignore[attr-defined]


class RubricForm(forms.Form):
    """One's own view of each behaviour, or that there was no chance for it."""

    def __init__(self, *args: Any, rubric: Sequence[RubricRow], **options: Any) -> None:
        super().__init__(*args, **options)
        said = [(str(n), f"{n} {levels.WORDS[n]}") for n in range(1, 6)]
        self.codes = {_name(row.behaviour): row.behaviour for row in rubric}
        for row in rubric:
            self.fields[_name(row.behaviour)] = forms.ChoiceField(
                label=row.text,
                choices=[("", _("Not attempted")), *said],
                required=False,
                widget=forms.RadioSelect,
            )

    def levels(self) -> dict[str, str]:
        """The levels by the code of the behaviour."""
        return {code: self.cleaned_data[name] for name, code in self.codes.items()}


def _name(code: str) -> str:
    return code.replace(".", "_")


def _words(label: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 2, "dir": "auto"})
    return forms.CharField(label=label, required=False, widget=widget)


class DebriefForm(forms.Form):
    """Five questions, of which one is enough, and one thing for real life."""

    intended = _words(_("What did you mean to do?"))
    happened = _words(_("What happened?"))
    why = _words(_("What made it go so?"))
    keep = _words(_("What will you keep?"))
    change = _words(_("What will you change?"))
    if_then = forms.CharField(
        label=_("In real life: if ..., then I ..."),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )

    def refuse(self, refusal: Invalid) -> None:
        """Put the sentences of a refusal at the fields that they are about."""
        for name, sentence in refusal.fields.items():
            self.add_error(name if name in self.fields else None, sentence)
