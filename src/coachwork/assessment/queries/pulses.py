"""What a pulse can be about, and what was frozen of one."""

from coachwork.assessment.models import FeedbackRound, RoundReport
from coachwork.assessment.queries import questions
from coachwork.assessment.queries.questions import Choice
from coachwork.people import access
from coachwork.people.access import Thing
from coachwork.people.models import Client, User

State = FeedbackRound.State
ENDED = (State.RELEASED, State.CANCELLED)


def noticeable(*, actor: User, client: Client) -> list[Choice]:
    """Every behaviour that others can notice, by competency."""
    access.require(actor, access.Verb.READ, Thing.ROUND, client)
    framework = questions.shipped()
    return questions.choices(framework, leads=False) if framework is not None else []


def chosen_focus(*, actor: User, client: Client) -> list[str]:
    """The behaviours that the client chose after their latest report, by id."""
    seen = access.visible(actor, Thing.ROUND, client=client)
    rows = FeedbackRound.objects.filter(seen, state=State.RELEASED).exclude(focus=[])
    found = rows.order_by("-released_at").values_list("focus", flat=True).first()
    return [str(one) for one in found or ()]


def open_pulse(*, actor: User, client: Client) -> FeedbackRound | None:
    """The pulse that is going on."""
    seen = access.visible(actor, Thing.ROUND, client=client)
    rows = FeedbackRound.objects.filter(seen, mode=FeedbackRound.Mode.PULSE)
    return rows.exclude(state__in=ENDED).first()


def frozen(*, actor: User, asked_in: FeedbackRound) -> RoundReport:
    """What was released of a round of any kind, as it was frozen."""
    seen = access.visible(actor, Thing.REPORT, client=asked_in.client)
    row = RoundReport.objects.filter(seen, round=asked_in).first()
    if row is None:
        raise access.NotVisible("There is no report yet.", thing=Thing.REPORT)
    return row
