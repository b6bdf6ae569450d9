"""What a person types when they log practice."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coachwork.evidence.models import Chance, Evidence
from coachwork.frameworks.models import Competency
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
