"""What people do on a behaviour track and beside it."""

from coachwork.tracks.actions.enrolments import (
    TwoActive,
    adapt_stage,
    consolidate,
    finish,
    move_on,
    offer_track,
    pause,
    resume,
    set_aside,
    start_track,
    stop,
    write_baseline,
)
from coachwork.tracks.actions.own import (
    delete_own,
    keep_card,
    keep_map,
    keep_talk,
    note_after_talk,
)
from coachwork.tracks.actions.packs import choose_pack
from coachwork.tracks.actions.targets import end_target, log_chance, set_target, undo_log
from coachwork.tracks.actions.tools import answer, begin_tool, end_tool, step_back

__all__ = [
    "TwoActive",
    "adapt_stage",
    "answer",
    "begin_tool",
    "choose_pack",
    "consolidate",
    "delete_own",
    "end_target",
    "end_tool",
    "finish",
    "keep_card",
    "keep_map",
    "keep_talk",
    "log_chance",
    "move_on",
    "note_after_talk",
    "offer_track",
    "pause",
    "resume",
    "set_aside",
    "set_target",
    "start_track",
    "step_back",
    "stop",
    "undo_log",
    "write_baseline",
]
