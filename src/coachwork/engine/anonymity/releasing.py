"""From replies to what may be shown of them."""

import hashlib
from collections.abc import Mapping, Sequence

from coachwork.engine.anonymity.picking import PICKED, picked
from coachwork.engine.anonymity.sets import Ledger
from coachwork.engine.anonymity.showing import group_view, overall
from coachwork.engine.anonymity.values import (
    ATTRIBUTABLE,
    MERGED,
    RULES,
    TOO_CLOSE,
    TOO_FEW,
    Cell,
    GroupView,
    Published,
    Release,
    Reply,
    Rules,
    Withheld,
)

Questions = Mapping[str, Sequence[str]]  # the questions of each competency


def release(
    replies: Sequence[Reply],
    questions: Questions,
    *,
    before: Sequence[Published] = (),
    seed: str = "",
    rules: Rules = RULES,
) -> Release:
    """Decide what may be shown of these replies, after everything that was shown before.

    `before` holds every release whose answers may still be the same. The order of the replies does
    not matter; `seed` settles the order of the comments.
    """
    if len({reply.rater for reply in replies}) < len(replies):
        raise ValueError("A rater replies once.")
    ordered = sorted(replies, key=lambda reply: reply.rater)
    open_ones = [reply for reply in ordered if reply.group != ATTRIBUTABLE]
    named = tuple(reply for reply in ordered if reply.group == ATTRIBUTABLE)
    ledger = Ledger(before, rules)
    cells, withheld = _cells(open_ones, ledger, rules)
    views, columns = _views(cells, questions, ledger, rules)
    picks, pickers = picked(cells, list(questions), ledger, rules)
    if pickers:
        columns[PICKED] = pickers
    comments, writers = _comments(cells, ledger, seed)
    complete = sum(len(cell.replies) for cell in cells) == len(open_ones)
    return Release(
        groups=views,
        named=_named(named, questions, rules),
        withheld=withheld,
        overall=overall(views, questions, rules) if complete and views else None,
        comments=comments,
        named_comments=_texts(named, seed),
        picks=picks,
        named_picks=tuple(sorted({code for reply in named for code in reply.picks})),
        published=Published(tuple(cell.raters for cell in cells), columns, writers),
    )


def _cells(
    replies: Sequence[Reply], ledger: Ledger, rules: Rules
) -> tuple[list[Cell], tuple[Withheld, ...]]:
    """The groups that can be shown, the small ones together where that is enough."""
    kinds = sorted({reply.group for reply in replies})
    groups = {kind: tuple(one for one in replies if one.group == kind) for kind in kinds}
    small = [kind for kind in kinds if kind != MERGED and len(groups[kind]) < rules.least]
    large = [kind for kind in kinds if kind != MERGED and kind not in small]
    cells: list[Cell] = []
    withheld: list[Withheld] = []
    for kind in large:
        cell = Cell(kind, (kind,), groups[kind])
        if ledger.takes_cell(cell.raters):
            cells.append(cell)
        else:
            withheld.append(Withheld(kind, TOO_CLOSE))
    # Nothing of the small ones is published in any other way, so nothing can be subtracted.
    for kept in ([*small, MERGED], [MERGED]):
        merging = [kind for kind in kept if kind in groups]
        merged = Cell(MERGED, tuple(merging), tuple(r for kind in merging for r in groups[kind]))
        if ledger.takes_cell(merged.raters):
            cells.append(merged)
            break
    shown = {kind for cell in cells for kind in cell.groups}
    for kind in kinds:
        if kind not in shown and kind not in large:
            few = len(groups[kind]) < rules.least
            withheld.append(Withheld(kind, TOO_FEW if few else TOO_CLOSE))
    return cells, tuple(sorted(withheld, key=lambda one: one.group))


def _views(
    cells: Sequence[Cell], questions: Questions, ledger: Ledger, rules: Rules
) -> tuple[tuple[GroupView, ...], dict[str, tuple[frozenset[str], ...]]]:
    """What each group says, and who stands behind each question."""
    used: dict[str, tuple[frozenset[str], ...]] = {}
    views = []
    for cell in cells:
        columns: dict[str, list[int]] = {}
        for item in (item for items in questions.values() for item in items):
            said = {one.rater: one.scores[item] for one in cell.replies if item in one.scores}
            if ledger.takes_column(item, frozenset(said)):
                columns[item] = list(said.values())
                used[item] = (*used.get(item, ()), frozenset(said))
        views.append(
            group_view(cell.name, cell.groups, len(cell.replies), columns, questions, rules)
        )
    return tuple(views), used


def _named(replies: Sequence[Reply], questions: Questions, rules: Rules) -> tuple[GroupView, ...]:
    """Views that carry a name: no number is too small for them."""
    if not replies:
        return ()
    items = [item for items in questions.values() for item in items]
    columns = {
        item: said
        for item in items
        if (said := [one.scores[item] for one in replies if item in one.scores])
    }
    open_rules = Rules(least=1, least_item=1, low=0, high=6, step=rules.step)
    group = (ATTRIBUTABLE,)
    return (group_view(ATTRIBUTABLE, group, len(replies), columns, questions, open_rules),)


def _comments(
    cells: Sequence[Cell], ledger: Ledger, seed: str
) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[frozenset[str], ...]]]:
    """What was written, all groups together, where at least three people wrote."""
    replies = [reply for cell in cells for reply in cell.replies]
    shown: dict[str, tuple[str, ...]] = {}
    writers: dict[str, tuple[frozenset[str], ...]] = {}
    for question in sorted({key for reply in replies for key in reply.comments}):
        wrote = [reply for reply in replies if reply.comments.get(question, "").strip()]
        raters = frozenset(reply.rater for reply in wrote)
        if ledger.takes_comments(question, raters):
            shown[question] = _texts(wrote, seed)[question]
            writers[question] = (raters,)
    return shown, writers


def _texts(replies: Sequence[Reply], seed: str) -> dict[str, tuple[str, ...]]:
    """The comments in an order that tells nothing of who wrote when."""
    found: dict[str, list[str]] = {}
    for reply in replies:
        for question, text in reply.comments.items():
            if text.strip():
                found.setdefault(question, []).append(text.strip())
    return {
        question: tuple(sorted(texts, key=lambda text: _mark(seed, question, text)))
        for question, texts in found.items()
    }


def _mark(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
