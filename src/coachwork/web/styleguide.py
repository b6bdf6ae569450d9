"""The page that shows every piece of the design system in every state."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

NAVIGATION = (
    ("Home", "home"),
    ("Assess", "assess"),
    ("Gaps", "gaps"),
    ("Plan", "plan"),
    ("Practice", "practice"),
    ("Evidence", "evidence"),
    ("Record", "record"),
)


class Sample(forms.Form):
    title = forms.CharField(label="Goal", max_length=120, help_text="In your own words.")
    why = forms.CharField(
        label="Why it matters", required=False, max_length=2000, widget=forms.Textarea
    )
    kind = forms.ChoiceField(
        label="Kind", choices=[("a", "Learn to do something"), ("b", "Get something done")]
    )


def styleguide(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "styleguide.html",
        {
            "navigation": [
                {"label": a, "icon": b, "url": f"#{b}", "current": b == "assess"}
                for a, b in NAVIGATION
            ],
            "role": {"label": "Client"},
            "theme": request.GET.get("theme", ""),
            "direction": request.GET.get("dir", "ltr"),
            "form": Sample(request.POST or None),
            "user": {
                "is_authenticated": True,
                "pk": 1,
                "name": "Amira Haddad",
                "email": "amira@example.org",
            },
        },
    )
