"""The first steps: setting up an installation, and opening one's own record."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from coachwork.kit.errors import Invalid
from coachwork.people import actions
from coachwork.people.access import NotVisible, Request
from coachwork.people.forms import SetUpForm, StartForm, explain, given
from coachwork.people.models import User


@login_not_required
@sensitive_post_parameters("password")
def setup(request: HttpRequest) -> HttpResponse:
    """Make the owner's account; once there is any account, this page is gone."""
    if User.objects.exists():
        raise NotVisible("This installation has been set up.")
    form = SetUpForm(given(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_up(at=now(), **form.cleaned_data)
        except Invalid as problem:
            explain(form, problem)
        else:
            messages.success(request, _("Your account is ready. Please sign in."))
            return redirect("account_login")
    status = 422 if form.errors else 200
    return render(request, "people/setup.html", {"form": form}, status=status)


def start(request: Request) -> HttpResponse:
    """Say what one is called and in which situation; then the record is open."""
    if getattr(request.user, "client", None) is not None:
        return redirect("home")
    form = StartForm(given(request), initial={"name": request.user.name})
    if request.method == "POST" and form.is_valid():
        actions.open_record(actor=request.user, at=now(), **form.cleaned_data)
        messages.success(request, _("Your record is open. It is yours alone until you share."))
        return redirect("home")
    status = 422 if form.errors else 200
    return render(request, "people/start.html", {"form": form}, status=status)
