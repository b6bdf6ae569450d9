"""The page that shows every piece of the design system in every state; only while developing.

Its words are samples for developers, so they are not translated.
"""

from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from coachwork.kit import charts
from coachwork.web.appearance import THEMES

GERMAN = "Konfliktlösungskompetenz in bereichsübergreifenden Veränderungsprozessen"
ARABIC = "الإصغاء من أجل الفهم"

NAVIGATION = (
    ("Home", "home"),
    ("Assess", "compass"),
    ("Gaps", "gap"),
    ("Plan", "plan"),
    ("Practice", "practice"),
    ("Evidence", "evidence"),
    ("Record", "record"),
)

VISIBILITIES = (
    ("V0", "Only you"),
    ("V1", "You and your coach"),
    ("V2", "Only the coach"),
    ("V3", "Shared with Ben and Jo"),
    ("V4", "Released to the sponsor"),
    ("V5", "Only counts of five people or more"),
)


class Sample(forms.Form):
    """One field of each kind."""

    title = forms.CharField(
        label="Goal", max_length=120, help_text="In your own words, one sentence."
    )
    why = forms.CharField(
        label="Why it matters", required=False, max_length=2000, widget=forms.Textarea
    )
    kind = forms.ChoiceField(
        label="Kind", choices=[("learn", "Learn to do something"), ("reach", "Get something done")]
    )
    chance = forms.ChoiceField(
        label="How did it go?",
        choices=[("did", "Did it"), ("partly", "Partly"), ("not", "Not this time")],
        widget=forms.RadioSelect,
        required=False,
    )
    tell = forms.BooleanField(
        label="Let my coach see this", required=False, help_text="You can take it back at any time."
    )
    file = forms.FileField(label="A file", required=False)


@login_not_required
def styleguide(request: HttpRequest) -> HttpResponse:
    """Everything on one page; ?theme=, ?dir= and ?width= change how it is shown."""
    rtl = request.GET.get("dir") == "rtl"
    theme = request.GET.get("theme", "")
    return render(
        request,
        "styleguide.html",
        {
            **_frame(theme if theme in THEMES else "system", rtl),
            **_forms(),
            **_charts(rtl),
            **_lists(),
        },
    )


def _frame(theme: str, rtl: bool) -> dict[str, Any]:
    amira = {
        "is_authenticated": True,
        "pk": 1,
        "name": "Amira Haddad",
        "email": "amira@example.org",
    }
    return {
        "navigation": [
            {"label": label, "icon": icon, "url": f"#{icon}", "current": icon == "compass"}
            for label, icon in NAVIGATION
        ],
        "role": {
            "label": "Client",
            "options": [
                {"label": "Client", "url": "#client", "current": True},
                {"label": "Mentor of Pia", "url": "#mentor", "current": False},
            ],
        },
        "theme": theme,
        "direction": "rtl" if rtl else "ltr",
        "user": amira,
        "attributions": [
            "Occupation data in this page comes from O*NET, by the U.S. Department of Labor, "
            "under CC BY 4.0."
        ],
    }


def _forms() -> dict[str, Any]:
    broken = Sample({"title": "", "kind": "learn", "why": "Because my team needs me to listen."})
    return {
        "form": Sample(prefix="plain"),
        "broken": broken,
        "german": GERMAN,
        "arabic": ARABIC,
        "german_anchors": [
            "Unterbricht andere häufig und fasst Gehörtes auch auf Nachfrage nicht zusammen.",
            "Hört in vertrauten Gesprächssituationen zu, verliert aber unter Zeitdruck den Faden.",
            "Fasst regelmäßig zusammen und prüft das gemeinsame Verständnis, ohne Erinnerung.",
            "Bleibt auch in Auseinandersetzungen mit schwierigen Gesprächspartnern zugewandt.",
            "Hilft anderen sichtbar dabei, einander in Verhandlungssituationen zuzuhören.",
        ],
    }


def _charts(rtl: bool) -> dict[str, Any]:
    return {
        "dots": charts.interval_dots(
            _dot_rows(),
            title="Peers see more listening than you do",
            finding="Peers see listening higher than you do.",
            rtl=rtl,
        ),
        "no_dots": charts.interval_dots((), title="Views side by side", rtl=rtl),
        "gaps": charts.gap_bars(
            [
                charts.GapRow("Listening to understand", 3, 4),
                charts.GapRow("Delegating for real", 2.5, 3),
                charts.GapRow("Deciding with evidence", 3.5, 3),
                charts.GapRow(GERMAN, None, 4),
            ],
            title="Your way to First-time manager",
            rtl=rtl,
        ),
        "weeks": charts.weekly_bars(
            [
                charts.Week(f"Week {n}", count, reserve=n in (5, 9))
                for n, count in enumerate((1, 3, 2, 3, 0, 2, 4, 3, 1, 2, 3, 2), start=1)
            ],
            title="Practice, week by week",
            rtl=rtl,
        ),
        "ladder": charts.ladder(_rungs(), title="Where this goal stands", rtl=rtl),
    }


def _dot_rows() -> list[charts.DotRow]:
    mark = charts.Mark
    return [
        charts.DotRow(
            "Listening to understand",
            (
                mark("self", "You", 2.5),
                mark("manager", "Manager", 3, 2.2, 3.8),
                mark("peer", "Peers", 3.9, 3.3, 4.5),
                mark("report", "People you lead", 3.5, 2.8, 4.2),
            ),
            target=4,
        ),
        charts.DotRow(
            "Delegating for real",
            (mark("self", "You", 3), mark("peer", "Peers", 2.6, 1.9, 3.3)),
            target=3,
        ),
        charts.DotRow(GERMAN, (mark("self", "You", 4),), target=4),
    ]


def _rungs() -> list[charts.Rung]:
    return [
        charts.Rung(-2, "I give the answer before Jo has finished."),
        charts.Rung(-1, "I wait in one meeting of three.", current=True),
        charts.Rung(0, "In most one-to-ones I ask “what else?” before I answer."),
        charts.Rung(1, "Jo brings her own answer first."),
        charts.Rung(2, ""),
    ]


def _lists() -> dict[str, Any]:
    morning = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
    return {
        "visibilities": VISIBILITIES,
        "readers": ["Ben Okafor", "Jo Lindqvist"],
        "day": date(2026, 11, 17),
        "facts": [
            ("Role you aim for", "First-time manager"),
            ("Last rated", "17 November 2026"),
            ("Zuständigkeitsbereich", GERMAN),
        ],
        "tabs": [
            {"label": "This week", "url": "#tabs", "current": True, "count": 3},
            {"label": "Next", "url": "#tabs", "count": 4},
            {"label": "Later", "url": "#tabs", "count": 12},
        ],
        "results": [
            {"title": "Project manager", "url": "#search", "note": "also: programme lead"},
            {"title": "Rechtsanwaltsfachangestellte", "url": "#search", "note": GERMAN},
        ],
        "entries": [
            {"at": morning, "title": "Peers: listening, 4", "icon": "evidence", "url": "#log"},
            {
                "at": morning,
                "title": "Practised: two breaths before answering",
                "text": "Waited once, then solved it.",
                "icon": "practice",
            },
            {"at": morning, "title": "Goal agreed", "icon": "goal"},
        ],
    }
