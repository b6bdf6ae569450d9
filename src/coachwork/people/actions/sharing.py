"""Open one item to one reader, take that back, and change who reads an item at all."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from coachwork.kit.errors import Invalid, Refused
from coachwork.people import access, queries
from coachwork.people.access import Thing, Verb
from coachwork.people.actions import letters
from coachwork.people.actions.trail import audit, note
from coachwork.people.models import (
    Client,
    ClientRow,
    Relation,
    Share,
    ShareEvent,
    User,
    Visibility,
)
from coachwork.people.queries.records import said

# From the fewest readers to the most; a move to the right needs the client's own act.
WIDTH = (Visibility.COACH, Visibility.PRIVATE, Visibility.CIRCLE, Visibility.PAIR)


@transaction.atomic
def share(
    *, actor: User, thing: Thing, row: ClientRow, reader: User, at: datetime, title: str = ""
) -> Share:
    """The client opens this one item to this one person. Sharing the same again changes nothing."""
    client = row.client
    access.require(actor, Verb.WRITE, Thing.SHARES, client)
    access.require_row(actor, Verb.READ, thing, row)
    held = access.relations(reader, client)
    fit = {relation for relation in held if access.shareable(thing, relation)}
    if not fit:
        raise Refused(_("This cannot be shared with that person."))
    known = Share.objects.filter(
        client=client, item=row.pk, reader=reader, revoked_at__isnull=True
    ).first()
    if known is not None:
        return known
    made = Share.objects.create(
        client=client,
        thing=thing,
        item=row.pk,
        title=(title or row.named())[:200],
        frozen=_frozen(thing, fit, row),
        reader=reader,
        created_by=actor,
        created_at=at,
    )
    _log(made, ShareEvent.Kind.MADE, actor, at)
    if row.visibility == Visibility.PRIVATE:
        _reclass(row, Visibility.CIRCLE)
    note(actor=actor, client=client, kind="share.made", item=row.pk, at=at)
    audit(actor=actor, verb="share.made", stream=client.pk, thing=thing, item=row.pk, at=at)
    _tell(made, "share-notice", at, item_url=reverse("people:shared-item", args=[made.pk]))
    return made


@transaction.atomic
def unshare(*, actor: User, share: Share, at: datetime) -> Share:
    """Take a share back. What was read cannot be unread; from now on nothing more is."""
    client = share.client
    access.require(actor, Verb.WRITE, Thing.SHARES, client)
    if share.revoked_at is not None:
        return share
    share.revoked_at = at
    share.frozen = None
    share.save(update_fields=["revoked_at", "frozen"])
    _log(share, ShareEvent.Kind.REVOKED, actor, at)
    note(actor=actor, client=client, kind="share.revoked", item=share.item, at=at)
    audit(
        actor=actor,
        verb="share.revoked",
        stream=client.pk,
        thing=share.thing,
        item=share.item,
        at=at,
    )
    _leave_the_circle(client, share)
    _tell(share, "share-revoked", at)
    return share


@transaction.atomic
def mark_opened(*, actor: User, share: Share, at: datetime) -> Share:
    """The reader has it before their eyes; the client's log says so, once."""
    if share.reader_id != actor.pk:
        raise access.NotVisible("Nothing is shared here.")
    if share.opened_at is None and share.revoked_at is None:
        share.opened_at = at
        share.save(update_fields=["opened_at"])
        _log(share, ShareEvent.Kind.OPENED, actor, at)
    return share


