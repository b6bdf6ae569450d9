"""Asking others: the list, what raters say by their links, and the report."""

from coachwork.assessment import actions as assessment
from coachwork.assessment.models import FeedbackRound, RaterReply
from coachwork.assessment.queries.ratings import token_of
from coachwork.exchange.demo.script import Step
from coachwork.exchange.demo.stage import Stage


def asks_others(stage: Stage, step: Step) -> None:
    """Begin a round and put people on the list: names by what they are."""
    actor = stage.actor(step)
    row = assessment.begin_round(
        actor=actor, client=stage.client(step), leads=step.words.get("leads", False), at=step.at
    )
    for group, names in step.words["people"].items():
        for name in names:
            assessment.nominate(
                actor=actor,
                asked_in=row,
                name=name,
                email=f"{'.'.join(name.casefold().split())}@demo.example",
                group=group,
                at=step.at,
            )
    assessment.open_round(actor=actor, asked_in=row, at=step.at)
    stage.keep(step, row)


def approves_list(stage: Stage, step: Step) -> None:
    """The coach says yes, and the invitations go out."""
    assessment.approve_round(actor=stage.actor(step), asked_in=_round(stage, step), at=step.at)


def says(stage: Stage, step: Step) -> None:
    """One rater answers by the personal link: a level for all, others where they differ."""
    row = _round(stage, step)
    reply = RaterReply.objects.get(round=row, nomination__name=step.words["who"])
    token = token_of(reply)
    scores: dict[str, int | None] = {}
    codes = {str(one.pk): one.code for one in stage.competencies.values()}
    for key, items in row.asked:
        level = step.words["levels"].get(codes[key], step.words["level"])
        scores |= dict.fromkeys(items, level)
        if level and step.words.get("wavers", False):
            scores[items[-1]] = max(1, level - 1)
    assessment.open_reply(actor=None, token=token, at=step.at)
    assessment.calibrate(actor=None, token=token, at=step.at)
    assessment.save_scores(actor=None, token=token, scores=scores, at=step.at)
    assessment.save_comments(
        actor=None, token=token, comments=step.words.get("words", {}), at=step.at
    )
    assessment.hand_in(actor=None, token=token, at=step.at)


def round_closes(stage: Stage, step: Step) -> None:
    """What the worker does when a round is due."""
    assessment.close_due(at=step.at)


def opens_report(stage: Stage, step: Step) -> None:
    assessment.release_round(actor=stage.actor(step), asked_in=_round(stage, step), at=step.at)


def makes_sense(stage: Stage, step: Step) -> None:
    """Three boxes, and one or two behaviours; then thanks to those who were asked."""
    row, actor = _round(stage, step), stage.actor(step)
    assessment.make_sense(
        actor=actor,
        asked_in=row,
        confirms=step.words.get("confirms", ""),
        surprises=step.words.get("surprises", ""),
        questions=step.words.get("questions", ""),
        focus=[str(stage.behaviours[code].pk) for code in step.words["focus"]],
        at=step.at,
    )
    assessment.thank_raters(actor=actor, asked_in=row, at=step.at)


def _round(stage: Stage, step: Step) -> FeedbackRound:
    found: FeedbackRound = stage.kept(step, step.words["what"])
    return found
