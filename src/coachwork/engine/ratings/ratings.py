"""Ratings as they come in: who, of whom, which behaviour, what answer, when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coachwork.engine.ratings.errors import RatingsError
from coachwork.engine.ratings.partial_credit import Whole

Labels = NDArray[Any]
DAYS_A_MONTH = 30.4375
ONE = "skill"


@dataclass(frozen=True, slots=True)
class Column:
    """One facet of the ratings: what it may be, sorted, and which it is in each rating."""

    labels: Labels
    codes: Whole

    def __len__(self) -> int:
        return len(self.labels)


@dataclass(frozen=True, slots=True)
class Ratings:
    """Answers that were given; one that was not given ("not seen") is not here at all.

    Columns of equal length; `answers` count from 0, `steps` is (items,), `days` are day numbers.
    """

    clients: Column
    skills: Column
    items: Column
    raters: Column
    kinds: Column
    days: Whole
    answers: Whole
    steps: Whole
    not_seen: int = 0

    def __len__(self) -> int:
        return len(self.answers)

    def where(self, chosen: NDArray[np.bool_]) -> "Ratings":
        """Only these ratings, (ratings,) of bool; what the facets may be stays the same."""
        if chosen.shape != self.answers.shape:
            raise RatingsError(f"{len(self)} ratings need {len(self)} choices.")
        columns = (self.clients, self.skills, self.items, self.raters, self.kinds)
        a, b, c, d, e = (Column(one.labels, one.codes[chosen]) for one in columns)
        return Ratings(
            a, b, c, d, e, self.days[chosen], self.answers[chosen], self.steps, self.not_seen
        )


def ratings(  # noqa: PLR0913 - one argument a column
    *,
    clients: ArrayLike,
    items: ArrayLike,
    answers: ArrayLike,
    raters: ArrayLike | None = None,
    kinds: ArrayLike | str = "peer",
    skills: ArrayLike | None = None,
    days: ArrayLike | None = None,
    lowest: int = 0,
    steps: int | Mapping[Any, int] | None = None,
) -> Ratings:
    """Ratings from columns of equal length; labels may be numbers or text, all of one kind.

    `answers` run from `lowest`; NaN or None is "not seen" and is left out, never filled in. `days`
    are dates or day numbers. `steps` says how many steps the items have (5 levels: 4); without it
    the highest answer seen counts. Raises RatingsError for anything else.
    """
    given = _answers(answers, lowest)
    seen = given >= 0
    one = np.zeros(len(given), dtype=np.int64)
    columns: list[Column] = []
    for name, values in (
        ("clients", clients),
        ("skills", skills),
        ("items", items),
        ("raters", clients if raters is None else raters),
        ("kinds", kinds),
    ):
        whole = isinstance(values, str) or values is None
        labels = np.array([ONE if values is None else values]) if whole else None
        found = Column(labels, one) if labels is not None else _column(values, name, len(given))
        columns.append(Column(found.labels, found.codes[seen]))
    when = one if days is None else _days(days, len(given))
    scores = given[seen]
    client, skill, item, rater, kind = columns
    number = _steps(steps, item, scores)
    return Ratings(client, skill, item, rater, kind, when[seen], scores, number, int((~seen).sum()))


def _answers(answers: ArrayLike, lowest: int) -> Whole:
    """Answers counted from 0, and -1 for not seen."""
    raw = np.asarray(answers)
    if raw.ndim != 1:
        raise RatingsError(f"Answers are one column, not {raw.shape}.")
    if raw.dtype.kind in "iu":
        if raw.size and int(raw.min()) < lowest:
            raise RatingsError(f"Answers start at {lowest}, not at {int(raw.min())}.")
        return raw.astype(np.int64) - lowest
    try:
        values = np.array([np.nan if one is None else one for one in raw], dtype=np.float64)
    except (TypeError, ValueError) as wrong:
        raise RatingsError("Answers are whole numbers, or NaN for not seen.") from wrong
    there = ~np.isnan(values)
    odd = there & (np.isinf(values) | (values != np.round(values)) | (values < lowest))
    if odd.any():
        raise RatingsError(f"Answers are whole numbers from {lowest}, not {values[odd][0]:g}.")
    return np.where(there, np.nan_to_num(values) - lowest, -1).astype(np.int64)


def _column(values: Any, name: str, length: int) -> Column:
    labels = np.asarray(values)
    if labels.shape != (length,):
        raise RatingsError(f"There are {length} answers, but {labels.shape} of {name}.")
    if labels.dtype.kind == "f":
        if not np.isfinite(labels).all() or (labels != np.round(labels)).any():
            raise RatingsError(f"Labels of {name} are whole numbers or text.")
        labels = labels.astype(np.int64)
    if labels.dtype.kind == "O":
        if not all(isinstance(one, str) for one in labels):
            raise RatingsError(f"Labels of {name} are all text or all whole numbers.")
        labels = labels.astype(str)
    return coded(labels)


def coded(labels: Labels) -> Column:
    """Sorted distinct labels, and the place of each value among them."""
    if labels.dtype.kind in "iu" and labels.size:
        low, high = int(labels.min()), int(labels.max())
        if high - low < 4 * labels.size + 1000:  # a table is faster than sorting
            present = np.zeros(high - low + 1, dtype=np.int64)
            present[labels - low] = 1
            place = np.cumsum(present) - 1
            return Column(np.flatnonzero(present) + low, place[labels - low])
    found, codes = np.unique(labels, return_inverse=True)
    return Column(found, codes.astype(np.int64))


def _days(days: ArrayLike, length: int) -> Whole:
    raw = np.asarray(days)
    if raw.shape != (length,):
        raise RatingsError(f"There are {length} answers, but {raw.shape} of days.")
    if raw.dtype.kind in "iu":
        return raw.astype(np.int64)
    try:
        when = raw.astype("datetime64[D]")
    except (TypeError, ValueError) as wrong:
        raise RatingsError("Days are dates or whole numbers of days.") from wrong
    if np.isnat(when).any():
        raise RatingsError("Every answer has a day, or none has.")
    return when.astype(np.int64)


def _steps(asked: int | Mapping[Any, int] | None, items: Column, answers: Whole) -> Whole:
    highest = np.zeros(len(items), dtype=np.int64)
    np.maximum.at(highest, items.codes, answers)
    if asked is None:
        return np.maximum(highest, 1)
    if isinstance(asked, int):
        number = np.full(len(items), asked, dtype=np.int64)
    else:
        missing = [label for label in items.labels.tolist() if label not in asked]
        if missing:
            raise RatingsError(f"Nobody said how many steps item {missing[0]!r} has.")
        number = np.array([asked[label] for label in items.labels.tolist()], dtype=np.int64)
    if (number < 1).any() or (highest > number).any():
        i = int(np.flatnonzero((number < 1) | (highest > number))[0])
        raise RatingsError(
            f"Item {items.labels[i]!r} has {number[i]} steps and an answer {highest[i]}."
        )
    return number


def together(shards: Sequence[Ratings]) -> tuple[Labels, Labels, Whole]:
    """Items and kinds of all shards, and the steps of the items, agreed between them."""
    if not shards or not any(len(one) for one in shards):
        raise RatingsError("There are no ratings.")
    items = np.unique(np.concatenate([one.items.labels for one in shards]))
    kinds = np.unique(np.concatenate([one.kinds.labels for one in shards]))
    steps = np.zeros(len(items), dtype=np.int64)
    for one in shards:
        np.maximum.at(steps, np.searchsorted(items, one.items.labels), one.steps)
    return items, kinds, steps
