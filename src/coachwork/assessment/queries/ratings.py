"""The form of somebody who answers about another person, found by their personal link."""

from dataclasses import dataclass
from uuid import UUID

from coachwork.assessment.models import FeedbackRound, RaterReply
from coachwork.assessment.queries.rounds import Asked, asked
from coachwork.kit import content, rowlock, signed
from coachwork.people import access
from coachwork.people.models import User

PURPOSE = "rater"
NOT_SEEN = 0
SUGGESTION = "suggestion"  # the one open question of a pulse
FLAT_FROM = 9  # so many equal answers, and the form asks once whether they are meant


@dataclass(frozen=True)
class RaterScreen:
    """One competency of the form, with what this rater has said so far."""

    reply: RaterReply
    asked: Asked
    position: int
    positions: int

    @property
    def rows(self) -> list[tuple[str, str, int | None]]:
        """Each behaviour: its id, its words, and the answer."""
        return [
            (str(one.pk), one.worded("text"), self.reply.scores.get(str(one.pk)))
            for one in self.asked.behaviours
        ]


def reply_for(*, actor: User | None, token: str) -> RaterReply:
    """The reply behind a personal link, whatever became of it. The link is the permission."""
    try:
        client, key = (UUID(part) for part in signed.read(PURPOSE, token))
    except (signed.NotALink, ValueError):
        raise access.NotVisible("This link leads nowhere.") from None
    rowlock.admit(client)
    found = RaterReply.objects.filter(client=client, pk=key)
    reply = found.select_related("round__framework", "client__user", "nomination").first()
    if reply is None:  # called off, or sent to another address since
        raise access.NotVisible("This link leads nowhere.")
    return reply


def token_of(reply: RaterReply) -> str:
    """The signed part of the personal link; nothing of it is kept. It ends with the round."""
    return signed.token(PURPOSE, reply.client_id, reply.pk)


def rater_screen(*, reply: RaterReply, position: int) -> RaterScreen:
    """The screen at this position, counted from 1."""
    rows = asked(asked_in=reply.round)
    if not 1 <= position <= len(rows):
        raise RaterReply.DoesNotExist
    return RaterScreen(reply, rows[position - 1], position, len(rows))


def open_codes(*, asked_in: FeedbackRound) -> set[str]:
    """What this round lets people answer in their own words."""
    if asked_in.mode == FeedbackRound.Mode.PULSE:
        return {SUGGESTION}
    return {one.code for one in content.load("open_questions")}


def picks_of(*, asked_in: FeedbackRound) -> list[tuple[str, str]]:
    """What raters pick two of: the competencies of this round, by id and name."""
    return [
        (str(one.competency.pk), one.competency.worded("name")) for one in asked(asked_in=asked_in)
    ]


def first_open(*, reply: RaterReply) -> int:
    """Where this rater goes on: the first screen with an open question, or the last one."""
    rows = asked(asked_in=reply.round)
    for place, one in enumerate(rows, start=1):
        if any(str(item.pk) not in reply.scores for item in one.behaviours):
            return place
    return len(rows)


def is_flat(reply: RaterReply) -> bool:
    """Whether every question got the same answer."""
    said = [score for score in reply.scores.values() if score != NOT_SEEN]
    return len(said) >= FLAT_FROM and len(set(said)) == 1
