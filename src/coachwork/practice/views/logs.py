"""Pages of practice: the list of logs, one more log, and taking one back."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coachwork.evidence import queries as evidence
from coachwork.frameworks.models import Competency
from coachwork.kit.errors import Invalid
from coachwork.kit.ids import new_id
from coachwork.people import queries as people
from coachwork.people.access import Request, Thing
from coachwork.people.models import Client
from coachwork.practice import actions, queries
from coachwork.practice.forms import LogForm


def logs(request: Request, client_id: UUID | None = None) -> HttpResponse:
    """What was practised, newest first; the same page for somebody it is shared with."""
    client = people.record(actor=request.user, client_id=client_id, thing=Thing.PLAN)
    mine = client.user_id == request.user.pk
    after, competency_id = _uuid(request, "after"), _uuid(request, "competency")
    rows = queries.logs(
        actor=request.user,
        client=client,
        competency_id=competency_id,
        after=after,
        limit=queries.PAGE + 1,
    )
    shown = rows[: queries.PAGE]
    older = {"after": shown[-1].pk} if len(rows) > queries.PAGE else {}
    if older and competency_id:
        older["competency"] = competency_id
    ready = queries.ready_to_look_again(actor=request.user, client=client) if mine else []
    context = {
        "client": client,
        "mine": mine,
        "logs": shown,
        "logged": _uuid(request, "logged"),
        "ready": ready,
        "newer_url": request.path if after else "",
        "older_url": f"?{urlencode(older)}" if older else "",
    }
    return render(request, "practice/logs.html", context)


def log(request: Request) -> HttpResponse:
    """Log a chance that belongs to no if-then: any competency one works on."""
    client = people.record(actor=request.user)
    known = _competencies(request, client)
    first = {
        "competency": request.GET.get("competency", ""),
        "occasion_on": localdate(),
        "context": "work",
        "visibility": people.starting_class(actor=request.user, client=client),
        "entry": new_id(),
    }
    form = LogForm(request.POST or None, competencies=known, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.log(actor=request.user, client=client, at=now(), **form.words())
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Logged. It is in your evidence now."))
            return redirect(f"{reverse('practice:logs')}?logged={made.pk}")
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "nothing_known": not known}
    return render(request, "practice/log.html", context, status=status)


def _competencies(request: Request, client: Client) -> list[Competency]:
    """What the client works on: the focus first, then the rest of the aim, then what was logged."""
    aim = evidence.aim(actor=request.user, client=client)
    focus = evidence.focus(actor=request.user, client=client) if aim else []
    rest = [row.competency for row in aim.targets.all()] if aim else []
    logged = queries.competencies(actor=request.user, client=client)
    return list({one.pk: one for one in (*focus, *rest, *logged)}.values())


@require_POST
def undo(request: Request, practice_log_id: UUID) -> HttpResponse:
    """Take a log back."""
    made = queries.log(actor=request.user, log_id=practice_log_id)
    actions.undo(actor=request.user, log=made, at=now())
    messages.success(request, _("Taken back. It counts no more."))
    return redirect("practice:logs")


def _uuid(request: Request, name: str) -> UUID | None:
    try:
        return UUID(request.GET.get(name, ""))
    except ValueError:
        return None
