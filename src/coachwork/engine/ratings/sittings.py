"""Ratings gathered into sittings: what one rater said of one client, one skill, one day."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from coachwork.engine.ratings.errors import RatingsError
from coachwork.engine.ratings.partial_credit import Floats, Whole
from coachwork.engine.ratings.ratings import DAYS_A_MONTH, Labels, Ratings

ROWS = 4096  # of a block of sittings: what stays in the fast memory of a processor
FORM_SHARED_BY = 64  # sittings a form, from where forms are tabulated once


@dataclass(frozen=True, slots=True)
class Block:
    """Sittings `start` to `stop`; of one tabulated form, or (form -1) each of its own."""

    start: int
    stop: int
    form: int


@dataclass(frozen=True, slots=True)
class Layout:
    """Whose sittings, and when: what belongs together across sittings.

    Every (client, skill) is a chain of `most` places, one for each day on which somebody sat (the
    last ones may be empty); `months` (chains, most - 1) lie between them.
    """

    chain: Whole  # (chains, 2): client, skill
    days: Whole  # (chains, most)
    occasions: Whole  # (chains,): places that are in use
    months: Floats
    pair_rater: Whole  # (pairs,)
    pair_client: Whole  # (pairs,)
    rater: Whole  # (raters, 2): rater, kind; one who rates in two roles is two
    kind: Whole  # (raters,)

    @property
    def most(self) -> int:
        """Places of a chain."""
        return int(self.days.shape[1])


@dataclass(frozen=True, slots=True)
class Sittings:
    """Sittings in the order in which they are worked through, and the answers in them."""

    place: Whole  # (sittings,): chain * most + occasion
    pair: Whole
    kind: Whole
    score: Floats
    count: Whole  # answers in the sitting
    first: Whole  # (sittings + 1,): where the answers of each begin, in `item` and `answer`
    item: Whole
    answer: Whole
    rating: Whole  # (answers,): which rating this was, as given
    forms: tuple[Whole, ...]
    blocks: tuple[Block, ...]
    reached: Floats  # (items, steps): how many answers are at least j + 1
    steps: Whole  # (items,)
    layout: Layout

    def __len__(self) -> int:
        return len(self.place)


def gathered(given: Ratings, items: Labels, kinds: Labels, steps: Whole) -> Sittings:
    """The sittings of these ratings. Raises RatingsError where a behaviour was answered twice."""
    item = np.searchsorted(items, given.items.labels)[given.items.codes]
    kind = np.searchsorted(kinds, given.kinds.labels)[given.kinds.codes]
    rater, rater_of = _distinct(_joined(given.raters.codes, kind, len(kinds)))
    chain, chain_of = _distinct(_joined(given.clients.codes, given.skills.codes, len(given.skills)))
    when, day_of = _distinct(given.days)
    sitting, sitting_of = _distinct(
        _joined(_joined(chain_of, rater_of, len(rater)), day_of, len(when))
    )
    order = np.argsort(sitting_of * len(items) + item, kind="stable")
    sitting_of, item = sitting_of[order], item[order]
    if ((np.diff(sitting_of) == 0) & (np.diff(item) == 0)).any():
        raise RatingsError("A rater answered one behaviour twice on one day.")
    first = np.searchsorted(sitting_of, np.arange(len(sitting) + 1))
    head = order[first[:-1]]
    pair, pair_of = _distinct(_joined(given.clients.codes[head], rater_of[head], len(rater)))
    occasions, places, days = _occasions(chain_of[head], when[day_of[head]], len(chain))
    layout = Layout(
        chain=np.stack(np.divmod(chain, len(given.skills)), axis=1),
        days=days,
        occasions=occasions,
        months=np.diff(days, axis=1) / DAYS_A_MONTH,
        pair_rater=pair % len(rater),
        pair_client=pair // len(rater),
        rater=np.stack(np.divmod(rater, len(kinds)), axis=1),
        kind=rater % len(kinds),
    )
    answer = given.answers[order]
    raw = _Raw(places, pair_of, kind[head], first, item, answer, order)
    return _arranged(raw, layout, steps)


@dataclass(frozen=True, slots=True)
class _Raw:
    place: Whole
    pair: Whole
    kind: Whole
    first: Whole
    item: Whole
    answer: Whole
    rating: Whole


def _joined(one: Whole, other: Whole, many: int) -> Whole:
    return one * many + other


def _distinct(key: Whole) -> tuple[Whole, Whole]:
    """Sorted distinct values, and the place of each among them."""
    if key.size and int(key.max()) - int(key.min()) < 4 * key.size + 1000:
        low = int(key.min())
        present = np.zeros(int(key.max()) - low + 1, dtype=np.int64)
        present[key - low] = 1
        return np.flatnonzero(present) + low, (np.cumsum(present) - 1)[key - low]
    found, codes = np.unique(key, return_inverse=True)
    return found, codes.astype(np.int64)


def _occasions(chain: Whole, day: Whole, chains: int) -> tuple[Whole, Whole, Whole]:
    """Places in use a chain, the place of each sitting, and the days of the places."""
    low = int(day.min())
    span = int(day.max()) - low + 1
    key, key_of = _distinct(chain * span + (day - low))
    of = key // span
    start = np.searchsorted(of, np.arange(chains + 1))
    occasion = np.arange(len(key)) - start[of]
    most = int(occasion.max()) + 1
    days = np.zeros((chains, most), dtype=np.int64)
    days[of, occasion] = key % span + low
    used = np.diff(start)
    last = days[np.arange(chains), used - 1]
    empty = np.arange(most)[None, :] >= used[:, None]
    days = np.where(empty, last[:, None], days)
    return used, (of * most + occasion)[key_of], days


def _arranged(raw: _Raw, layout: Layout, steps: Whole) -> Sittings:
    """Sittings of one form and of like scores side by side, so that a block needs few places."""
    items, most = len(steps), int(steps.max())
    count = np.diff(raw.first)
    score = np.add.reduceat(raw.answer, raw.first[:-1]).astype(np.float64)
    form, of_form = _forms(raw, items)
    shared = len(form) * FORM_SHARED_BY <= len(count)
    order = np.lexsort((score, of_form)) if shared else np.argsort(score / count, kind="stable")
    first = np.concatenate([[0], np.cumsum(count[order])])
    rows = np.repeat(raw.first[:-1][order] - first[:-1], count[order]) + np.arange(first[-1])
    item, answer = raw.item[rows], raw.answer[rows]
    reached = np.bincount(item * (most + 1) + answer, minlength=items * (most + 1))
    at_least = np.cumsum(reached.reshape(items, most + 1)[:, ::-1], axis=1)[:, ::-1][:, 1:]
    return Sittings(
        place=raw.place[order],
        pair=raw.pair[order],
        kind=raw.kind[order],
        score=score[order],
        count=count[order],
        first=first,
        item=item,
        answer=answer,
        rating=raw.rating[rows],
        forms=tuple(raw.item[raw.first[k] : raw.first[k + 1]] for k in form) if shared else (),
        blocks=_blocks(of_form[order] if shared else np.full(len(count), -1)),
        reached=at_least.astype(np.float64),
        steps=steps,
        layout=layout,
    )


def _forms(raw: _Raw, items: int) -> tuple[Whole, Whole]:
    """A sitting of every distinct set of behaviours, and which set each sitting has."""
    marks = np.random.default_rng(20_26).integers(1, 2**61, items, dtype=np.int64)
    signature = np.add.reduceat(marks[raw.item], raw.first[:-1])
    _found, example, of_form = np.unique(signature, return_index=True, return_inverse=True)
    return example, of_form.astype(np.int64)


def _blocks(form: Whole) -> tuple[Block, ...]:
    edges = np.concatenate([[0], np.flatnonzero(np.diff(form)) + 1, [len(form)]])
    return tuple(
        Block(start, min(start + ROWS, stop), int(form[start]))
        for begin, stop in pairwise(edges.tolist())
        for start in range(begin, stop, ROWS)
    )
