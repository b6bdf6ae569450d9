"""Pages of the journal: write one, read it, write it anew, keep a line of it, delete it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from coachwork.kit import content
from coachwork.kit.errors import Invalid
from coachwork.people import queries as people
from coachwork.people.access import Request
from coachwork.reflection import actions, queries
from coachwork.reflection.forms import LineForm, PageForm
from coachwork.reflection.models import Entry
from coachwork.reflection.queries import Written

# Which questions a kind of page asks, where it asks any; a free page may choose another set.
SETS = {
    Entry.Kind.AFTER_EVENT: "after-event",
    Entry.Kind.WEEKLY: "weekly",
    Entry.Kind.MONTHLY: "monthly",
}


@never_cache
def write(request: Request, kind: str) -> HttpResponse:
    """A new page of this kind; a free one may take the questions of any set."""
    if kind not in Entry.Kind.values:
        raise Http404
    client = people.record(actor=request.user)
    chosen = SETS.get(Entry.Kind(kind), request.GET.get("set", ""))
    prompts = _set(chosen)
    first = {"written_on": localdate()}
    form = PageForm(
        request.POST or None, kind=kind, prompts=prompts.prompts if prompts else (), initial=first
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.keep_entry(
                actor=request.user,
                client=client,
                kind=kind,
                prompt_set=prompts.code if prompts else "",
                words=form.words(),
                written_on=form.cleaned_data["written_on"],
                returns_on=form.cleaned_data.get("returns_on"),
                at=now(),
            )
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Kept. Nobody but you can read it."))
            return redirect("reflection:entry", made.pk)
    return _page(request, form, kind, prompts)


@never_cache
def entry(request: Request, entry_id: UUID) -> HttpResponse:
    """One page, as its writer reads it."""
    page = queries.entry(actor=request.user, entry_id=entry_id)
    lacks = page.words is not None and not page.words.get("lesson")
    asks = page.row.kind == Entry.Kind.AFTER_EVENT and lacks
    context = {
        "page": page,
        "closed": page.is_closed(localdate()),
        "hidden": page.waits_for_outcome,
        "due": bool(page.row.returns_on and page.row.returns_on <= localdate()),
        "lesson_form": LineForm() if asks else None,
        "extracts": queries.extracts_of(actor=request.user, entry=page.row),
    }
    return render(request, "reflection/entry.html", context)


@never_cache
def rewrite(request: Request, entry_id: UUID) -> HttpResponse:
    """Write a page anew. What another device has saved meanwhile is shown beside one's own."""
    page = queries.entry(actor=request.user, entry_id=entry_id)
    _may_be_rewritten(page)
    asked = [prompt for prompt, _text in page.answers]
    prompts = _set(page.row.prompt_set)
    questions = prompts.prompts if prompts else ()
    known = [*questions, *(one for one in asked if one not in questions)] if prompts else ()
    form = PageForm(
        request.POST or None,
        kind=page.row.kind,
        prompts=known,
        is_new=False,
        # What was expected is not to be seen, nor changed, before the outcome has been said.
        hides=("prediction", "sure") if page.waits_for_outcome else (),
        initial=_as_typed(page, known),
    )
    status = 422 if request.method == "POST" else 200
    theirs: Written | None = None
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        words = {**_not_asked(page, form), **form.words()}
        try:
            actions.rewrite_entry(
                actor=request.user, entry=page.row, version=version, words=words, at=now()
            )
        except actions.Elsewhere:
            theirs, status = page, 409
            # What is saved next is meant to replace what the other device saved.
            form.data = {**request.POST.dict(), "version": str(page.row.version)}
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Kept."))
            return redirect("reflection:entry", entry_id)
    context = {"form": form, "page": page, "theirs": theirs}
    return render(request, "reflection/rewrite.html", context, status=status)


@require_POST
def lesson(request: Request, entry_id: UUID) -> HttpResponse:
    """Add the one line that a page ends with, if one likes."""
    page = queries.entry(actor=request.user, entry_id=entry_id)
    _may_be_rewritten(page)
    line = request.POST.get("text", "").strip()
    if line:
        words = {**(page.words or {}), "lesson": line}
        version = page.row.version
        actions.rewrite_entry(
            actor=request.user, entry=page.row, version=version, words=words, at=now()
        )
        messages.success(request, _("Kept."))
    return redirect("reflection:entry", entry_id)


@require_POST
def keep(request: Request, entry_id: UUID) -> HttpResponse:
    """Put a page away or back, or say whether it may ever come up again."""
    page = queries.entry(actor=request.user, entry_id=entry_id)
    step = request.POST.get("step", "")
    said = {
        "away": _("Put away. It is still yours."),
        "back": _("It is in the list again."),
        "never": _("It will never be brought up again."),
        "may": _("It may come up again."),
    }.get(step)
    if said is None:
        raise Invalid({"step": _("Please choose what is to happen.")})
    if step in {"away", "back"}:
        actions.put_away(actor=request.user, entry=page.row, away=step == "away")
    else:
        actions.let_resurface(actor=request.user, entry=page.row, allowed=step == "may")
    messages.success(request, said)
    return redirect("reflection:entry", entry_id)


@never_cache
def delete(request: Request, entry_id: UUID) -> HttpResponse:
    """Ask once, then delete."""
    page = queries.entry(actor=request.user, entry_id=entry_id)
    copies = queries.extracts_of(actor=request.user, entry=page.row)
    if request.method == "POST":
        actions.delete_entry(actor=request.user, entry=page.row, at=now())
        messages.success(request, _("Deleted. Backups of the operator forget it when they expire."))
        return redirect("reflection:journal")
    return render(request, "reflection/delete.html", {"page": page, "extracts": copies})


def _page(request: Request, form: PageForm, kind: str, prompts: Any) -> HttpResponse:
    locale = get_language() or "en"
    is_free = kind == Entry.Kind.FREE
    context = {
        "form": form,
        "kind": kind,
        "title": Entry.Kind(kind).label,
        "prompts": prompts,
        "sets": content.load("prompts", locale) if is_free and not prompts else (),
        "lenses": content.load("lenses", locale),
        "draft": f"journal-{kind}-{prompts.code if prompts else ''}",
        "write_url": reverse("reflection:write", args=[kind]),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "reflection/write.html", context, status=status)


def _set(code: str) -> Any:
    found = content.load("prompts", get_language() or "en")
    return next((one for one in found if one.code == code), None)


def _may_be_rewritten(page: Written) -> None:
    """A letter that waits and a page without its key stay as they are."""
    if page.words is None or page.is_closed(localdate()):
        raise Http404


def _not_asked(page: Written, form: PageForm) -> dict[str, Any]:
    """What a page says that this form does not ask for; what it asks for may have been emptied."""
    kept = (page.words or {}).items()
    return {name: said for name, said in kept if name not in form.fields and name != "answers"}


def _as_typed(page: Written, prompts: Any) -> dict[str, Any]:
    words = page.words or {}
    answers = dict(page.answers)
    if prompts:
        said = {f"answer_{number}": answers.get(one, "") for number, one in enumerate(prompts)}
    else:
        said = {"answer_0": "\n\n".join(answers.values())}
    rest = {name: value for name, value in words.items() if name != "answers"}
    return {**said, **rest, "version": page.row.version}
