"""The official crosswalk between occupations of O*NET and of ESCO."""

from typing import Final

from django.utils.translation import gettext_lazy

from coachwork.frameworks.kinds.harvest import CatalogueHarvest, Harvest, RelationRow, Wish
from coachwork.frameworks.kinds.report import Report
from coachwork.kit.tables import Files, Table, table_of

ATTRIBUTION: Final = (
    "Crosswalk by the ESCO Secretariat of the European Commission with the U.S. Department of "
    "Labor, Employment and Training Administration."
)
# How the O*NET occupation (the origin) relates to the one in ESCO (the target).
MATCHES: Final = {
    "exactmatch": "exact_match",
    "exactisco": "exact_match",  # the whole ISCO group
    "closematch": "close_match",
    "broadmatch": "broad_match",
    "narrowmatch": "narrow_match",
}
KINDS_OF_MATCH: Final = tuple(dict.fromkeys(MATCHES.values()))


class Crosswalk:
    """Brings back relations from O*NET occupations to those of ESCO."""

    title = gettext_lazy("ESCO and O*NET")

    def read(self, files: Files, wish: Wish, report: Report) -> Harvest:
        # The table is preceded by some lines about itself.
        table = table_of(files.only(), header_has="Type of Match")
        found = CatalogueHarvest("onet", "", wish.locale, ATTRIBUTION, target_source="esco")
        found.related = {("occupation", kind) for kind in KINDS_OF_MATCH}
        _read(table, found, report)
        return Harvest(found)


def _read(table: Table, found: CatalogueHarvest, report: Report) -> None:
    columns = (
        table.column("O*NET Id", "O*NET-SOC Code", "ONET Id"),
        table.column("ESCO or ISCO URI", "ESCO URI"),
        table.column("Type of Match"),
    )
    for line, cells in table.cells(*columns):
        code, uri, match = map(str.strip, cells)
        report.read += 1
        where = f"{table.name}, line {line}"
        if not code and not uri:
            report.skip("empty_row", where)
            continue
        kind = MATCHES.get(match.replace(" ", "").lower())
        if kind is None:
            report.skip("unknown_match", f"{where}: {match}")
        else:
            row = RelationRow(code, uri, kind)
            if row in found.relations:
                report.skip("twice", where)
            found.relations[row] = None
