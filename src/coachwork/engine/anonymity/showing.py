"""From the answers of a group to the values that may be shown."""

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction

from coachwork.engine.anonymity.values import HIGHER, LOWER, GroupView, Rules, Value

Columns = Mapping[str, Sequence[int]]  # the answers to each question that may be used


def group_view(
    name: str,
    groups: tuple[str, ...],
    n: int,
    columns: Columns,
    questions: Mapping[str, Sequence[str]],
    rules: Rules,
) -> GroupView:
    """What one group says about each competency, and about single questions where enough spoke."""
    competencies: dict[str, Value] = {}
    items: dict[str, Value] = {}
    for code, asked in questions.items():
        counted = [item for item in asked if item in columns]
        shown = [item for item in counted if len(columns[item]) >= rules.least_item]
        if len(counted) - len(shown) == 1:
            # The mean less the questions that are shown would be the one that must not be.
            counted = shown
        if not counted:
            continue
        means = {item: Fraction(sum(columns[item]), len(columns[item])) for item in counted}
        whole = _value(
            sum(means.values(), Fraction(0)) / len(means),
            min(len(columns[item]) for item in counted),
            rules,
        )
        competencies[code] = whole
        values = {item: _value(means[item], len(columns[item]), rules) for item in shown}
        for item in _kept_open(values, counted, whole):
            items[item] = values[item]
    return GroupView(name, groups, n, competencies, items)


def overall(
    views: Sequence[GroupView], questions: Mapping[str, Sequence[str]], rules: Rules
) -> dict[str, Value]:
    """All colleagues together, made only from what is shown anyway."""
    found: dict[str, Value] = {}
    for code in questions:
        values = [(view.n, view.competencies[code]) for view in views if code in view.competencies]
        if len(values) < len(views):
            continue  # some answers to it are in no value that is shown
        total = sum(n for n, _value in values)
        mean = sum((Fraction(one.value) * n for n, one in values), Fraction(0)) / total
        bounds = {one.bound for _n, one in values} - {""}
        bound = bounds.pop() if len(bounds) == 1 else ""
        found[code] = Value(_stepped(mean, rules), total, bound)
    return found


def _kept_open(values: Mapping[str, Value], counted: Sequence[str], whole: Value) -> list[str]:
    """The questions that are shown: one fewer where the mean would undo "4.5 or higher"."""
    masked = [item for item, value in values.items() if value.bound]
    plain = [item for item, value in values.items() if not value.bound]
    hidden = len(counted) > len(values)
    if masked and plain and not whole.bound and not hidden:
        plain = plain[1:]
    return [item for item in values if item in {*masked, *plain}]


def _value(mean: Fraction, n: int, rules: Rules) -> Value:
    """The mean for reading; where everybody said nearly the same at an end, only that end."""
    if mean < Fraction(rules.low):
        return Value(rules.low, n, LOWER)
    if mean > Fraction(rules.high):
        return Value(rules.high, n, HIGHER)
    return Value(_stepped(mean, rules), n)


def _stepped(mean: Fraction, rules: Rules) -> float:
    """The nearest step; a value exactly between two goes up."""
    if not rules.step:
        return float(mean)
    step = Fraction(rules.step)
    return float(math.floor(mean / step + Fraction(1, 2)) * step)
