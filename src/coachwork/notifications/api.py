"""The JSON door of messages: what the person who asks wants to receive."""

from datetime import date, time
from typing import Annotated

from django.db import transaction
from django.http import HttpResponse
from django.utils.timezone import now
from ninja import Router
from pydantic import Field

from coachwork.kit.api import IfMatch, In, Out, check_tag, tagged
from coachwork.notifications import actions, queries
from coachwork.notifications.models import Preference
from coachwork.people.access import Request
from coachwork.people.api import opens
from coachwork.people.models import Scope

router = Router(tags=["Messages"], auth=opens(Scope.READ))
ADDRESS = "/message-preferences"
CLOCKS = ("digest_at", "quiet_from", "quiet_to")
# A time of day in JSON Schema has a zone; this one is on the person's own clock.
Clock = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$", examples=["07:45"])]


class PreferenceOut(Out):
    """What comes, and when. Times are on the person's own clock."""

    digest: bool
    digest_at: Clock
    look_ahead: bool
    nudges: bool
    weekends: bool
    quiet_from: Clock
    quiet_to: Clock
    paused_until: date | None


class PreferenceIn(In):
    """What of it to change; what is left out stays."""

    digest: bool | None = None
    digest_at: Clock | None = None
    look_ahead: bool | None = None
    nudges: bool | None = None
    weekends: bool | None = None
    quiet_from: Clock | None = None
    quiet_to: Clock | None = None


class PauseIn(In):
    """The first day on which messages should come again; nothing ends the pause."""

    until: date | None


@router.get(ADDRESS, response=PreferenceOut, summary="What I receive")
def preferences(request: Request, response: HttpResponse) -> Out:
    """One's own choices."""
    return tagged(response, _shown(queries.preference(actor=request.user)))


@router.patch(
    ADDRESS, response=PreferenceOut, auth=opens(Scope.SETTINGS), summary="Choose what I receive"
)
def choose(
    request: Request, response: HttpResponse, body: PreferenceIn, if_match: IfMatch = ""
) -> Out:
    """Change some of the choices. Needs If-Match."""
    with transaction.atomic():
        check_tag(if_match, _shown(queries.preference(actor=request.user)))
        chosen = {name: value for name, value in body.dict().items() if value is not None}
        chosen |= {name: time.fromisoformat(chosen[name]) for name in CLOCKS if name in chosen}
        row = actions.choose(actor=request.user, at=now(), choices=chosen)
    return tagged(response, _shown(row))


@router.put(
    f"{ADDRESS}/pause",
    response=PreferenceOut,
    auth=opens(Scope.SETTINGS),
    summary="Pause, or end the pause",
)
def pause(request: Request, response: HttpResponse, body: PauseIn) -> Out:
    """No nudges until a day."""
    if body.until is None:
        row = actions.resume(actor=request.user, at=now())
    else:
        row = actions.pause(actor=request.user, until=body.until, at=now())
    return tagged(response, _shown(row))


def _shown(row: Preference) -> PreferenceOut:
    return PreferenceOut(
        digest=row.digest,
        look_ahead=row.look_ahead,
        nudges=row.nudges,
        weekends=row.weekends,
        paused_until=row.paused_until,
        **{name: getattr(row, name).strftime("%H:%M") for name in CLOCKS},
    )
