"""A feedback round lived by its people: one line to ask, to answer, to close, to release."""

from datetime import timedelta

from coachwork.assessment import actions, queries
from coachwork.assessment.models import FeedbackRound, RaterReply
from coachwork.assessment.queries.ratings import token_of
from coachwork.frameworks.models import Behaviour, Framework
from coachwork.kit import content
from tests import builders as make

OPENED = make.NOW
AFTER = make.NOW + timedelta(days=15)


def framework():
    """The framework of the questionnaires, with short words."""
    home = Framework.objects.filter(slug="career-core-40").first()
    if home is None:
        home = make.framework("career-core-40")
        for one in content.load("questionnaires"):
            for code in one.competencies:
                make.competency(code, within=home)
    return home


class Round:
    """Amira's round: `peer=4` asks four peers."""

    question = "helps"  # what is answered in own words

    def __init__(self, client=None, *, leads=False, at=OPENED, opened=True, **groups):
        framework()
        self.client = client or make.client()
        self.actor = self.client.user
        self.row = actions.begin_round(actor=self.actor, client=self.client, leads=leads, at=at)
        self.fill(groups, at=at, opened=opened)

    def fill(self, groups, *, at, opened):
        """Put people on the list, and send it."""
        for group, count in groups.items():
            for number in range(count):
                self.nominate(group, number, at=at)
        if opened and groups:
            actions.open_round(actor=self.actor, asked_in=self.row, at=at)
        self.fresh()

    def fresh(self) -> FeedbackRound:
        self.row = queries.feedback_round(actor=self.actor, round_id=self.row.pk)
        return self.row

    def nominate(self, group, number, *, at=OPENED):
        return actions.nominate(
            actor=self.actor,
            asked_in=self.row,
            name=f"{group.title()} {number}",
            email=f"{group}{number}@example.org",
            group=group,
            at=at,
        )

    def replies(self, group):
        found = RaterReply.objects.filter(round=self.row, group=group)
        return list(found.order_by("nomination__email"))

    def items(self):
        return [item for _code, items in self.row.asked for item in items]

    def tokens(self, group):
        return [token_of(one) for one in self.replies(group)]

    def answer(self, token, scores, *, words="", at=OPENED + timedelta(days=1)):
        """The same answer to all questions, or one for each."""
        rows = dict.fromkeys(self.items(), scores) if isinstance(scores, int) else scores
        actions.open_reply(actor=None, token=token, at=at)
        actions.save_scores(actor=None, token=token, scores=rows, at=at)
        if words:
            actions.save_comments(actor=None, token=token, comments={self.question: words}, at=at)
        return actions.hand_in(actor=None, token=token, at=at)

    def answered(self, group, *scores, words=""):
        """One rater of the group for each of the scores."""
        for number, (token, score) in enumerate(zip(self.tokens(group), scores, strict=False)):
            self.answer(token, score, words=f"{words} {number}" if words else "")
        return self

    def answered_at(self, at, **groups):
        """The same, at that moment: `peer=(3, 4)`."""
        for group, scores in groups.items():
            for token, score in zip(self.tokens(group), scores, strict=False):
                self.answer(token, score, at=at)
        return self

    def closed(self, at=None):
        actions.close_due(at=at or self.row.closes_at + timedelta(days=1))
        return self.fresh()

    def released(self, *, by=None, at=AFTER + timedelta(hours=1)):
        self.closed()
        return actions.release_round(actor=by or self.actor, asked_in=self.row, at=at)


class Pulse(Round):
    """Amira's pulse on one behaviour, by its place in the framework."""

    question = "suggestion"

    def __init__(self, client=None, *, at=OPENED, opened=True, behaviour=0, **groups):
        home = framework()
        self.client = client or make.client()
        self.actor = self.client.user
        asked = Behaviour.objects.filter(competency__framework=home).order_by("code")[behaviour]
        self.row = actions.begin_pulse(actor=self.actor, client=self.client, behaviour=asked, at=at)
        self.fill(groups, at=at, opened=opened)
