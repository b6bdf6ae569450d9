"""Conversations with oneself: begin, answer, go back, end."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coachwork.kit.content.track_values import IF_THEN, NOT_NOW
from coachwork.kit.errors import Invalid
from coachwork.people import queries as people
from coachwork.people.access import Request
from coachwork.tracks import actions, queries
from coachwork.tracks.forms import AnswerForm, EndForm
from coachwork.tracks.models import ToolRun, shelf


def tools(request: Request) -> HttpResponse:
    """The tools, and the conversations under way."""
    client = people.record(actor=request.user)
    names = {one.code: one.title for one in shelf.tools()}
    rows = queries.runs(actor=request.user, client=client)
    context = {
        "tools": shelf.tools(),
        "runs": [(names.get(one.tool, one.named()), one) for one in rows],
    }
    return render(request, "tracks/tools.html", context)


def begin(request: Request, tool: str) -> HttpResponse:
    """What a tool is for; beginning it, or going on at the question where one was."""
    found = shelf.tool(tool)
    if found is None:
        raise Http404(_("There is no such tool."))
    client = people.record(actor=request.user)
    if request.method == "POST":
        made = actions.begin_tool(actor=request.user, client=client, code=tool, at=now())
        return redirect("tracks:run", made.pk)
    return render(request, "tracks/tool.html", {"tool": found})


def run(request: Request, tool_run_id: UUID) -> HttpResponse:
    """The question that is open; when all are answered, how it ends."""
    found = queries.tool_run(actor=request.user, tool_run_id=tool_run_id)
    tool = shelf.tool(found.tool)
    asked = tool.question(found.here) if tool and not found.ending else None
    form = AnswerForm(request.POST or None, asked=asked) if asked else None
    if request.method == "POST" and form and form.is_valid():
        try:
            actions.answer(actor=request.user, run=found, at=now(), **form.cleaned_data)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            return redirect("tracks:run", found.pk)
    elif request.method == "POST" and form is None:
        return redirect("tracks:run", found.pk)
    return _page(request, found, form, EndForm())


def _page(
    request: Request, found: ToolRun, form: AnswerForm | None, ending: EndForm
) -> HttpResponse:
    tool = shelf.tool(found.tool)
    context = {
        "run": found,
        "tool": tool,
        "form": form,
        "end_form": ending if found.here == IF_THEN and not found.ending else None,
        "said": [one for one in found.answers if isinstance(one, list) and len(one) == 3],
        "mine": found.client.user_id == request.user.pk,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "tracks/run.html", context, status=status)


@require_POST
def back(request: Request, tool_run_id: UUID) -> HttpResponse:
    """One question back."""
    found = queries.tool_run(actor=request.user, tool_run_id=tool_run_id)
    actions.step_back(actor=request.user, run=found, at=now())
    return redirect("tracks:run", found.pk)


@require_POST
def end(request: Request, tool_run_id: UUID) -> HttpResponse:
    """With an if-then, or with "not now"."""
    found = queries.tool_run(actor=request.user, tool_run_id=tool_run_id)
    form = EndForm(request.POST)
    ending = NOT_NOW if request.POST.get("go") == NOT_NOW else IF_THEN
    words = form.cleaned_data if form.is_valid() and ending == IF_THEN else {}
    try:
        actions.end_tool(actor=request.user, run=found, ending=ending, at=now(), **words)
    except Invalid as refusal:
        form.refuse(refusal)
        return _page(request, found, None, form)
    return redirect("tracks:run", found.pk)
