"""Operations about oneself, one's record, those one helps, and what is shared."""

from datetime import datetime
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from ninja import Router
from ninja.responses import Status

from coachwork.kit.api import (
    LIMIT,
    Cursor,
    IfMatch,
    In,
    Limit,
    Line,
    Out,
    Page,
    check_tag,
    one_of,
    page_of,
    tagged,
)
from coachwork.kit.api.cursors import opened, sealed
from coachwork.kit.errors import Invalid
from coachwork.people import actions, queries
from coachwork.people.access import Request
from coachwork.people.api.doors import Asked, opens, record_of
from coachwork.people.models import Client, Event, Packaging, Scope, ShareEvent, User, Visibility

ShareKind = Annotated[ShareEvent.Kind, one_of(ShareEvent.Kind)]
router = Router(tags=["People"], auth=opens(Scope.READ))


class MeOut(Out):
    """The person who asks."""

    id: UUID
    email: str
    name: str
    locale: str
    timezone: str
    record: UUID | None


class MeIn(In):
    """What of it can be changed; what is left out stays."""

    name: Line | None = None
    locale: Line | None = None
    timezone: Line | None = None


class RecordOut(Out):
    """One person's record."""

    id: UUID
    name: str
    situation: Packaging
    is_mine: bool
    created_at: datetime


class RecordIn(In):
    """How to open one's own record."""

    name: Line = ""
    situation: Packaging = Packaging.SELF_COACHED


class HelpedOut(Out):
    """Somebody whom the person who asks helps."""

    client: UUID
    name: str
    relation: str
    since: datetime


class ShareEventOut(Out):
    """One line of the log of shares."""

    id: UUID
    kind: ShareKind
    thing: str
    item: UUID
    title: str
    reader: str
    at: datetime
    opened_at: datetime | None


class EventOut(Out):
    """One step of the story, such as `goal.activated`; `item` is what it was about."""

    id: UUID
    kind: str
    item: UUID | None
    at: datetime
    visibility: Visibility


@router.get("/me", response=MeOut, summary="Who am I?")
def me(request: Request, response: HttpResponse) -> Out:
    """The account behind this key or session."""
    return tagged(response, _me(request.user))


@router.patch(
    "/me", response=MeOut, auth=opens(Scope.SETTINGS), summary="Change my name, language or zone"
)
def change_me(request: Request, response: HttpResponse, body: MeIn, if_match: IfMatch = "") -> Out:
    """Change how one is called and spoken to. Needs If-Match."""
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=request.user.pk)
        check_tag(if_match, _me(request.user))
        words = _me(user).model_dump(include=set(MeIn.model_fields)) | body.dict(exclude_none=True)
        _check_place(words)
        user = actions.change_settings(actor=request.user, theme=user.theme, at=now(), **words)
    return tagged(response, _me(user))


@router.get("/record", response=RecordOut, summary="A record")
def record(request: Request, client: Asked = None) -> Out:
    """One's own record, or one that one helps with."""
    return _record(request, record_of(request, client))


@router.post(
    "/record", response={201: RecordOut}, auth=opens(Scope.SETTINGS), summary="Open my record"
)
def open_record(request: Request, body: RecordIn) -> Status[Out]:
    """Open one's own record; one human has one."""
    made = actions.open_record(
        actor=request.user, name=body.name, packaging=body.situation, at=now()
    )
    return Status(201, _record(request, made))


@router.get("/helping", response=Page[HelpedOut], summary="Whom I help")
def helping(request: Request, cursor: Cursor = "", limit: Limit = 25) -> Page[HelpedOut]:
    """The people who let the person who asks help them, by name."""
    after = opened(cursor)
    found = queries.helping(actor=request.user, after=str(after or ""), limit=limit)
    people = [
        HelpedOut(
            client=one.client.pk, name=one.client.name, relation=one.relation, since=one.since
        )
        for one in found.people
    ]
    return Page[HelpedOut](items=people, next=sealed(UUID(found.after)) if found.after else None)


@router.get("/shares", response=Page[ShareEventOut], summary="What I shared")
def shares(request: Request, cursor: Cursor = "", limit: Limit = LIMIT) -> Page[ShareEventOut]:
    """The log of shares: who, what, when, and whether it was opened; newest first."""
    client = record_of(request)

    def rows(after: UUID | None, number: int) -> list[ShareEvent]:
        return queries.shares(actor=request.user, client=client, after=after, limit=number).events

    return page_of(ShareEventOut, _share, rows, cursor=cursor, limit=limit)


@router.get("/events", response=Page[EventOut], summary="What happened")
def events(
    request: Request, client: Asked = None, cursor: Cursor = "", limit: Limit = LIMIT
) -> Page[EventOut]:
    """The steps of a person's story, newest first."""
    owner = record_of(request, client)

    def rows(after: UUID | None, number: int) -> list[Event]:
        return queries.events(actor=request.user, client=owner, after=after, limit=number)

    return page_of(EventOut, _event, rows, cursor=cursor, limit=limit)


def _me(user: User) -> MeOut:
    own: Client | None = getattr(user, "client", None)
    return MeOut(
        id=user.pk,
        email=user.email,
        name=user.name,
        locale=user.language,
        timezone=user.timezone,
        record=own.pk if own else None,
    )


def _check_place(words: dict[str, str]) -> None:
    problems = {}
    if not words["name"].strip() or len(words["name"]) > 120 or "\x00" in words["name"]:
        problems["name"] = _("Please use a name of up to 120 characters.")
    if words["locale"] not in dict(settings.LANGUAGES):
        problems["locale"] = _("This language is not there yet.")
    if not _is_zone(words["timezone"]):
        problems["timezone"] = _("This time zone is not known.")
    if problems:
        raise Invalid(problems)


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _record(request: Request, client: Client) -> RecordOut:
    return RecordOut(
        id=client.pk,
        name=client.name,
        situation=Packaging(client.packaging),
        is_mine=client.user_id == request.user.pk,
        created_at=client.created_at,
    )


def _share(row: ShareEvent) -> ShareEventOut:
    return ShareEventOut(
        id=row.pk,
        kind=ShareEvent.Kind(row.kind),
        thing=row.thing,
        item=row.item,
        title=row.title,
        reader=str(row.reader or ""),
        at=row.created_at,
        opened_at=row.share.opened_at if row.share else None,
    )


def _event(row: Event) -> EventOut:
    return EventOut(
        id=row.pk,
        kind=row.kind,
        item=row.item,
        at=row.created_at,
        visibility=Visibility(row.visibility),
    )
