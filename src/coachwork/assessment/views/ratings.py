"""The form of somebody who answers about another person: a personal link, and no account.

Who checks mail by program only ever sees the first page. Its button keeps the link in the session
of this browser, apart for each person that somebody answers about.
"""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from coachwork.assessment import actions, queries
from coachwork.assessment.forms.ratings import RaterScreenForm, ScenesForm, WordsForm, anchors
from coachwork.assessment.models import FeedbackRound, RaterReply
from coachwork.assessment.queries import ratings
from coachwork.assessment.views.links import KEPT, actor_of, known, opened
from coachwork.kit import content
from coachwork.kit.errors import Invalid, Refused
from coachwork.people.access import NotVisible

State = RaterReply.State


@login_not_required
@never_cache
def rater(request: HttpRequest, token: str) -> HttpResponse:
    """Who asks, what for, how long, and exactly how an answer is shown."""
    try:
        reply = queries.reply_for(actor=actor_of(request), token=token)
        actions.check_open(actor=actor_of(request), reply=reply, at=now())
    except NotVisible:
        return _no_use(request, "", 404)
    except Refused as problem:
        return _no_use(request, str(problem), 410)
    if request.method == "POST" and request.POST.get("go") == "decline":
        actions.decline(actor=actor_of(request), token=token, at=now())
        return render(request, "assessment/rater_declined.html", {"client": reply.client})
    used = reply.state == State.SUBMITTED and str(reply.pk) not in request.session.get(KEPT, {})
    if request.method == "POST" and not used:
        reply = actions.open_reply(actor=actor_of(request), token=token, at=now())
        request.session[KEPT] = {**request.session.get(KEPT, {}), str(reply.pk): token}
        return _first_page(reply)
    context = {**known(reply), "used": used, "asked": queries.asked(asked_in=reply.round)}
    return render(request, "assessment/rater_welcome.html", context)


@login_not_required
@never_cache
def scenes(request: HttpRequest, rater_reply_id: UUID) -> HttpResponse:
    """Two scenes to find one yardstick; nothing of it is kept."""
    reply, token = opened(request, rater_reply_id)
    if request.POST.get("go") == "on":
        actions.calibrate(actor=actor_of(request), token=token, at=now())
        return redirect("assessment:rater-screen", reply.pk, queries.first_open(reply=reply))
    pair = _pair(reply)
    form = ScenesForm(request.POST or None, codes=tuple(one.code for one in pair))
    judged = request.method == "POST"
    rows = [{"scene": one, "name": one.code, "value": form[one.code].value() or ""} for one in pair]
    context = {**known(reply), "rows": rows, "judged": judged, "anchors": anchors()}
    return render(request, "assessment/rater_scenes.html", context)


@login_not_required
@never_cache
def screen(request: HttpRequest, rater_reply_id: UUID, position: int) -> HttpResponse:
    reply, token = opened(request, rater_reply_id)
    found = queries.rater_screen(reply=reply, position=position)
    form = RaterScreenForm(request.POST or None, screen=found)
    if request.method == "POST" and form.is_valid():
        actions.save_scores(actor=actor_of(request), token=token, scores=form.scores(), at=now())
        ahead = position - 1 if request.POST.get("go") == "back" else position + 1
        if ahead > found.positions:
            return redirect("assessment:rater-words", reply.pk)
        return redirect("assessment:rater-screen", reply.pk, max(1, ahead))
    stem = content.load("questionnaires")[0].stem.replace("{name}", reply.client.name)
    context = {**known(reply), "screen": found, "form": form, "anchors": anchors(), "stem": stem}
    status = 422 if request.method == "POST" else 200
    return render(request, "assessment/rater_screen.html", context, status=status)


@login_not_required
@never_cache
def words(request: HttpRequest, rater_reply_id: UUID) -> HttpResponse:
    reply, token = opened(request, rater_reply_id)
    form = WordsForm(
        request.POST or None,
        questions=content.load("open_questions"),
        options=queries.picks_of(asked_in=reply.round),
        name=reply.client.name,
        initial={**reply.comments, "picks": reply.picks},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_comments(
                actor=actor_of(request),
                token=token,
                comments=form.comments(),
                picks=form.cleaned_data["picks"],
                at=now(),
            )
        except Invalid as refusal:
            for name, sentence in refusal.fields.items():
                form.add_error(name, sentence)
        else:
            return redirect("assessment:rater-review", reply.pk)
    status = 422 if request.method == "POST" else 200
    context = {**known(reply), "form": form}
    return render(request, "assessment/rater_words.html", context, status=status)


@login_not_required
@never_cache
def review(request: HttpRequest, rater_reply_id: UUID) -> HttpResponse:
    """What was written, as it will be shown; then hand it in."""
    reply, token = opened(request, rater_reply_id)
    problem = ""
    if request.method == "POST":
        try:
            actions.hand_in(actor=actor_of(request), token=token, at=now())
            return redirect("assessment:rater-done", reply.pk)
        except Refused as refusal:
            problem = str(refusal)
    questions = [item for _code, items in reply.round.asked for item in items]
    context = {
        **known(reply),
        "problem": problem,
        "written": [
            (one.prompt.replace("{name}", reply.client.name), reply.comments[one.code])
            for one in content.load("open_questions")
            if one.code in reply.comments
        ],
        "left": sum(item not in reply.scores for item in questions),
        "is_flat": ratings.is_flat(reply),
        "screens": len(reply.round.asked),
    }
    status = 422 if problem else 200
    return render(request, "assessment/rater_review.html", context, status=status)


@login_not_required
@never_cache
def done(request: HttpRequest, rater_reply_id: UUID) -> HttpResponse:
    """A receipt that says nothing of what was answered."""
    reply, _token = opened(request, rater_reply_id)
    if reply.state != State.SUBMITTED:
        return redirect("assessment:rater-review", reply.pk)
    return render(request, "assessment/rater_done.html", known(reply))


@login_not_required
@require_POST
def take_back(request: HttpRequest, rater_reply_id: UUID) -> HttpResponse:
    """Delete everything that this rater said."""
    reply, token = opened(request, rater_reply_id)
    actions.decline(actor=actor_of(request), token=token, at=now())
    return render(request, "assessment/rater_declined.html", {"client": reply.client})


def _first_page(reply: RaterReply) -> HttpResponse:
    """Where somebody goes from the welcome: to the two questions, the scenes, or on."""
    if reply.round.mode == FeedbackRound.Mode.PULSE:
        return redirect("assessment:rater-pulse", reply.pk)
    if reply.calibrated:
        return redirect("assessment:rater-screen", reply.pk, queries.first_open(reply=reply))
    return redirect("assessment:rater-scenes", reply.pk)


def _pair(reply: RaterReply) -> list[content.values.Vignette]:
    """One pair of scenes, another one for the next rater."""
    scenes = content.load("vignettes")
    pairs = sorted({one.pair for one in scenes})
    chosen = pairs[reply.pk.int % len(pairs)]
    return [one for one in scenes if one.pair == chosen]


def _no_use(request: HttpRequest, problem: str, status: int) -> HttpResponse:
    return render(request, "assessment/rater_problem.html", {"problem": problem}, status=status)
