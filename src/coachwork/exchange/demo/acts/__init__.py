"""What a person in a story can do: each act is one or a few of the product's actions."""

from collections.abc import Callable

from django.utils import timezone

from coachwork.exchange.demo.acts import assessment, daily, evidence, people, plans, rounds
from coachwork.exchange.demo.script import Step, zone
from coachwork.exchange.demo.stage import Stage

Act = Callable[[Stage, Step], None]

ACTS: dict[str, Act] = {
    "sets_up": people.sets_up,
    "signs_up": people.signs_up,
    "founds": people.founds,
    "joins": people.joins,
    "opens_record": people.opens_record,
    "invites_client": people.invites_client,
    "claims": people.claims,
    "asks": people.asks,
    "accepts": people.accepts,
    "shares": people.shares,
    "opens_share": people.opens_share,
    "aims": assessment.aims,
    "assesses": assessment.assesses,
    "asks_others": rounds.asks_others,
    "approves_list": rounds.approves_list,
    "says": rounds.says,
    "round_closes": rounds.round_closes,
    "opens_report": rounds.opens_report,
    "makes_sense": rounds.makes_sense,
    "hears": evidence.hears,
    "adds": evidence.adds,
    "observes": evidence.observes,
    "disputes": evidence.disputes,
    "agrees_level": evidence.agrees_level,
    "decides": evidence.decides,
    "drafts_goal": plans.drafts_goal,
    "agrees_goal": plans.agrees_goal,
    "starts_goal": plans.starts_goal,
    "rewords_goal": plans.rewords_goal,
    "reaches": plans.reaches,
    "pauses_goal": plans.pauses_goal,
    "closes_goal": plans.closes_goal,
    "writes_if_then": plans.writes_if_then,
    "rehearses": plans.rehearses,
    "ends_if_then": plans.ends_if_then,
    "sets_time": plans.sets_time,
    "takes_reserve": plans.takes_reserve,
    "asks_for_schedule": plans.asks_for_schedule,
    "reviews_plan": plans.reviews_plan,
    "adds_item": plans.adds_item,
    "suggests_item": plans.suggests_item,
    "accepts_item": plans.accepts_item,
    "finishes_item": plans.finishes_item,
    "lets_go_item": plans.lets_go_item,
    "plans_week": plans.plans_week,
    "logs": plans.logs,
    "plans_check_ins": daily.plans_check_ins,
    "checks_in": daily.checks_in,
    "commits": daily.commits,
    "settles": daily.settles,
    "asks_for_help": daily.asks_for_help,
    "writes_page": daily.writes_page,
    "keeps_insight": daily.keeps_insight,
}


def play(stage: Stage, step: Step) -> None:
    """Let one person do one thing, and the mail that it causes arrive."""
    try:
        with timezone.override(zone(step.who.zone)):
            ACTS[step.act](stage, step)
    except Exception as problem:
        problem.add_note(f"In the demo's story of {step.who.key}: {step.act}, {step.at:%F %R}")
        raise
    stage.pass_by(step.at)
