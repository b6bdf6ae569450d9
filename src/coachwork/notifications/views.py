"""Pages about messages: what to receive, the links in a mail, and the outbox of the demo."""

from datetime import timedelta
from uuid import UUID

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coachwork.notifications import actions, queries
from coachwork.notifications.actions import queueing
from coachwork.notifications.forms import PAUSES, PauseForm, PreferenceForm
from coachwork.people.access import Request


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: Request) -> HttpResponse:
    """What to receive, and when."""
    choices = queries.preference(actor=request.user)
    form = PreferenceForm(request.POST or None, instance=choices, reader=request.user)
    if request.method == "POST" and form.is_valid():
        actions.choose(actor=request.user, at=timezone.now(), choices=form.cleaned_data)
        messages.success(request, _("Saved. This is how we will write to you."))
        return redirect("notifications:preferences")
    return render(
        request,
        "notifications/preferences.html",
        {
            "form": form,
            "choices": choices,
            "is_paused": queries.is_paused(actor=request.user, at=timezone.now(), choices=choices),
            "pauses": PAUSES,
            "recent": queries.recent(actor=request.user),
        },
        status=422 if form.errors else 200,
    )


@require_POST
def pause(request: Request) -> HttpResponse:
    """Pause everything, or end the pause."""
    now = timezone.now()
    if "resume" in request.POST:
        actions.resume(actor=request.user, at=now)
        messages.success(request, _("The pause has ended. Welcome back."))
        return redirect("notifications:preferences")
    form = PauseForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose how long the pause should be."))
        return redirect("notifications:preferences")
    until = timezone.localdate(now) + timedelta(days=form.cleaned_data["days"])
    actions.pause(actor=request.user, until=until, at=now)
    messages.success(request, _("Paused. Your plan waits for you as it is."))
    return redirect("notifications:preferences")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def action(request: HttpRequest, token: str) -> HttpResponse:
    """A link in a mail, without a sign-in. Looking changes nothing: only the button does."""
    reader, act = queries.reader(purpose="message", token=token, acts=queueing.ACTS)
    form, now = PauseForm(request.POST or None), timezone.now()
    with translation.override(reader.language), timezone.override(queries.zone(reader)):
        page = {"act": act, "pauses": PAUSES, "done": False, "token": token}
        if request.method == "POST" and act == queueing.RESUME:
            actions.resume(actor=reader, at=now)
            page["done"] = True
        elif request.method == "POST" and form.is_valid():
            until = timezone.localdate(now) + timedelta(days=form.cleaned_data["days"])
            actions.pause(actor=reader, until=until, at=now, confirm=True)
            page |= {"done": True, "until": until}
        return render(request, "notifications/action.html", page)


@csrf_exempt  # the signed token is the authority, and a mail program has no cookie (RFC 8058)
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """End one sort of reminder. A GET only asks: link scanners follow every link of a mail."""
    reader, choice = queries.reader(purpose=queueing.UNSUBSCRIBE, token=token, acts=queries.CHOICES)
    done = request.method == "POST"
    if done:
        actions.unsubscribe(actor=reader, choice=choice, at=timezone.now())
    with translation.override(reader.language):
        page = {"choice": choice, "done": done}
        return render(request, "notifications/unsubscribe.html", page)


@login_not_required
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """The mails of the demo: a newcomer sees what people would get."""
    return render(request, "notifications/outbox.html", {"mails": queries.outbox()})


@login_not_required
@require_safe
def outbox_message(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """One mail, as text and as HTML."""
    mail = queries.outbox_message(message_id=message_id)
    return render(request, "notifications/outbox_message.html", {"mail": mail})


@login_not_required
@require_safe
@xframe_options_sameorigin
@csp(  # type: ignore[arg-type]
    {
        "default-src": [NONE],
        "style-src": [UNSAFE_INLINE],  # a mail carries its styles in itself
        "frame-ancestors": [SELF],
        "sandbox": ["allow-top-navigation-by-user-activation"],
    }
)
def outbox_html(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """The HTML of one mail, alone in its frame: nothing in it can run, load or reach the page."""
    mail = queries.outbox_message(message_id=message_id)
    if not mail.html:
        raise Http404
    return HttpResponse(mail.html.replace("<head>", '<head><base target="_top">', 1))
