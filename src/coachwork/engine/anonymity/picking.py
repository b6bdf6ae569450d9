"""What may be shown of a question where each rater picks two of a list.

A count is a sum over a set of raters like any other value, so it needs a set that the ledger takes.
Single groups are counted from five on; where no group has five, all that are shown count as one.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from coachwork.engine.anonymity.sets import Ledger
from coachwork.engine.anonymity.values import MERGED, Cell, Picks, Reply, Rules

PICKED: Final = "picked"  # stands for the question where the others have their ids
FEW = 2  # a count up to this is not shown at all


def picked(
    cells: Sequence[Cell], options: Sequence[str], ledger: Ledger, rules: Rules
) -> tuple[tuple[Picks, ...], tuple[frozenset[str], ...]]:
    """The counts that may be shown, and who stands behind them."""
    shown: list[Picks] = []
    used: list[frozenset[str]] = []
    everybody = Cell(
        MERGED,
        tuple(sorted(group for cell in cells for group in cell.groups)),
        tuple(reply for cell in cells for reply in cell.replies),
    )
    for family in (cells, [everybody]):
        for cell in family:
            said = [reply for reply in cell.replies if reply.picks]
            raters = frozenset(reply.rater for reply in said)
            if len(raters) >= rules.least_item and ledger.takes_column(PICKED, raters):
                used.append(raters)
                shown.append(Picks(cell.name, cell.groups, len(raters), _counts(said, options)))
        if shown:
            break  # never both: the total less the groups would be the rest
    return tuple(shown), tuple(used)


def _counts(said: Sequence[Reply], options: Sequence[str]) -> dict[str, int | None]:
    """How many picked what, from three on; None is everybody, or everybody but one."""
    number = len(said)
    counts = Counter(code for reply in said for code in set(reply.picks) & set(options))
    order = [code for code in options if counts[code] > FEW]
    order.sort(key=lambda code: -counts[code])
    while not _hides(counts, order, number, len(options)):
        order.pop()
    return {code: counts[code] if counts[code] < number - 1 else None for code in order}


def _hides(counts: Counter[str], order: Sequence[str], number: int, options: int) -> bool:
    """Whether the sum of all picks leaves open if those that are masked were picked by all."""
    masked = [code for code in order if counts[code] >= number - 1]
    if not masked:
        return True
    left = sum(counts.values()) - sum(counts[code] for code in order if code not in masked)
    most = FEW * (options - len(order))  # what the ones that are not shown can add up to
    totals = range(len(masked) * (number - 1), len(masked) * number + 1)
    return len(order) == 0 or sum(0 <= left - total <= most for total in totals) > 1
