"""Importers: one module a kind of file. A new kind is one new file and one line here."""

from typing import Protocol

from coachwork.frameworks.kinds import crosswalk, esco, onet, table
from coachwork.frameworks.kinds.harvest import Harvest, Wish
from coachwork.frameworks.kinds.report import Report
from coachwork.kit.levels import Text
from coachwork.kit.tables import Files


class Importer(Protocol):
    """Reads a file and brings back what is in it; writes nothing."""

    @property
    def title(self) -> Text: ...

    def read(self, files: Files, wish: Wish, report: Report) -> Harvest: ...


KINDS: dict[str, Importer] = {
    "onet": onet.Onet(),
    "esco": esco.Esco(),
    "crosswalk": crosswalk.Crosswalk(),
    "csv": table.FrameworkTable(),
}
