"""An attacker on 360 reports: linear algebra over everything published, and patient guessing.

It knows more than any reader: exact means instead of half steps, who answered which question, and
the answers of everybody but three in each set of raters that was published together.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import product
from random import Random

from coachwork.engine.anonymity import PICKED, Published, Release, Reply, Rules, release

EXACT = Rules(step=0, low=0, high=6)  # nothing rounded, nothing masked
QUESTIONS = {"C1": ("a", "b", "c"), "C2": ("d",), "C3": ("e",), "C4": ("f",)}
OPTIONS = tuple(QUESTIONS)  # what raters pick two of

Variable = tuple[str, str]  # whose answer to which question
Equation = dict[Variable, Fraction]
Publisher = Callable[[Sequence[Reply], Sequence[Published]], tuple[Release, list[Equation]]]


def safe(replies: Sequence[Reply], before: Sequence[Published]) -> tuple[Release, list[Equation]]:
    """The release of the product, and what its values say about single answers."""
    made = release(replies, QUESTIONS, before=before, rules=EXACT)
    return made, equations_of(made, replies)


def naive(replies: Sequence[Reply], before: Sequence[Published]) -> tuple[Release, list[Equation]]:
    """The plain way: a mean wherever three have answered so far, for each group and for all."""
    careless = Rules(least=3, least_item=3, step=0, low=0, high=6)
    made = release(replies, QUESTIONS, rules=careless)
    groups = [[one for one in replies if one.group == view.name] for view in made.groups]
    found = []
    for members in [*groups, list(replies)]:
        for items in QUESTIONS.values():
            # Each rater's own mean first: it looks fair, and undoes every "not seen".
            whole: Equation = {}
            for item in items:
                said = [one.rater for one in members if item in one.scores]
                if len(said) >= careless.least:
                    found.append({(rater, item): Fraction(1) for rater in said})
            for one in members:
                mine = [item for item in items if item in one.scores]
                whole |= {(one.rater, item): Fraction(1, len(mine)) for item in mine}
            if len({rater for rater, _item in whole}) >= careless.least:
                found.append(whole)
    return made, found


def equations_of(made: Release, replies: Sequence[Reply]) -> list[Equation]:
    """Each shown value as a sum over answers; the total is made of these and adds nothing."""
    found: list[Equation] = []
    for raters in made.published.columns.get(PICKED, ()):
        # Every count, also those that are masked or left out; and that everybody picks two.
        found += [{(rater, f"{PICKED}:{one}"): Fraction(1) for rater in raters} for one in OPTIONS]
        found += [{(rater, f"{PICKED}:{one}"): Fraction(1) for one in OPTIONS} for rater in raters]
    for view in made.groups:
        members = {one.rater for one in replies if one.group in view.groups}
        columns = {
            item: raters & members
            for item, sets in made.published.columns.items()
            for raters in sets
            if raters & members
        }
        for code, items in QUESTIONS.items():
            counted = [item for item in items if item in columns]
            hidden = [item for item in counted if len(columns[item]) < EXACT.least_item]
            if len(hidden) == 1:
                counted = [item for item in counted if item not in hidden]
            if code in view.competencies:
                found.append(
                    {
                        (rater, item): Fraction(1, len(columns[item]))
                        for item in counted
                        for rater in columns[item]
                    }
                )
        for item in view.items:
            found.append({(rater, item): Fraction(1) for rater in columns[item]})
    return found


def conspirators(releases: Sequence[Release], everybody: Sequence[str], chance: Random) -> set[str]:
    """As many raters as may tell each other everything: all but three of each published class."""
    classes = [one for group in _classes(releases) for one in group]
    known: set[str] = set()
    for rater in chance.sample(list(everybody), len(everybody)):
        if all(len(one - known - {rater}) >= 3 for one in classes if rater in one):
            known.add(rater)
    return known


def _classes(releases: Sequence[Release]) -> list[list[set[str]]]:
    """For each question, the raters that every release of it kept together."""
    families: dict[str, list[frozenset[str]]] = {}
    for made in releases:
        families.setdefault("", []).extend(made.published.cells)
        for item, sets in made.published.columns.items():
            families.setdefault(item, []).extend(sets)
    found = []
    for sets in families.values():
        stands: dict[str, tuple[int, ...]] = {}
        for place, raters in enumerate(sets):
            for rater in raters:
                stands[rater] = (*stands.get(rater, ()), place)
        together: dict[tuple[int, ...], set[str]] = {}
        for rater, places in stands.items():
            together.setdefault(places, set()).add(rater)
        found.append(list(together.values()))
    return found


def singled_out(equations: Sequence[Equation], known: set[str]) -> list[tuple[Variable, ...]]:
    """Answers of one or two people that follow from what was published: empty when all is well.

    Each answer can move freely only along what the sums leave open. One that cannot move at all is
    known; two that can move only together are known as a pair.
    """
    pivots = _reduced(
        {key: value for key, value in one.items() if key[0] not in known} for one in equations
    )
    names = {key for one in equations for key in one if key[0] not in known}
    together: dict[frozenset[tuple[Variable, Fraction]], list[Variable]] = {}
    found: list[tuple[Variable, ...]] = []
    for name in sorted(names):
        row = pivots.get(name)
        moves = {key: -value for key, value in row.items() if key != name} if row else {}
        moves = moves if row else {name: Fraction(1)}
        if not moves:
            found.append((name,))
            continue
        first = moves[min(moves)]
        direction = frozenset((key, value / first) for key, value in moves.items())
        together.setdefault(direction, []).append(name)
    return found + [tuple(pair) for pair in together.values() if len(pair) > 1]


def _reduced(rows: Iterable[Mapping[Variable, Fraction]]) -> dict[Variable, Equation]:
    """The sums, each solved for one answer that stands in no other."""
    pivots: dict[Variable, Equation] = {}
    for row in rows:
        left = dict(row)
        for lead in [key for key in left if key in pivots]:
            _subtract(left, pivots[lead], left[lead])
        if not left:
            continue
        lead = min(left)
        solved = {key: value / left[lead] for key, value in left.items()}
        for other in pivots.values():
            if lead in other:
                _subtract(other, solved, other[lead])
        pivots[lead] = solved
    return pivots


def _subtract(row: Equation, other: Equation, factor: Fraction) -> None:
    for key, value in other.items():
        row[key] = row.get(key, Fraction(0)) - factor * value
        if not row[key]:
            del row[key]


def best_guess(
    sums: Sequence[tuple[frozenset[str], int]], truth: Mapping[str, int], known: set[str], who: str
) -> float:
    """How likely the best guess of one answer is right, when every possibility is tried."""
    names = sorted({rater for raters, _sum in sums for rater in raters} - known | {who})
    fitting: Counter[int] = Counter()
    for answers in product(range(1, 6), repeat=len(names)):
        world = {**truth, **dict(zip(names, answers, strict=True))}
        if all(sum(world[rater] for rater in raters) == total for raters, total in sums):
            fitting[world[who]] += 1
    return max(fitting.values()) / sum(fitting.values())
