"""The words of a pulse, all from what was frozen."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coachwork.assessment.queries.ratings import SUGGESTION
from coachwork.assessment.views.holding import kept_back
from coachwork.engine.anonymity import TOO_CLOSE


def told(shown: dict[str, Any]) -> dict[str, Any]:
    """What the page shows: lines of counts or one sentence, what managers say, and suggestions."""
    spread = shown.get("spread")
    return {
        "lines": _lines(spread) if spread else [],
        "sentence": _sentence(spread) if spread else "",
        "n": spread["n"] if spread else 0,
        "unsure": spread["unsure"] if spread else 0,
        "named": [_word(one) for one in shown.get("named_spread", ())],
        "nothing": "" if spread else _nothing(shown),
        "kept_back": kept_back(shown),
        "suggestions": shown.get("comments", {}).get(SUGGESTION, ()),
        "named_suggestions": shown.get("named_comments", {}).get(SUGGESTION, ()),
    }


def _word(band: str) -> str:
    return {
        "more": _("clearly more"),
        "some": _("somewhat more"),
        "same": _("no change"),
        "less": _("less"),
    }[band]


def _lines(spread: dict[str, Any]) -> list[dict[str, Any]]:
    """How many said what, the most change first."""
    counts = spread["counts"] or {}
    order = [band for band in ("more", "some", "same", "less") if band in counts]
    return [{"number": counts[band], "word": _word(band)} for band in order]


def _sentence(spread: dict[str, Any]) -> str:
    """One voice, or only which way they lean, where counts would say too much."""
    if spread["nearly"]:
        return _("All or nearly all noticed: %(word)s.") % {"word": _word(spread["nearly"])}
    if spread["leaning"]:
        return ngettext(
            "%(n)d person could say. Taken together: %(word)s.",
            "%(n)d people could say. Taken together: %(word)s.",
            spread["n"],
        ) % {"n": spread["n"], "word": _word(spread["leaning"])}  # fmt: skip
    return ""


def _nothing(shown: dict[str, Any]) -> str:
    if any(one["reason"] == TOO_CLOSE for one in shown.get("withheld", ())):
        return _(
            "Next to an earlier pulse this one would show what single people said, so nothing of "
            "it is shown. Ask the same people, or at least three others, and it can be."
        )
    return _(
        "Fewer than three colleagues could say, so nothing of theirs is shown. A month of "
        "practice and another small pulse is a good next step."
    )
