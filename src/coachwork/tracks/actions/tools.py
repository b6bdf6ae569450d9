"""A conversation with oneself: answer, go back, and end with an if-then or with "not now"."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from coachwork.kit.content.track_values import ENDINGS, IF_THEN, NOT_NOW, Tool, ToolQuestion
from coachwork.kit.errors import Invalid, Refused
from coachwork.people import access
from coachwork.people.access import Thing, Verb
from coachwork.people.models import Client, User, Visibility
from coachwork.tracks.models import ToolRun, shelf

LONGEST = 2_000
SCALE = range(0, 11)


@transaction.atomic
def begin_tool(*, actor: User, client: Client, code: str, at: datetime) -> ToolRun:
    """Begin, or go on with the one that is open: it stands at the same question."""
    access.require(actor, Verb.WRITE, Thing.PLAN, client)
    tool = shelf.tool(code)
    if tool is None:
        raise Invalid({"code": _("There is no such tool.")})
    Client.objects.select_for_update().get(pk=client.pk)
    there = ToolRun.objects.filter(client=client, tool=code, ending="").order_by("-id").first()
    if there is not None:
        return there
    return ToolRun.objects.create(
        client=client, visibility=Visibility.PRIVATE, created_by=actor, created_at=at,
        updated_at=at, tool=code, here=tool.questions[0].code,
    )  # fmt: skip


@transaction.atomic
def answer(*, actor: User, run: ToolRun, question: str, said: str, at: datetime) -> ToolRun:
    """Answer the open question and go where the answer leads. An old form changes nothing."""
    access.require_row(actor, Verb.WRITE, Thing.PLAN, run)
    run = ToolRun.objects.select_for_update().get(client=run.client, pk=run.pk)
    tool = shelf.tool(run.tool)
    asked = tool.question(run.here) if tool else None
    if tool is None or asked is None or run.ending:
        raise Refused(_("This conversation has no open question."))
    if question != run.here:
        return run
    words, goes_to = _taken(asked, said, tool)
    run.answers = [*run.answers, [asked.code, asked.text, words]]
    run.here, run.updated_at = goes_to, at
    if goes_to == NOT_NOW:
        run.ending = ToolRun.Ending.NOT_NOW
    run.save(update_fields=["answers", "here", "ending", "updated_at"])
    return run


def _taken(asked: ToolQuestion, said: str, tool: Tool) -> tuple[str, str]:
    """The answer in words, and the question it leads to."""
    words = said.strip()
    if "\x00" in words or len(words) > LONGEST:
        raise Invalid({"said": _("This is longer than %(most)d characters.") % {"most": LONGEST}})
    if asked.kind == "choice":
        if not words.isascii() or not words.isdigit() or int(words) >= len(asked.options):
            raise Invalid({"said": _("Please choose one of the answers.")})
        way = asked.options[int(words)]
        return way.text, way.next
    if asked.kind == "scale" and words not in {str(n) for n in SCALE}:
        raise Invalid({"said": _("Please choose a number from 0 to 10.")})
    if not words:
        raise Invalid({"said": _("A few words are enough.")})
    below = tool.questions[tool.questions.index(asked) + 1 :]
    return words, asked.next or (below[0].code if below else IF_THEN)


@transaction.atomic
def step_back(*, actor: User, run: ToolRun, at: datetime) -> ToolRun:
    """Back to the question before; its answer can be given anew."""
    access.require_row(actor, Verb.WRITE, Thing.PLAN, run)
    if run.answers and not run.ending:
        *before, [code, _text, _said] = run.answers
        run.answers, run.here, run.updated_at = before, code, at
        run.save(update_fields=["answers", "here", "updated_at"])
    return run


@transaction.atomic
def end_tool(
    *,
    actor: User,
    run: ToolRun,
    ending: str,
    at: datetime,
    if_text: str = "",
    then_text: str = "",
) -> ToolRun:
    """End with an if-then, or with an explicit "not now"."""
    access.require_row(actor, Verb.WRITE, Thing.PLAN, run)
    if ending not in ENDINGS:
        raise Invalid({"ending": _("Please choose how it ends.")})
    if run.ending:
        return run
    if ending == IF_THEN:
        if run.here != IF_THEN:
            raise Refused(_("There is a question open before that."))
        _check_if_then(if_text, then_text)
        run.if_text, run.then_text = if_text.strip(), then_text.strip()
    run.ending, run.here, run.updated_at = ending, ending, at
    run.save(update_fields=["ending", "here", "if_text", "then_text", "updated_at"])
    return run


def _check_if_then(if_text: str, then_text: str) -> None:
    problems: dict[str, str] = {}
    for name, text, most in (("if_text", if_text, 200), ("then_text", then_text, 300)):
        if not text.strip():
            problems[name] = _("Please finish this half of the sentence.")
        elif len(text) > most or "\x00" in text:
            problems[name] = _("This is longer than %(most)d characters.") % {"most": most}
    if problems:
        raise Invalid(problems)
