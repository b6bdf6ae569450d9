"""Look at oneself, and ask others: self-assessments, feedback rounds, and what raters say."""

from coachwork.assessment.actions.calibrating import calibrate_due, calibrate_framework
from coachwork.assessment.actions.collecting import (
    cancel_round,
    close_due,
    correct_address,
    forget_raters,
    remind_raters,
)
from coachwork.assessment.actions.debrief import (
    HOLD_DAYS,
    choose_reading,
    hold_ends,
    hold_report,
    write_debrief_note,
)
from coachwork.assessment.actions.holding import decide_held
from coachwork.assessment.actions.knowledge import answer_check, discard_check, start_check
from coachwork.assessment.actions.pulses import begin_pulse, offer_pulses
from coachwork.assessment.actions.questions import choose_competencies
from coachwork.assessment.actions.ratings import (
    calibrate,
    check_open,
    decline,
    hand_in,
    open_reply,
    save_comments,
    save_scores,
)
from coachwork.assessment.actions.releasing import (
    AGAIN_WEEKS,
    make_sense,
    may_release,
    release_round,
    thank_raters,
)
from coachwork.assessment.actions.rounds import (
    approve_round,
    begin_round,
    drop_nomination,
    nominate,
    open_round,
    rework_list,
)
from coachwork.assessment.actions.self_assessments import (
    Answer,
    answer,
    answer_question,
    close_skill,
    discard,
    start_self_assessment,
    submit,
)

__all__ = [
    "AGAIN_WEEKS",
    "HOLD_DAYS",
    "Answer",
    "answer",
    "answer_check",
    "answer_question",
    "approve_round",
    "begin_pulse",
    "begin_round",
    "calibrate",
    "calibrate_due",
    "calibrate_framework",
    "cancel_round",
    "check_open",
    "choose_competencies",
    "choose_reading",
    "close_due",
    "close_skill",
    "correct_address",
    "decide_held",
    "decline",
    "discard",
    "discard_check",
    "drop_nomination",
    "forget_raters",
    "hand_in",
    "hold_ends",
    "hold_report",
    "make_sense",
    "may_release",
    "nominate",
    "offer_pulses",
    "open_reply",
    "open_round",
    "release_round",
    "remind_raters",
    "rework_list",
    "save_comments",
    "save_scores",
    "start_check",
    "start_self_assessment",
    "submit",
    "thank_raters",
    "write_debrief_note",
]
