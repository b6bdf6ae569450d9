"""Write goals, outcomes, if-then plans and plan items, and take them through their states."""

from coachwork.plans.actions.changes import accept_change, refuse_change
from coachwork.plans.actions.goals import (
    NotNow,
    draft_goal,
    reach_rung,
    reword_goal,
    shape_goal,
    show_goal,
    write_outcomes,
)
from coachwork.plans.actions.if_thens import (
    NO_CUE,
    TooManyIfThens,
    end_if_then,
    put_off,
    rehearse,
    start_if_then,
    write_if_then,
)
from coachwork.plans.actions.items import (
    accept_item,
    add_item,
    change_item,
    finish_item,
    let_go_item,
    refuse_item,
    reopen_item,
    start_item,
    suggest_item,
)
from coachwork.plans.actions.offers import offer_goal, refuse_goal, take_up_goal
from coachwork.plans.actions.order import move_item, reorder_item, shrink_item, split_item
from coachwork.plans.actions.plan import (
    agree_plan,
    close_plan,
    finish_review,
    give_back_reserve,
    review_plan,
    shape_plan,
    start_plan,
    take_reserve,
)
from coachwork.plans.actions.practised import log_chance
from coachwork.plans.actions.proposals import (
    accept_schedule,
    refuse_schedule,
    take_back_schedule,
)
from coachwork.plans.actions.replans import replan_all
from coachwork.plans.actions.schedules import propose_schedule, work_out_schedule
from coachwork.plans.actions.states import (
    AwaitsCoach,
    TooManyGoals,
    activate_goal,
    agree_goal,
    close_goal,
    drop_goal,
    pause_goal,
    reopen_goal,
)
from coachwork.plans.actions.story import open_plan
from coachwork.plans.actions.templates import Chosen, suggest_template, take_template
from coachwork.plans.actions.times import set_week_time, usual_week_time
from coachwork.plans.actions.weights import weigh_goal
from coachwork.plans.actions.wording import RUNGS

__all__ = [
    "NO_CUE",
    "RUNGS",
    "AwaitsCoach",
    "Chosen",
    "NotNow",
    "TooManyGoals",
    "TooManyIfThens",
    "accept_change",
    "accept_item",
    "accept_schedule",
    "activate_goal",
    "add_item",
    "agree_goal",
    "agree_plan",
    "change_item",
    "close_goal",
    "close_plan",
    "draft_goal",
    "drop_goal",
    "end_if_then",
    "finish_item",
    "finish_review",
    "give_back_reserve",
    "let_go_item",
    "log_chance",
    "move_item",
    "offer_goal",
    "open_plan",
    "pause_goal",
    "propose_schedule",
    "put_off",
    "reach_rung",
    "refuse_change",
    "refuse_goal",
    "refuse_item",
    "refuse_schedule",
    "rehearse",
    "reopen_goal",
    "reopen_item",
    "reorder_item",
    "replan_all",
    "review_plan",
    "reword_goal",
    "set_week_time",
    "shape_goal",
    "shape_plan",
    "show_goal",
    "shrink_item",
    "split_item",
    "start_if_then",
    "start_item",
    "start_plan",
    "suggest_item",
    "suggest_template",
    "take_back_schedule",
    "take_reserve",
    "take_template",
    "take_up_goal",
    "usual_week_time",
    "weigh_goal",
    "work_out_schedule",
    "write_if_then",
    "write_outcomes",
]
