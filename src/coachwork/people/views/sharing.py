"""Who can see an item, sharing it, and the log of all shares."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from coachwork.people import actions, queries
from coachwork.people.access import NotVisible, Request, Thing
from coachwork.people.forms import ClassForm, ReaderForm, given
from coachwork.people.models import ClientRow, Share, User
from coachwork.people.views.settings import cursor


@require_GET
def shares(request: Request) -> HttpResponse:
    """The log of shares: who, what, when, and whether it was opened."""
    client = queries.record(actor=request.user)
    page = queries.shares(actor=request.user, client=client, after=cursor(request))
    return render(
        request,
        "people/shares.html",
        {"events": page.events, "after": page.after, "client": client},
    )


@require_GET
def who_can_see(request: Request, thing: str, item: UUID) -> HttpResponse:
    """The readers of one item; the disclosure on every object leads here, or loads it."""
    row = queries.row(actor=request.user, thing=thing, item=item)
    page = {
        "row": row,
        "thing": thing,
        "readers": queries.who_can_see(actor=request.user, row=row, thing=Thing(thing)),
        "owner": row.client.user_id == request.user.pk,
    }
    name = "people/readers.html" if request.headers.get("HX-Request") else "people/who.html"
    return render(request, name, page)


def share(request: Request, thing: str, item: UUID) -> HttpResponse:
    """Share one item with one person, see with whom it is shared, and choose its class."""
    row = _own_row(request, thing, item)
    readers = _choices(request, row, Thing(thing))
    form = ReaderForm(given(request), readers=readers)
    if request.method == "POST" and form.is_valid():
        reader = User.objects.get(pk=form.cleaned_data["reader"])
        actions.share(actor=request.user, thing=Thing(thing), row=row, reader=reader, at=now())
        messages.success(request, _("Shared with {name}.").format(name=reader))
        return redirect("people:share", thing=thing, item=item)
    page = _page(request, row, Thing(thing)) | {"form": form, "readers": readers}
    return render(request, "people/share.html", page, status=422 if form.errors else 200)


@require_POST
def set_class(request: Request, thing: str, item: UUID) -> HttpResponse:
    """Open the item to the pair, or keep it to oneself."""
    row = _own_row(request, thing, item)
    form = ClassForm(request.POST)
    if form.is_valid():
        wanted = form.cleaned_data["visibility"]
        actions.set_visibility(
            actor=request.user, thing=Thing(thing), row=row, visibility=wanted, at=now()
        )
        messages.success(request, _("Saved. People who have already read it cannot unread it."))
    else:
        messages.error(request, _("Please choose who can read it."))
    return redirect("people:share", thing=thing, item=item)


@require_POST
def unshare(request: Request, share_id: UUID) -> HttpResponse:
    """Take one share back."""
    client = queries.record(actor=request.user)
    share = Share.objects.filter(client=client, pk=share_id).select_related("client", "reader")
    found = share.first()
    if found is None:
        raise NotVisible("There is no such share.")
    actions.unshare(actor=request.user, share=found, at=now())
    messages.success(request, _("Taken back. People who have already read it cannot unread it."))
    return redirect("people:shares")


def _own_row(request: Request, thing: str, item: UUID) -> ClientRow:
    row = queries.row(actor=request.user, thing=thing, item=item)
    if row.client.user_id != request.user.pk:
        raise NotVisible("Only the owner shares an item.", client_id=row.client_id, thing=thing)
    return row


def _choices(request: Request, row: ClientRow, thing: Thing) -> list[tuple[str, str]]:
    bonds = queries.possible_readers(actor=request.user, client=row.client, thing=thing)
    taken = {share.reader_id for share in queries.shares_of(actor=request.user, row=row)}
    return [
        (str(bond.user_id), f"{bond.user} ({bond.get_kind_display()})")
        for bond in bonds
        if bond.user_id not in taken
    ]


def _page(request: Request, row: ClientRow, thing: Thing) -> dict[str, Any]:
    return {
        "row": row,
        "thing": thing,
        "title": row.named(),
        "shares": queries.shares_of(actor=request.user, row=row),
        "seen_by": queries.who_can_see(actor=request.user, row=row, thing=thing),
        "class_form": ClassForm(initial={"visibility": row.visibility}),
    }
