"""What people choose: a level, an aim, its list, and what to do about a gap."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from coachwork.evidence.actions import Target
from coachwork.evidence.forms.fields import HALF_STEPS, Entry
from coachwork.evidence.models import Aim, AimTarget, GapDecision
from coachwork.evidence.models.limits import REASON_MAX
from coachwork.frameworks.models import RoleProfile
from coachwork.kit import levels


class AgreeForm(Entry):
    """The level the person stands by, and why."""

    level = forms.ChoiceField(label=_("The level you stand by"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why this level? One line"),
        max_length=REASON_MAX,
        help_text=_("For example: seen in the last three reviews, also when it was tense."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        field = self.fields["level"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(step), levels.said(step)) for step in HALF_STEPS]


class DecideForm(Entry):
    """What to do about one gap."""

    decision = forms.ChoiceField(
        label=_("What do you want to do with it?"),
        choices=GapDecision.Decision.choices,
        widget=forms.RadioSelect,
    )
    energy = forms.TypedChoiceField(
        label=_("How much energy do you have for it?"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("Not sure")), *((str(n), str(n)) for n in range(1, 6))],
        help_text=_("1 is hardly any, 5 is a lot."),
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("A note to yourself"),
        required=False,
        max_length=REASON_MAX,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


class AimForm(Entry):
    """The role to look at, and whether it is today's or the next one."""

    EXPLORE = "explore"

    kind = forms.ChoiceField(
        label=_("What is it to you?"),
        choices=[
            (Aim.Kind.CURRENT.value, Aim.Kind.CURRENT.label),
            (Aim.Kind.NEXT.value, Aim.Kind.NEXT.label),
        ],
        initial=Aim.Kind.NEXT.value,
        widget=forms.RadioSelect,
    )
    role = forms.ChoiceField(label=_("Which role?"), widget=forms.RadioSelect)
    title = forms.CharField(
        label=_("What do you call it?"),
        required=False,
        max_length=200,
        help_text=_("Leave it empty to use the name of the role."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def __init__(self, *args: Any, roles: Sequence[RoleProfile], **named: Any) -> None:
        super().__init__(*args, **named)
        self.roles = {str(role.pk): role for role in roles}
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)
        explore = _("Just explore: ten things that most roles ask for")
        field.choices = [(self.EXPLORE, explore)] + [
            (pk, _titled(role)) for pk, role in self.roles.items()
        ]

    def aim(self) -> dict[str, Any]:
        """What was chosen, as the action takes it."""
        role = self.roles.get(self.cleaned_data["role"])
        if role is None:
            title = self.cleaned_data["title"] or str(Aim.Kind.EXPLORE.label)
            return {"kind": Aim.Kind.EXPLORE.value, "title": title, "role": None}
        title = self.cleaned_data["title"] or role.worded("title")
        return {"kind": self.cleaned_data["kind"], "title": title, "role": role}


def _titled(role: RoleProfile) -> SafeString:
    """A role with the sentence that says what it is."""
    return format_html(
        '{}<span class="choice__help">{}</span>', role.worded("title"), role.worded("summary")
    )


class TargetsForm(Entry):
    """The list of an aim: each competency with its level and how much it matters."""

    IMPORTANCE = [("3", _("Matters most")), ("2", _("Matters")), ("1", _("Good to have"))]

    def __init__(self, *args: Any, targets: Sequence[AimTarget], **named: Any) -> None:
        super().__init__(*args, **named)
        self.targets = targets
        for row in targets:
            self.fields[f"level-{row.competency_id}"] = forms.ChoiceField(
                label=_("Target"),
                choices=[(str(step), levels.said(step)) for step in HALF_STEPS],
                initial=str(float(row.level)),
            )
            self.fields[f"importance-{row.competency_id}"] = forms.ChoiceField(
                label=_("How much it matters"),
                choices=self.IMPORTANCE,
                initial=str(row.importance),
            )
            self.fields[f"remove-{row.competency_id}"] = forms.BooleanField(
                label=_("Take it out of the list"), required=False
            )

    def rows(self) -> list[dict[str, Any]]:
        """One row a competency, with its three fields."""
        return [
            {
                "target": row,
                "level": self[f"level-{row.competency_id}"],
                "importance": self[f"importance-{row.competency_id}"],
                "remove": self[f"remove-{row.competency_id}"],
            }
            for row in self.targets
        ]

    def chosen(self) -> list[Target]:
        """The list as it is wanted."""
        kept = [row for row in self.targets if not self._value("remove", row.competency_id)]
        return [
            Target(
                row.competency,
                self._value("level", row.competency_id),
                int(self._value("importance", row.competency_id)),
            )
            for row in kept
        ]

    def _value(self, name: str, competency_id: UUID) -> Any:
        return self.cleaned_data[f"{name}-{competency_id}"]
