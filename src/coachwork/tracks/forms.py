"""What people type on a track and beside it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coachwork.evidence.models import Chance
from coachwork.frameworks.models import Behaviour
from coachwork.kit.content.track_values import ToolQuestion
from coachwork.kit.errors import Invalid

BASELINE = (
    _("Where was it, and who was there?"),
    _("What happened just before?"),
    _("What did you do or say?"),
    _("What did the others do?"),
    _("What would you have liked to do?"),
)


def line(label: Any, most: int = 300, *, required: bool = False, help_text: Any = "") -> Any:
    widget = forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"})
    return forms.CharField(
        label=label, max_length=most, required=required, widget=widget, help_text=help_text
    )


def area(label: Any, *, required: bool = False, rows: int = 3, help_text: Any = "") -> Any:
    widget = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
    return forms.CharField(
        label=label, max_length=2_000, required=required, widget=widget, help_text=help_text
    )


def day(label: Any, *, required: bool = True) -> Any:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget)


class Words(forms.Form):
    """A form that takes the sentences of a refusal."""

    def refuse(self, refusal: Invalid) -> None:
        """Put each sentence beside the field that it is about."""
        for name, sentence in refusal.fields.items():
            self.add_error(name if name in self.fields else None, sentence)


class BaselineForm(Words):
    """The last time it happened, in five lines."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for number, label in enumerate(BASELINE):
            self.fields[f"line_{number}"] = line(label)

    def lines(self) -> list[str]:
        return [self.cleaned_data[f"line_{number}"] for number in range(len(BASELINE))]


class TargetForm(Words):
    """What one wants to do instead, and where it counts."""

    behaviour = forms.ChoiceField(label=_("Which part of the track is it about?"), required=False)
    from_act = line(_("What do you do now?"))
    to_act = line(_("What do you want to do in its place?"), required=True)
    situations = area(
        _("In which situations does it count?"),
        required=True,
        help_text=_("One on each line, such as “the weekly meeting”."),
    )
    ally = line(_("Who could help you with it?"), 120)

    def __init__(self, *args: Any, behaviours: Sequence[Behaviour], **options: Any) -> None:
        super().__init__(*args, **options)
        self.known = {str(one.pk): one for one in behaviours}
        choices = [(key, one.worded("text")) for key, one in self.known.items()]
        field = self.fields["behaviour"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("The track as a whole")), *choices]
        if not self.known:
            del self.fields["behaviour"]

    def words(self) -> dict[str, Any]:
        chosen = self.known.get(self.cleaned_data.get("behaviour", ""))
        return {**self.cleaned_data, "behaviour": chosen}


class ChanceForm(Words):
    """One chance, with one tap; the rest is optional."""

    chance = forms.ChoiceField(
        label=_("What came of it?"), choices=Chance.choices, widget=forms.RadioSelect
    )
    situation = forms.ChoiceField(label=_("Which situation?"), required=False)
    line = line(_("One line, if you like"), 500)
    on = day(_("When?"))
    entry = forms.UUIDField(widget=forms.HiddenInput)  # one press that arrives twice is one log

    def __init__(self, *args: Any, situations: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["situation"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Another one")), *((one, one) for one in situations)]


class ConsolidateForm(Words):
    """How a track ends."""

    stays = line(_("What stays?"))
    cue = line(_("What will remind you of it from now on?"))
    who_notices = line(_("Who will notice?"))


class OfferForm(Words):
    """A coach puts a track on the table."""

    code = forms.ChoiceField(label=_("Track"))
    note = line(_("Why it might fit"), 500)

    def __init__(self, *args: Any, tracks: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["code"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(tracks)


class AdaptForm(Words):
    """A coach's words for a stage."""

    stage = forms.IntegerField(widget=forms.HiddenInput)
    text = area(_("This week in other words, for this person"), required=True)


class MapForm(Words):
    """What happens in one hard kind of moment."""

    situation = area(_("When does it happen?"), required=True)
    body = line(_("What do you notice in your body?"))
    thought = line(_("What goes through your mind?"))
    feeling = line(_("Which word fits the feeling?"), 120)
    usual_act = line(_("What do you usually do?"))
    cost = line(_("What does it cost you?"))
    wanted_act = line(_("What would you rather do?"))

    def __init__(
        self, *args: Any, feelings: Sequence[str], cues: Sequence[str], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        # Words to pick from while one types; one's own word is as good.
        self.lists = {"feeling": list(feelings), "body": list(cues)}
        for name in self.lists:
            self.fields[name].widget.attrs["list"] = f"words-{name}"


class TalkForm(Words):
    """The plan for a real talk."""

    planner = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    with_whom = line(_("With whom?"), 120, required=True)
    on = day(_("When? If you know it"), required=False)
    aim = line(_("What should be different afterwards?"), required=True)
    first_sentence = line(_("Your first sentence"))
    questions = area(_("What will you ask?"))
    listen_for = line(_("What will you listen for?"))
    if_it_goes_wrong = line(_("If it goes wrong"))
    close = line(_("How do you end it?"))


class AfterForm(Words):
    """What was learned in the talk."""

    after_note = area(_("Afterwards: what did you learn?"))


class CardForm(Words):
    """How one works, on one page."""

    how_i_work = area(_("How I work"))
    what_helps = area(_("What helps me"))
    ask_me = area(_("What you can ask me"))
    values = area(
        _("What matters to me"), help_text=_("Up to five, one on each line, the most first.")
    )

    def clean_values(self) -> str:
        lines = [one.strip() for one in self.cleaned_data["values"].splitlines() if one.strip()]
        if len(lines) > 5:
            raise forms.ValidationError(_("Please choose five at most."))
        return "\n".join(lines)


class AnswerForm(Words):
    """The open question of a conversation with oneself."""

    question = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(self, *args: Any, asked: ToolQuestion, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["question"].initial = asked.code
        if asked.kind == "choice":
            ways = [(str(n), way.text) for n, way in enumerate(asked.options)]
            self.fields["said"] = forms.ChoiceField(
                label=asked.text, choices=ways, widget=forms.RadioSelect
            )
        elif asked.kind == "scale":
            numbers = [(str(n), str(n)) for n in range(11)]
            self.fields["said"] = forms.ChoiceField(
                label=asked.text, help_text=asked.help, choices=numbers, widget=forms.RadioSelect
            )
        else:
            self.fields["said"] = area(asked.text, required=True, help_text=asked.help)


class EndForm(Words):
    """How the conversation ends: one act tied to one cue."""

    if_text = line(_("If"), 200, help_text=_("What you will see or hear just before."))
    then_text = line(_("then I"), 300)
