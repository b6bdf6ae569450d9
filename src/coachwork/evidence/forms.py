"""What people type into this room; each field says for itself what is wrong."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from coachwork.evidence.actions import Target
from coachwork.evidence.models import Aim, AimTarget, Evidence, GapDecision, Source
from coachwork.evidence.models.limits import REASON_MAX, TEXT_MAX
from coachwork.frameworks.models import Competency, RoleProfile
from coachwork.kit import levels
from coachwork.kit.errors import Invalid
from coachwork.people.models import Visibility

HALF_STEPS = [n / 2 for n in range(2, 11)]


class Entry(forms.Form):
    """A form whose action may still refuse a field."""

    def refuse(self, refusal: Invalid) -> None:
        """Put the action's sentences beside the fields they are about."""
        for name, sentence in refusal.fields.items():
            self.add_error(name if name in self.fields else None, sentence)


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def text_field(label: Any, **more: Any) -> forms.CharField:
    """A box for a few lines."""
    rows = more.pop("rows", 4)
    limit = more.pop("limit", TEXT_MAX)
    return forms.CharField(
        label=label,
        max_length=limit,
        widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}),
        **more,
    )


def level_choices(anchors: Iterable[dict[str, object]]) -> list[tuple[str, str]]:
    """The five levels with the words of this competency."""
    return [(str(row["level"]), f"{row['level']} {row['word']}: {row['text']}") for row in anchors]


class ExampleForm(Entry):
    """An observation in one's own words; the level is chosen on the anchors or left out."""

    text = text_field(
        _("What happened?"),
        help_text=_("The situation, what you did, what came of it. Two lines are enough."),
    )
    occasion_on = forms.DateField(label=_("When was it?"), widget=DayInput())
    context = forms.ChoiceField(
        label=_("Where was it?"), choices=Evidence.Context.choices, widget=forms.RadioSelect
    )
    level = forms.TypedChoiceField(
        label=_("Which of these does it show?"),
        required=False,
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
    )
    entry = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, anchors: Sequence[dict[str, object]] = (), **named: Any) -> None:
        super().__init__(*args, **named)
        field = self.fields["level"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [("", _("Just the words, no level")), *level_choices(anchors)]

    def clean_entry(self) -> str:
        return str(self.cleaned_data["entry"])


class OwnExampleForm(ExampleForm):
    """An example of one's own work, or what somebody said; and who may read it."""

    source = forms.ChoiceField(
        label=_("What is it?"),
        choices=[
            (Source.WORK_SAMPLE, _("An example of my work")),
            (Source.SELF, _("What somebody told me")),
        ],
        widget=forms.RadioSelect,
    )
    visibility = forms.ChoiceField(
        label=_("Who can see it?"),
        choices=[
            (Visibility.PRIVATE.value, _("Only you")),
            (Visibility.PAIR.value, _("You and your coach")),
        ],
        widget=forms.RadioSelect,
    )
    field_order = ("source", "text", "occasion_on", "context", "level", "visibility", "entry")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("source") == Source.SELF and cleaned.get("level"):
            self.add_error(
                "level", _("What somebody told you is kept as words. Choose “no level” here.")
            )
        return cleaned


class CorrectForm(Entry):
    """New words, another day or another level in the place of one's own row."""

    text = text_field(_("In better words"), required=False)
    occasion_on = forms.DateField(label=_("When was it?"), widget=DayInput())
    level = forms.TypedChoiceField(label=_("Level"), required=False, coerce=float, empty_value=None)

    def __init__(self, *args: Any, row: Evidence, **named: Any) -> None:
        named.setdefault("initial", {"text": row.text, "occasion_on": row.occasion_on})
        super().__init__(*args, **named)
        field = self.fields["level"]
        assert isinstance(field, forms.TypedChoiceField)
        if row.level is None:
            del self.fields["level"]
        else:
            field.choices = [(str(n), levels.said(n)) for n in range(1, 6)]
            field.initial = str(int(levels.half_steps(row.level)))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned.setdefault("level", None)
        return cleaned


class DisputeForm(Entry):
    reason = text_field(
        _("How do you see it?"),
        help_text=_("Your words stand beside it from now on. Nothing is deleted."),
    )


class LedgerFilter(forms.Form):
    """Which rows of the ledger to show; what is not known is simply not filtered by."""

    competency = forms.ChoiceField(label=_("Competency"), required=False)
    source = forms.ChoiceField(label=_("Source"), required=False)
    after = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, competencies: Sequence[Competency], sources: Sequence[str]
    ) -> None:
        super().__init__(*args)
        self.known = {str(row.pk): row for row in competencies}
        pairs = (
            ("competency", _("All"), [(pk, row.worded("name")) for pk, row in self.known.items()]),
            ("source", _("All"), [(name, Source(name).label) for name in sources]),
        )
        for name, everything, choices in pairs:
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", everything), *choices]

    def wanted(self) -> dict[str, Any]:
        self.is_valid()
        return {
            "competency": self.known.get(self.cleaned_data.get("competency", "")),
            "source": self.cleaned_data.get("source", ""),
            "after": self.cleaned_data.get("after"),
        }


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
        choices=[
            ("", _("Not sure")),
            ("1", _("1, hardly any")),
            ("2", "2"),
            ("3", _("3, some")),
            ("4", "4"),
            ("5", _("5, a lot")),
        ],
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
            (pk, role.worded("title")) for pk, role in self.roles.items()
        ]

    def aim(self) -> dict[str, Any]:
        """What was chosen, as the action takes it."""
        role = self.roles.get(self.cleaned_data["role"])
        if role is None:
            title = self.cleaned_data["title"] or str(Aim.Kind.EXPLORE.label)
            return {"kind": Aim.Kind.EXPLORE.value, "title": title, "role": None}
        title = self.cleaned_data["title"] or role.worded("title")
        return {"kind": self.cleaned_data["kind"], "title": title, "role": role}


class TargetsForm(Entry):
    """The list of an aim: each competency with its level and how much it matters."""

    IMPORTANCE = [("3", _("Matters most")), ("2", _("Matters")), ("1", _("Good to have"))]

    def __init__(self, *args: Any, targets: Sequence[AimTarget], **named: Any) -> None:
        super().__init__(*args, **named)
        self.targets = targets
        for row in targets:
            name = row.competency.worded("name")
            self.fields[f"level-{row.competency_id}"] = forms.ChoiceField(
                label=_("Target for %(name)s") % {"name": name},
                choices=[(str(step), levels.said(step)) for step in HALF_STEPS],
                initial=str(float(row.level)),
            )
            self.fields[f"importance-{row.competency_id}"] = forms.ChoiceField(
                label=_("How much %(name)s matters") % {"name": name},
                choices=self.IMPORTANCE,
                initial=str(row.importance),
            )
            self.fields[f"remove-{row.competency_id}"] = forms.BooleanField(
                label=_("Take %(name)s out") % {"name": name}, required=False
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
