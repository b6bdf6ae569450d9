"""What the answers say about a framework, in plain words for those who write it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coachwork.engine.ratings.diagnosis import FEWEST_ANSWERS, FEWEST_CLIENTS, GOOD, RARE
from coachwork.engine.ratings.fit import FEWEST
from coachwork.evidence import queries
from coachwork.evidence.queries import Checked
from coachwork.evidence.views.wording import source_label
from coachwork.kit import levels
from coachwork.people.access import Request

HARD = 0.5  # logits from the middle: about half a level


def checks(request: Request, framework_id: UUID) -> HttpResponse:
    found = queries.checked(actor=request.user, framework_id=framework_id)
    context = {
        "framework": found.framework,
        "calibration": found.calibration,
        "parts": _parts(found),
        "between": [_between(one, found) for one in found.diagnosis.get("between", ())],
        "header": [
            _("Behaviour"), _("How hard"), _("Do answers fit"), _("How the levels are used"),
            _("Answers, about"),
        ],
    }  # fmt: skip
    return render(request, "evidence/checks.html", context)


def _parts(found: Checked) -> list[dict[str, Any]]:
    """Competency by competency: how well people are told apart, and a row a behaviour."""
    items = {one["item"]: one for one in found.diagnosis.get("items", ())}
    told = {one["skill"]: one for one in found.diagnosis.get("skills", ())}
    of = found.calibration.behaviours if found.calibration else {}
    parts = []
    for competency in found.competencies:
        key = str(competency.pk)
        rows = [
            _row(items[item], found.behaviours[item].worded("text"))
            for item in of.get(key, ())
            if item in items and found.behaviours and item in found.behaviours
        ]
        if rows:
            said = _told_apart(told.get(key))
            parts.append({"name": competency.worded("name"), "said": said, "rows": rows})
    return parts


def _told_apart(one: dict[str, Any] | None) -> str:
    if one is None or one["reliability"] is None:
        return _(
            "Fewer than %(n)d people were asked about it, so nothing is said of it as a whole."
        ) % {"n": FEWEST_CLIENTS}
    told = {"reliability": one["reliability"], "separation": one["separation"]}
    if one["reliability"] >= 0.8:
        return _("It tells people apart well (reliability %(reliability)s, separation "
                 "%(separation)s).") % told  # fmt: skip
    if one["reliability"] >= 0.5:
        return _("It tells people apart roughly (reliability %(reliability)s, separation "
                 "%(separation)s). More raters help most.") % told  # fmt: skip
    return _("It hardly tells people apart (reliability %(reliability)s, separation "
             "%(separation)s). Ask more raters, or name what can be seen.") % told  # fmt: skip


def _row(one: dict[str, Any], words: str) -> list[str]:
    if one["infit"] is None:
        few = _("Fewer than %(n)d answers: too few to say") % {"n": FEWEST_ANSWERS}
        return [words, few, few, few, str(one["answers"])]
    return [words, _hard(one["difficulty"]), _fits(one), _used(one), str(one["answers"])]


def _hard(difficulty: float) -> str:
    if difficulty > HARD:
        return _("Harder than most (%(logits)s)") % {"logits": difficulty}
    if difficulty < -HARD:
        return _("Easier than most (%(logits)s)") % {"logits": difficulty}
    return _("Like most (%(logits)s)") % {"logits": difficulty}


def _fits(one: dict[str, Any]) -> str:
    figures = {"infit": one["infit"], "outfit": one["outfit"]}
    low, high = GOOD
    if max(one["infit"], one["outfit"]) > high:
        return _("Answers scatter: people may read it in different ways "
                 "(infit %(infit)s, outfit %(outfit)s)") % figures  # fmt: skip
    if min(one["infit"], one["outfit"]) < low:
        return _("Answers are very alike: it may repeat another behaviour "
                 "(infit %(infit)s, outfit %(outfit)s)") % figures  # fmt: skip
    return _("As they should (infit %(infit)s, outfit %(outfit)s)") % figures


def _used(one: dict[str, Any]) -> str:
    rare = [k for k, share in enumerate(one["shares"], start=1) if share < RARE]
    said = []
    if rare:
        named = ", ".join(levels.said(k) for k in rare)
        said.append(
            ngettext("Hardly used: %(levels)s", "Hardly used: %(levels)s", len(rare))
            % {"levels": named}
        )
    if not one["rises"]:
        said.append(_("A higher level does not go with a stronger person: look at the words"))
    elif not one["ordered"]:
        said.append(_("Two neighbouring levels are hard to tell apart"))
    return ". ".join(said) or _("All five levels do their work")


def _between(one: dict[str, Any], found: Checked) -> dict[str, Any]:
    first, second = source_label(one["first"], own=False), source_label(one["second"], own=False)
    title = _("%(first)s and %(second)s") % {"first": first, "second": second}
    if not one["tested"]:
        text = _(
            "Not tested: it takes at least %(n)d of each, and there are about %(first)d and "
            "%(second)d."
        ) % {"n": FEWEST, "first": one["raters"][0], "second": one["raters"][1]}
        return {"title": title, "text": text, "lines": []}
    behaviours = found.behaviours or {}
    lines = [
        _("%(behaviour)s: %(logits)s logits, %(size)s")
        % {
            "behaviour": behaviours[item].worded("text"),
            "logits": amount,
            "size": _("clearly") if size == "C" else _("somewhat"),
        }
        for item, amount, size in one["items"]
        if item in behaviours
    ]
    text = (
        _("These behaviours mean something else to one side than to the other (more than 0 is "
          "harder for the second).")
        if lines
        else _("Both read the behaviours alike.")
    )  # fmt: skip
    return {"title": title, "text": text, "lines": lines}
