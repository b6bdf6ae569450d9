"""What a relation opens and what it never opens, in plain words, read from the permission table.

The consent page says nothing that the table does not do: change a cell, and the words change.
"""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coachwork.people import access
from coachwork.people.access import Thing
from coachwork.people.models import Relation

# In the order in which people ask about them.
WORDS = {
    Thing.ASSESSMENT: gettext_lazy("self-assessments, agreed levels and gaps"),
    Thing.REPORT: gettext_lazy("reports of what others said about you"),
    Thing.GOALS: gettext_lazy("goals"),
    Thing.PLAN: gettext_lazy("the plan, if-thens and moments"),
    Thing.ATTEMPTS: gettext_lazy("practice"),
    Thing.FEEDBACK: gettext_lazy("feedback notes"),
    Thing.PROJECTS: gettext_lazy("projects"),
    Thing.LEARNING: gettext_lazy("learning items"),
    Thing.CHECK_INS: gettext_lazy("check-ins"),
    Thing.SESSION: gettext_lazy("session summaries"),
    Thing.ENGAGEMENT: gettext_lazy("that the coaching takes place, and the number of sessions"),
    Thing.EVENTS: gettext_lazy("the latest steps with these"),
    Thing.MOODS: gettext_lazy("moods and trigger maps"),
    Thing.JOURNAL: gettext_lazy("journal and insights"),
    Thing.CONTACTS: gettext_lazy("your contacts"),
}


@dataclass(frozen=True)
class Promises:
    """What somebody who is this to a client reads, item by item or at once, suggests, or never."""

    reads: list[str] = field(default_factory=list)
    released: list[str] = field(default_factory=list)
    shared: list[str] = field(default_factory=list)
    frozen: list[str] = field(default_factory=list)
    writes: list[str] = field(default_factory=list)
    suggests: list[str] = field(default_factory=list)
    never: list[str] = field(default_factory=list)


def promises(relation: Relation) -> Promises:
    """The column of the table for this relation, in words."""
    told = Promises()
    for thing, words in WORDS.items():
        codes = set(access.codes(thing, relation))
        _place(told, relation, codes, str(words))
        if "p" in codes or "assign" in codes:
            told.suggests.append(str(words))
    return told


def _place(told: Promises, relation: Relation, codes: set[str], words: str) -> None:
    if {"r", "w"} & codes:
        # The coach is one of the pair; whoever else reads gets what is released to them.
        (told.reads if relation == Relation.COACH else told.released).append(words)
    elif "s" in codes:
        told.shared.append(words)
    elif "frozen" in codes:
        told.frozen.append(words)
    elif "own" in codes:
        told.writes.append(words)
    else:
        told.never.append(words)


def headline(relation: Relation) -> str:
    """The relation in one line, for lists."""
    lines = {
        Relation.COACH: _("Reads what you open to the two of you, and suggests."),
        Relation.MENTOR: _("Reads single items that you share."),
        Relation.PARTNER: _("Reads single items that you share, and asks how it goes."),
        Relation.MANAGER: _("Reads goals that you share, and can support you."),
        Relation.SPONSOR: _("Reads goals as you released them, and that the coaching goes on."),
    }
    return lines.get(relation, "")
