"""Lines that leave the journal."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from coachwork.kit.errors import Invalid
from coachwork.people import queries as people
from coachwork.people.access import NotVisible, Request, Thing
from coachwork.reflection import actions, queries
from coachwork.reflection.forms import LinesForm
from coachwork.reflection.models import Entry


@never_cache
def lines(request: Request, entry_id: UUID) -> HttpResponse:
    """Choose lines of a page, and who may read them."""
    page = queries.entry(actor=request.user, entry_id=entry_id)
    if page.is_closed(localdate()):
        raise NotVisible("A letter is closed until its day.")
    client = page.row.client
    bonds = people.possible_readers(actor=request.user, client=client, thing=Thing.JOURNAL)
    readers = {
        str(bond.user_id): (f"{bond.user} ({bond.get_kind_display()})", bond.user)
        for bond in bonds
        if bond.user
    }
    there = queries.lines(actor=request.user, entry=page.row)
    names = [(key, name) for key, (name, _user) in readers.items()]
    form = LinesForm(request.POST or None, lines=there, readers=names)
    if request.method == "POST" and form.is_valid():
        try:
            actions.copy_lines(
                actor=request.user,
                entry=page.row,
                chosen=form.cleaned_data["lines"],
                readers=[readers[key][1] for key in form.cleaned_data["readers"]],
                at=now(),
            )
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("These lines are shared. Everything else stays yours."))
            return redirect("reflection:entry", entry_id)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "page": page, "readers": names, "there": there}
    return render(request, "reflection/lines.html", context, status=status)


@require_POST
def delete_extract(request: Request, extract_id: UUID) -> HttpResponse:
    """Take a copy back from everybody, and delete it."""
    copy = queries.extract(actor=request.user, extract_id=extract_id)
    page = copy.entry
    actions.delete_extract(actor=request.user, extract=copy, at=now())
    messages.success(request, _("Taken back. People who have already read it cannot unread it."))
    try:
        there = queries.entry(actor=request.user, entry_id=page) if page else None
    except Entry.DoesNotExist:
        there = None
    return redirect("reflection:entry", page) if there else redirect("reflection:journal")
