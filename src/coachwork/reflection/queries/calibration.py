"""How sure somebody was beside what came of it: in plain words, and a count only from 20 on."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from coachwork.people import access
from coachwork.people.access import Thing
from coachwork.people.models import Client, User
from coachwork.reflection.models import Entry
from coachwork.reflection.queries.entries import written

ENOUGH = 20  # below, words only and no chart
LEAST = 3  # below, nothing is said of one answer
MOST = 200


@dataclass(frozen=True)
class Calibration:
    """What can be said, and the numbers for a chart where there are enough."""

    reviewed: int
    sentences: list[str]
    rows: list[tuple[str, int, int]]  # answer, went well, of how many; only from 20 on

    @property
    def has_chart(self) -> bool:
        return bool(self.rows)


def calibration(*, actor: User, client: Client) -> Calibration:
    """The decisions whose outcome has been said, by how sure the client was."""
    rows = Entry.objects.filter(access.visible(actor, Thing.ENTRIES, client=client))
    rows = rows.filter(kind=Entry.Kind.DECISION, returned_at__isnull=False).order_by("-pk")[:MOST]
    well, all_of = Counter[str](), Counter[str]()
    for page in written(actor=actor, client=client, rows=rows):
        said = page.words or {}
        if said.get("sure") and said.get("went"):
            all_of[said["sure"]] += 1
            well[said["sure"]] += said["went"] == "well"
    reviewed = all_of.total()
    names = {"high": _("very sure"), "medium": _("fairly sure"), "low": _("not very sure")}
    sentence = _("When you said “%(sure)s”, it went well %(well)d of %(times)d times.")
    sentences = [
        sentence % {"sure": name, "well": well[code], "times": all_of[code]}
        for code, name in names.items()
        if all_of[code] >= LEAST
    ]
    enough = reviewed >= ENOUGH
    counts = [(name, well[code], all_of[code]) for code, name in names.items() if all_of[code]]
    return Calibration(reviewed, sentences, counts if enough else [])