@transaction.atomic
def set_visibility(
    *, actor: User, thing: Thing, row: ClientRow, visibility: str, at: datetime
) -> ClientRow:
    """Change who reads an item. Back to "only you" also takes back every share of it."""
    access.require_row(actor, Verb.WRITE, thing, row)
    owner = row.client.user_id == actor.pk
    allowed = (
        {Visibility.PRIVATE, Visibility.PAIR} if owner else {Visibility.COACH, Visibility.PAIR}
    )
    if visibility not in allowed:
        raise Invalid({"visibility": _("This item cannot be opened in that way.")})
    before = Visibility(row.visibility)
    if owner and visibility == Visibility.PRIVATE:
        for shared in queries.shares_of(actor=actor, row=row):
            unshare(actor=actor, share=shared, at=at)
    if before == visibility:
        return row
    _reclass(row, Visibility(visibility))
    wider = WIDTH.index(Visibility(visibility)) > (WIDTH.index(before) if before in WIDTH else 9)
    ShareEvent.objects.create(
        client=row.client,
        kind=ShareEvent.Kind.WIDENED if wider else ShareEvent.Kind.NARROWED,
        thing=thing,
        item=row.pk,
        title=row.named()[:200],
        detail=f"{before.value}>{visibility}",
        created_by=actor,
        created_at=at,
    )
    verb = "item.widened" if wider else "item.narrowed"
    audit(actor=actor, verb=verb, stream=row.client_id, thing=thing, item=row.pk, at=at)
    return row


def close_shares(*, actor: User, client: Client, reader: User, at: datetime) -> None:
    """After a relationship has ended: revoke what no other one of the same person still opens."""
    held = access.relations(reader, client)
    opened = Share.objects.filter(client=client, reader=reader, revoked_at__isnull=True)
    for shared in opened.select_related("client", "reader"):
        if any(access.shareable(Thing(shared.thing), relation) for relation in held):
            continue
        shared.revoked_at, shared.frozen = at, None
        shared.save(update_fields=["revoked_at", "frozen"])
        _log(shared, ShareEvent.Kind.REVOKED, actor, at)
        _leave_the_circle(client, shared)


def _frozen(thing: Thing, held: set[Relation], row: ClientRow) -> list[list[str]] | None:
    """The text as it stands now, for a reader whose every relation gets no more than that."""
    live = {"s", "r", "own"}
    if any(live & set(access.codes(thing, relation)) for relation in held):
        return None
    released = getattr(row, "released_text", "")
    if released:
        return [[_("Released text"), released]]
    return [[_("Title"), row.named()]] if thing == Thing.GOALS else [list(one) for one in said(row)]


def _log(share: Share, kind: str, actor: User, at: datetime) -> None:
    ShareEvent.objects.create(
        client=share.client,
        kind=kind,
        share=share,
        thing=share.thing,
        item=share.item,
        title=share.title,
        reader_id=share.reader_id,
        created_by=actor,
        created_at=at,
    )


def _reclass(row: ClientRow, visibility: Visibility) -> None:
    """Only the class changes, which the database allows for rows that are written once, too."""
    type(row)._base_manager.filter(client=row.client_id, pk=row.pk).update(visibility=visibility)
    row.visibility = visibility


def _leave_the_circle(client: Client, share: Share) -> None:
    """With its last share gone, an item of the circle is the client's alone again."""
    others = Share.objects.filter(client=client, item=share.item, revoked_at__isnull=True)
    if client.user is None or others.exists():
        return
    try:
        row = queries.row(actor=client.user, thing=share.thing, item=share.item)
    except access.NotVisible:
        return  # the item itself is gone
    if row.visibility == Visibility.CIRCLE:
        _reclass(row, Visibility.PRIVATE)


def _tell(share: Share, kind: str, at: datetime, **links: str) -> None:
    letters.write(
        kind,
        key=f"share:{share.pk}:{kind}",
        at=at,
        reader=share.reader,
        about=share.client_id,
        fields={
            "name": share.reader.get_short_name(),
            "client_name": share.client.name,
            "item": said_as(Thing(share.thing)),
        },
        links=links,
    )


def said_as(thing: Thing) -> str:
    """How a mail names an item without quoting it."""
    words = {
        Thing.GOALS: _("a goal"),
        Thing.PLAN: _("a part of the plan"),
        Thing.ASSESSMENT: _("a part of the assessment"),
        Thing.ATTEMPTS: _("some practice"),
        Thing.JOURNAL: _("a note"),
    }
    return words.get(thing, _("an item"))
