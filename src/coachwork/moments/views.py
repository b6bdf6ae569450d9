"""Home, the week's moments, and the link of one tap in a mail."""

from datetime import date, timedelta
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from coachwork.evidence.models import Chance
from coachwork.kit import rowlock, signed, weeks
from coachwork.kit.errors import Invalid
from coachwork.moments import actions, queries
from coachwork.moments.forms import AttachForm, MomentsForm, SmallerForm
from coachwork.moments.models import SMALLER, TAP, TAP_DAYS, MomentPlan, standing
from coachwork.notifications import queries as notifications
from coachwork.people import queries as people
from coachwork.people.access import Request
from coachwork.people.models import User
from coachwork.plans import queries as plans
from coachwork.plans.forms.plan import LogForm
from coachwork.plans.models import IfThen, blueprints
from coachwork.plans.views import practised
from coachwork.practice.models import moment_of

HELPED = 12


@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """A visitor is told what this is; a person finds today; a helper the people they help."""
    user = request.user
    if not isinstance(user, User):
        return render(request, "moments/landing.html")
    client = getattr(user, "client", None)
    if client is None:
        helped = people.helping(actor=user, limit=HELPED)
        return render(request, "moments/helper.html", {"helped": helped})
    found = queries.today(actor=user, client=client, at=now())
    context = {
        "today": found,
        "client": client,
        "day": localdate(),
        "logged": practised.logged(cast(Request, request)),
    }
    return render(request, "moments/home.html", context)


def week(request: Request) -> HttpResponse:
    """Choose up to three of the moments that most weeks have."""
    client = people.record(actor=request.user)
    view = queries.week_view(actor=request.user, client=client, week_on=_week_on(request))
    form = MomentsForm(request.POST or None, view=view, initial={"moments": list(view.planned)})
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["moments"]
        if chosen and view.offers:
            return _attach(request, view, chosen)
        actions.plan_week(
            actor=request.user, client=client, week_on=view.week_on, choices=[], at=now()
        )
        messages.success(request, _("Kept. A free week is a plan too."))
        return redirect("home")
    context = {"form": form, "view": view, "most": actions.MOST_A_WEEK}
    status = 422 if request.method == "POST" else 200
    return render(request, "moments/week.html", context, status=status)


def _attach(request: Request, view: queries.WeekView, chosen: list[str]) -> HttpResponse:
    """The second page: what to do in each of them; what fits is chosen already."""
    moments = [one for code in chosen if (one := blueprints.moment(code))]
    form = AttachForm(view=view, moments=moments)
    return render(request, "moments/attach.html", _attach_context(view, form, chosen))


def _attach_context(view: queries.WeekView, form: AttachForm, chosen: list[str]) -> dict[str, Any]:
    pairs = [(form[f"offer_{one}"], form[f"prep_{one}"]) for one in chosen]
    return {"view": view, "form": form, "pairs": pairs, "chosen": chosen}


@require_POST
def attach(request: Request) -> HttpResponse:
    """Keep what was chosen for each moment."""
    client = people.record(actor=request.user)
    view = queries.week_view(actor=request.user, client=client, week_on=_week_on(request))
    moments = [one for code in request.POST.getlist("moments") if (one := blueprints.moment(code))]
    form = AttachForm(request.POST, view=view, moments=moments)
    if form.is_valid():
        try:
            actions.plan_week(
                actor=request.user,
                client=client,
                week_on=view.week_on,
                choices=form.choices(),
                at=now(),
            )
        except Invalid as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your week is planned. The rest of it is free."))
            return redirect("home")
    context = _attach_context(view, form, [one.code for one in moments])
    return render(request, "moments/attach.html", context, status=422)


def _week_on(request: Request) -> date:
    """This week, or the one that the form names."""
    try:
        return date.fromisoformat(request.POST.get("week_on", ""))
    except ValueError:
        return localdate()


@require_POST
def log(request: Request, moment_plan_id: UUID) -> HttpResponse:
    """One tap after a moment that was chosen for the week."""
    plan: MomentPlan = queries.moment_plan(actor=request.user, plan_id=moment_plan_id)
    form = LogForm(request.POST)
    if not form.is_valid():
        raise Invalid({name: str(errors[0]) for name, errors in form.errors.items()})
    said = form.cleaned_data
    on = said["occasion_on"] or localdate()
    made = actions.log_moment(
        actor=request.user,
        plan=plan,
        chance=said["chance"],
        occasion_on=on,
        moment=said["moment"] or moment_of(on),
        context=said["context"] or "work",
        line=said["line"],
        at=now(),
    )
    messages.success(request, _("Logged: %(answer)s.") % {"answer": made.get_chance_display()})
    return redirect(f"/?logged={made.pk}#logged")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tap(request: HttpRequest, token: str) -> HttpResponse:
    """A link in a mail asks what came of an if-then. Looking records nothing: only a press does."""
    try:
        actor, if_then, on, _stood = _asked(token)
    except (signed.NotALink, ValueError, User.DoesNotExist, IfThen.DoesNotExist):
        return render(request, "moments/tap_over.html", status=410)
    with translation.override(actor.language), timezone.override(_zone(actor)):
        page: dict[str, Any] = {"if_then": if_then, "on": on, "token": token}
        page["answers"] = Chance.choices
        chance = request.POST.get("chance", "")
        if request.method == "POST" and chance in Chance.values:
            try:
                done = actions.tap(actor=actor, if_then=if_then, on=on, chance=chance, at=now())
            except actions.Ended:
                return render(request, "moments/tap_over.html", status=410)
            page["done"] = done
        return render(request, "moments/tap.html", page)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, act: str, token: str) -> HttpResponse:
    """A link in a mail that makes an if-then smaller, moves it or drops it. Only a press does."""
    try:
        actor, if_then, _on, stood = _asked(token, f"if-then.{act}")
    except (signed.NotALink, ValueError, User.DoesNotExist, IfThen.DoesNotExist):
        return render(request, "moments/tap_over.html", status=410)
    with translation.override(actor.language), timezone.override(_zone(actor)):
        if standing(if_then) != stood:
            return render(request, "moments/tap_over.html", status=410)
        form = SmallerForm(request.POST or None, if_then=if_then) if act == SMALLER else None
        page: dict[str, Any] = {"if_then": if_then, "act": act, "form": form, "next": _next_week()}
        if request.method == "POST" and (form is None or form.is_valid()):
            smaller = form.cleaned_data["then_text"] if form else ""
            try:
                page["done"] = actions.change(
                    actor=actor, if_then=if_then, act=act, stood=stood, smaller=smaller, at=now()
                )
            except actions.Ended:
                return render(request, "moments/tap_over.html", status=410)
        status = 422 if form and form.errors else 200
        return render(request, "moments/change.html", page, status=status)


def _next_week() -> date:
    return weeks.monday(localdate()) + timedelta(days=7)


def _asked(token: str, purpose: str = TAP) -> tuple[User, IfThen, date, str]:
    """Whom the link is for, what it asks about, which day, and how that stood then."""
    user_id, client_id, if_then_id, day, *stood = signed.read(purpose, token, days=TAP_DAYS)
    actor = User.objects.get(pk=user_id, is_active=True)
    rowlock.admit(UUID(client_id))
    if_then = plans.if_then(actor=actor, if_then_id=UUID(if_then_id))
    return actor, if_then, date.fromisoformat(day), "".join(stood)


def _zone(actor: User) -> Any:
    return notifications.zone(actor)
