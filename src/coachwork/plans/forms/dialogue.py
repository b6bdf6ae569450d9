"""The forms of the dialogue in which a goal is written: one question, or a few, on a page."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from coachwork.frameworks.models import Competency
from coachwork.people.models import Visibility
from coachwork.plans.actions.wording import RUNGS
from coachwork.plans.forms.fields import Draft, Words, day, line, text
from coachwork.plans.models import Goal, IfThen, blueprints

OTHER = "other"


class FocusForm(Words):
    """What the goal is about."""

    competency = forms.ChoiceField(
        label=gettext_lazy("What is it about?"), widget=forms.RadioSelect, required=True
    )

    def __init__(self, *args: Any, competencies: Sequence[Competency], **options: Any) -> None:
        super().__init__(*args, **options)
        self.known = {str(one.pk): one for one in competencies}
        choices = [(key, one.worded("name")) for key, one in self.known.items()]
        field = self.fields["competency"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*choices, (OTHER, _("Something else, in my own words"))]

    def chosen(self) -> Competency | None:
        """The competency, or none where the goal is about something else."""
        return self.known.get(self.cleaned_data["competency"])


class WhyForm(Words):
    """Why it matters to the client."""

    why = text(
        gettext_lazy("Why does this matter to you now?"),
        required=False,
        help_text=gettext_lazy("What would be better, and for whom?"),
    )
    if_nothing = text(
        gettext_lazy("What stays the same if you do nothing?"),
        required=False,
        rows=3,
    )


class GoalForm(Draft):
    """The goal in the client's own words."""

    needed = ("title",)

    title = text(
        gettext_lazy("Your goal, in one sentence"),
        most=300,
        rows=3,
        required=False,
        help_text=gettext_lazy("What will you do, where, so that somebody could see or hear it?"),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What kind of goal is it?"),
        choices=Goal.Kind.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "If it is new to you and complex, learning comes first and results follow."
        ),
    )


class FrameForm(Words):
    """The gaps of one sentence frame, to be put together into a goal."""

    def __init__(self, *args: Any, frame: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.frame = frame
        for slot in frame.slots:
            example = _("For example: %(example)s") % {"example": slot.example}
            self.fields[f"slot_{slot.name}"] = line(
                slot.question, most=120, required=False, help_text=example
            )

    def sentence(self) -> str:
        """The frame with its gaps filled; a gap that was left stays to be seen."""
        from coachwork.kit.content.values import filled_frame

        said = {slot.name: self.cleaned_data[f"slot_{slot.name}"] for slot in self.frame.slots}
        return filled_frame(self.frame.frame, said)


class TodayForm(Draft):
    """Where the client is today, and by when they want to be there."""

    needed: tuple[str, ...] = ("baseline", "target_on")

    baseline = text(
        gettext_lazy("Where are you today?"),
        rows=3,
        required=False,
        help_text=gettext_lazy("How often, in which situations? One honest sentence is enough."),
    )
    target_on = day(gettext_lazy("By when?"), required=False)
    start_on = day(
        gettext_lazy("Starting when?"),
        required=False,
        help_text=gettext_lazy("Leave it empty to start when you agree the goal."),
    )


class OutcomesForm(Draft):
    """Five outcomes, written in the order in which they are easiest to think of."""

    needed: tuple[str, ...] = tuple(RUNGS.values())

    expected = line(gettext_lazy("As expected: what you would be content with"), required=False)
    better = line(gettext_lazy("Better than expected"), required=False)
    much_better = line(gettext_lazy("Far better than expected"), required=False)
    less = line(gettext_lazy("On the way, a little less than expected"), required=False)
    much_less = line(
        gettext_lazy("Where it starts: as it is today"),
        required=False,
    )

    def texts(self) -> dict[int, str]:
        """The outcomes by their place on the ladder."""
        return {level: self.cleaned_data[name] for level, name in RUNGS.items()}


class ObstacleForm(Words):
    """What might get in the way, inside first."""

    choice = forms.ChoiceField(
        label=gettext_lazy("What in you is most likely to get in the way?"),
        widget=forms.RadioSelect,
        required=False,
    )
    obstacle = line(gettext_lazy("Or in your own words"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        known = blueprints.obstacles()
        groups = (
            (_("In me"), [(one.code, one.name) for one in known if one.kind == "inner"]),
            (_("Around me"), [(one.code, one.name) for one in known if one.kind != "inner"]),
        )
        field = self.fields["choice"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [choice for _name, choices in groups for choice in choices]
        self.names = {one.code: one.name for one in known}

    def said(self) -> str:
        """The obstacle in words: the client's own if there are some."""
        own: str = self.cleaned_data["obstacle"]
        return own or self.names.get(self.cleaned_data["choice"], "")


class IfThenForm(Draft):
    """A cue and an act. A cue from the week's usual moments, or any other."""

    needed = ("if_text", "then_text")

    if_text = line(
        pgettext_lazy("first half of an if-then plan", "If …"),
        required=False,
        help_text=gettext_lazy("What will you see, hear or finish just before?"),
    )
    then_text = line(
        pgettext_lazy("second half of an if-then plan", "… then I …"),
        required=False,
        help_text=gettext_lazy("One small thing that you do right then."),
    )
    cue_type = forms.ChoiceField(
        label=gettext_lazy("What kind of cue is it?"),
        choices=[("", gettext_lazy("I would rather not say")), *IfThen.Cue.choices],
        required=False,
    )
    moment_kind = forms.CharField(widget=forms.HiddenInput, required=False, max_length=24)


TEN = [(str(n), str(n)) for n in range(1, 11)]


def _number(value: str) -> int | None:
    return int(value) if value else None


class CommitmentForm(Words):
    """How much the client wants it, and how sure they are that they can."""

    commitment = forms.TypedChoiceField(
        label=gettext_lazy("How much do you want this? 1 is a little, 10 is very much"),
        choices=TEN,
        coerce=_number,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    confidence = forms.TypedChoiceField(
        label=gettext_lazy(
            "How sure are you that you can do it? 1 is not at all, 10 is quite sure"
        ),
        choices=TEN,
        coerce=_number,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )


class ReadersForm(Words):
    """Who reads the goal."""

    visibility = forms.ChoiceField(
        label=gettext_lazy("Who can see this goal?"),
        choices=[(one.value, one.label) for one in (Visibility.PRIVATE, Visibility.PAIR)],
        widget=forms.RadioSelect,
    )
