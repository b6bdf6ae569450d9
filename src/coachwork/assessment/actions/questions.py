"""What a round asks about: the usual competencies, or some of them swapped for others."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from coachwork.assessment.actions.common import check_state, locked
from coachwork.assessment.models import FeedbackRound
from coachwork.assessment.queries import questions
from coachwork.assessment.queries.questions import MOST, OF_EACH, SWAPS
from coachwork.frameworks.models import Framework
from coachwork.kit.errors import Invalid, Refused
from coachwork.people import access
from coachwork.people.access import Thing, Verb
from coachwork.people.models import User

FIELD = "competencies"


@transaction.atomic
def choose_competencies(
    *, actor: User, asked_in: FeedbackRound, competencies: Sequence[str]
) -> FeedbackRound:
    """Swap up to four of the usual competencies, as long as nobody has seen the questions."""
    access.require_row(actor, Verb.WRITE, Thing.ROUND, asked_in)
    row = locked(asked_in)
    check_state(row, FeedbackRound.State.NOMINATING)
    if row.mode != FeedbackRound.Mode.FULL:
        raise Refused(_("A pulse asks about one behaviour. Call it off to ask about another one."))
    row.asked = _asked(row.framework, leads=row.leads, competencies=competencies)
    row.save(update_fields=["asked"])
    return row


def settled(
    *, leads: bool, competencies: Sequence[str] | None
) -> tuple[Framework, list[list[object]]]:
    """The framework and the questions of a new round, by ids."""
    framework = questions.shipped()
    if framework is None:
        raise Refused(_("The questions for others are not loaded here yet."))
    return framework, _asked(framework, leads=leads, competencies=competencies)


def _asked(
    framework: Framework, *, leads: bool, competencies: Sequence[str] | None
) -> list[list[object]]:
    """Three behaviours that others can see, of each competency."""
    known = questions.choices(framework, leads=leads)
    if competencies is None:
        return [_questions(one) for one in known if one.is_usual]
    wanted = {str(one) for one in competencies}
    if not wanted <= {str(one.competency.pk) for one in known}:
        raise Invalid({FIELD: _("One of these is not something that others are asked about.")})
    chosen = [one for one in known if str(one.competency.pk) in wanted]
    _check(chosen)
    return [_questions(one) for one in chosen]


def _check(chosen: Sequence[questions.Choice]) -> None:
    new = sum(not one.is_usual for one in chosen)
    if not questions.LEAST <= len(chosen) <= MOST:
        raise Invalid(
            {
                FIELD: _("Choose %(least)d to %(most)d. Now it is %(number)d.")
                % {"least": questions.LEAST, "most": MOST, "number": len(chosen)}
            }
        )
    if new > SWAPS:
        raise Invalid(
            {
                FIELD: _(
                    "Swap up to %(most)d of the usual ones, so that the picture stays whole. "
                    "Now it is %(number)d."
                )
                % {"most": SWAPS, "number": new}
            }
        )


def _questions(one: questions.Choice) -> list[object]:
    return [str(one.competency.pk), [str(item.pk) for item in one.behaviours[:OF_EACH]]]
