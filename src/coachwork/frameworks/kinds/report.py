"""What came of an import: how much was read, added and changed, and what was left out and why."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Self
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

EXAMPLES = 3

# Why a row is left out, in words for whoever brought the file.
REASONS = {
    "dangling_relation": gettext_lazy("relations to something that is not in the catalogue"),
    "dangling_rating": gettext_lazy("ratings of something that is not in the catalogue"),
    "dangling_title": gettext_lazy("titles of an occupation that is not in the catalogue"),
    "unknown_scale": gettext_lazy("ratings on a scale that is not used here"),
    "not_a_number": gettext_lazy("ratings that are not a number on their scale"),
    "no_name": gettext_lazy("rows without a name or address"),
    "not_released": gettext_lazy("concepts that are no longer released"),
    "label_too_long": gettext_lazy("names longer than 400 characters"),
    "too_long": gettext_lazy("rows with an address or name that is too long"),
    "no_kind": gettext_lazy("skills without a type, taken as skills"),
    "twice": gettext_lazy("rows that say the same thing again"),
    "unknown_relation": gettext_lazy("relations of a kind that is not known"),
    "unknown_match": gettext_lazy("matches of a kind that is not known"),
    "missing_table": gettext_lazy("tables that are not in the file"),
    "empty_row": gettext_lazy("empty rows"),
    "kept_wording": gettext_lazy("competencies of this release whose published wording was kept"),
}
# Things that are said, although the row was taken.
NOTES = {"no_kind", "missing_table", "kept_wording"}


@dataclass
class Report:
    """Counts of one import."""

    read: int = 0
    added: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    framework: UUID | None = None  # the framework that came of it

    def skip(self, reason: str, example: str = "", count: int = 1) -> None:
        """Count something that was left out, and keep the first few to show."""
        self.skipped[reason] += count
        shown = self.examples.setdefault(reason, [])
        if example and len(shown) < EXAMPLES:
            shown.append(example[:200])

    def note(self, sentence: str) -> None:
        self.notes.append(sentence)

    @property
    def nothing_new(self) -> bool:
        return not (+self.added or +self.changed)

    def lines(self) -> list[str]:
        """The report as lines of text."""
        lines = [_("Read: %(count)s rows.") % {"count": f"{self.read:,}"}]
        for head, counts in ((_("Added"), self.added), (_("Changed"), self.changed)):
            said = ", ".join(f"{what} {count:,}" for what, count in counts.items() if count)
            if said:
                lines.append(f"{head}: {said}.")
        if self.nothing_new:
            lines.append(_("Nothing new: everything in it was here already."))
        for line in self.skipped_lines():
            lines.append(line)
        return lines + self.notes

    def skipped_lines(self) -> list[str]:
        """What was left out or worth a word, with examples."""
        lines = []
        for reason, count in self.skipped.items():
            head = _("Note") if reason in NOTES else _("Left out")
            shown = "; ".join(self.examples.get(reason, []))
            words = str(REASONS.get(reason, reason))
            lines.append(f"{head}: {count:,} {words}{f' ({shown})' if shown else ''}.")
        return lines

    def as_json(self) -> dict[str, Any]:
        """The same, to be stored."""
        return {
            "read": self.read,
            "added": dict(self.added),
            "changed": dict(self.changed),
            "skipped": dict(self.skipped),
            "examples": self.examples,
            "notes": self.notes,
        }

    @classmethod
    def of_json(cls, stored: dict[str, Any]) -> Self:
        return cls(
            read=stored.get("read", 0),
            added=Counter(stored.get("added", {})),
            changed=Counter(stored.get("changed", {})),
            skipped=Counter(stored.get("skipped", {})),
            examples=stored.get("examples", {}),
            notes=stored.get("notes", []),
        )
