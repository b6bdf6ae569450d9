"""The exact solver: HiGHS, as SciPy brings it.

SciPy is loaded with the first question, so that nobody who asks none waits for it. A limit on nodes
keeps answers the same on a busy machine; the one on seconds is an outer guard.
"""

from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

NODES: Final = 2000
SECONDS: Final = 20.0


@dataclass(slots=True)
class Program:
    """A linear program being written: least `price`, rows at most `most`, columns up to `top`."""

    price: list[float] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    top: list[float] = field(default_factory=list)
    whole: list[int] = field(default_factory=list)
    most: list[float] = field(default_factory=list)
    at_row: list[int] = field(default_factory=list)
    at_column: list[int] = field(default_factory=list)
    share: list[float] = field(default_factory=list)

    def column(self, price: float = 0.0, top: float = np.inf, *, whole: bool = False) -> int:
        """A new unknown from 0 to `top`; its number."""
        self.price.append(price)
        self.low.append(0.0)
        self.top.append(top)
        self.whole.append(int(whole))
        return len(self.price) - 1

    def row(self, shares: list[tuple[int, float]], most: float) -> int:
        """A new condition, sum of share * unknown <= most; its number."""
        number = len(self.most)
        self.most.append(most)
        for column, share in shares:
            self.at_row.append(number)
            self.at_column.append(column)
            self.share.append(share)
        return number

    def table(self) -> Any:
        """The conditions as a sparse matrix (rows, columns)."""
        from scipy.sparse import csr_array

        shape = (len(self.most), len(self.price))
        return csr_array((self.share, (self.at_row, self.at_column)), shape=shape)


@dataclass(frozen=True, slots=True)
class Answer:
    """The values (columns,) or None where none were found, and what no answer can be below.

    `impossible` says that it is proved that there are none; `reduced` are the reduced prices of a
    relaxed answer (columns,).
    """

    values: Floats | None
    price: float
    bound: float
    impossible: bool = False
    reduced: Floats | None = None


def solve(program: Program, *, gap: float, nodes: int = NODES) -> Answer:
    """The best whole-number answer, to within a share `gap` of the best where nodes suffice."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    found = milp(
        np.array(program.price),
        constraints=LinearConstraint(program.table(), -np.inf, np.array(program.most)),
        integrality=np.array(program.whole),
        bounds=Bounds(np.array(program.low), np.array(program.top)),
        options={"mip_rel_gap": gap, "node_limit": nodes, "time_limit": SECONDS},
    )
    bound = found.mip_dual_bound
    return Answer(
        values=None if found.x is None else np.asarray(found.x),
        price=np.inf if found.x is None else float(found.fun),
        bound=-np.inf if bound is None else float(bound),
        impossible=found.status == 2,
    )


def relax(program: Program, *, top: float | None = None) -> Answer:
    """The answer in fractions; `top` holds all unknowns that should be whole below a share."""
    from scipy.optimize import linprog

    highest = np.array(program.top)
    if top is not None:
        highest = np.where(np.array(program.whole, dtype=bool), np.minimum(highest, top), highest)
        highest = np.maximum(highest, np.array(program.low))
    found = linprog(
        np.array(program.price),
        A_ub=program.table(),
        b_ub=np.array(program.most),
        bounds=np.column_stack([program.low, highest]),
        method="highs",
    )
    if found.x is None:
        return Answer(None, np.inf, np.inf if found.status == 2 else -np.inf, found.status == 2)
    reduced = found.lower.marginals + found.upper.marginals
    return Answer(np.asarray(found.x), float(found.fun), float(found.fun), reduced=reduced)
