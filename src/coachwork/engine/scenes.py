"""Branching scenes: what holds of a sound one, and how one is played.

A play is the list of the choices that were made, as numbers; state and place follow from it alone,
so the same record always replays to the same scene. No clock, no chance. The state has three
parts, each from -5 to 5: trust, clarity and progress.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

PARTS = ("trust", "clarity", "progress")
FURTHEST = 5
GOOD, MIXED, LOW = "good", "mixed", "low"
LEAST_ENDINGS = 3
LEAST_WAYS_TO_GOOD = 2


class NotAPlay(LookupError):
    """The record names a choice that is not there."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something one can say or do: where it leads, what it does, what it shows, and why."""

    text: str
    next: str
    effects: Mapping[str, int] = field(default_factory=dict)
    shows: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Ending:
    """How a scene ends; a low one names the node to go back to."""

    kind: str
    title: str
    text: str
    turning_point: str = ""


@dataclass(frozen=True, slots=True)
class Mood:
    """Other words of a node, where a part of the state is this low or this high."""

    part: str
    line: str
    cue: str = ""
    at_most: int | None = None
    at_least: int | None = None

    def fits(self, state: Mapping[str, int]) -> bool:
        value = state[self.part]
        low = self.at_least is None or value >= self.at_least
        return low and (self.at_most is None or value <= self.at_most)


@dataclass(frozen=True, slots=True)
class Node:
    """A line of the scene, and what one can answer; or an ending."""

    id: str
    speaker: str
    line: str
    cue: str = ""
    moods: tuple[Mood, ...] = ()
    choices: tuple[Choice, ...] = ()
    ending: Ending | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """A whole scene: nodes by their id, and the first of them."""

    opening: str
    nodes: Mapping[str, Node]


@dataclass(frozen=True, slots=True)
class Turn:
    """One choice that was made, at which node, and the state after it."""

    node: Node
    choice: Choice
    line: str
    state: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a play stands: the node with the words it has now, the state, and the way here."""

    node: Node
    line: str
    cue: str
    state: Mapping[str, int]
    turns: tuple[Turn, ...]

    @property
    def is_over(self) -> bool:
        return self.node.ending is not None


def play(scene: Scene, record: Sequence[int]) -> Place:
    """Where these choices lead; raises NotAPlay for a choice that the scene does not have."""
    state = dict.fromkeys(PARTS, 0)
    node, turns = scene.nodes[scene.opening], []
    for number in record:
        if not 0 <= number < len(node.choices):
            raise NotAPlay(f"{node.id} has no choice {number}")
        choice = node.choices[number]
        line, _cue = _words(node, state)
        state = {
            part: max(-FURTHEST, min(FURTHEST, state[part] + choice.effects.get(part, 0)))
            for part in PARTS
        }
        turns.append(Turn(node, choice, line, dict(state)))
        node = scene.nodes[choice.next]
    line, cue = _words(node, state)
    return Place(node, line, cue, state, tuple(turns))


def _words(node: Node, state: Mapping[str, int]) -> tuple[str, str]:
    mood = next((one for one in node.moods if one.fits(state)), None)
    return (mood.line, mood.cue or node.cue) if mood else (node.line, node.cue)


def rewound(scene: Scene, record: Sequence[int]) -> list[int]:
    """The record up to the turning point of a low ending; unchanged where there is none."""
    ended = play(scene, record).node.ending
    point = ended.turning_point if ended else ""
    for number in range(len(record) - 1, -1, -1):
        if play(scene, record[:number]).node.id == point:
            return list(record[:number])
    return list(record)


def walks(scene: Scene) -> Iterator[list[int]]:
    """Every way from the opening to an ending that comes to no node twice."""
    waiting: list[tuple[list[int], str, frozenset[str]]] = [([], scene.opening, frozenset())]
    while waiting:
        record, where, seen = waiting.pop()
        node = scene.nodes[where]
        if node.ending is not None:
            yield record
            continue
        for number, choice in enumerate(node.choices):
            if choice.next not in seen | {where} and choice.next in scene.nodes:
                waiting.append(([*record, number], choice.next, seen | {where}))


def problems(scene: Scene, rubric: Sequence[str]) -> list[str]:
    """What keeps a scene from being published; each sentence names the nodes and choices."""
    return [*_loose_ends(scene), *_unreachable(scene), *_endless(scene), *_poor(scene, rubric)]


def _loose_ends(scene: Scene) -> Iterator[str]:
    if scene.opening not in scene.nodes:
        yield f"the opening {scene.opening} is not there"
    for node in scene.nodes.values():
        if node.ending is None and not node.choices:
            yield f"{node.id} has neither choices nor an ending"
        for choice in node.choices:
            if choice.next not in scene.nodes:
                said = f"the choice “{choice.text[:40]}” of {node.id}"
                yield f"{said} leads to {choice.next}, which is not there"
        point = node.ending.turning_point if node.ending else ""
        if point and point not in scene.nodes:
            yield f"the ending {node.id} goes back to {point}, which is not there"


def _reached(scene: Scene, start: str) -> set[str]:
    found, waiting = set[str](), [start]
    while waiting:
        where = waiting.pop()
        if where in found or where not in scene.nodes:
            continue
        found.add(where)
        waiting += [choice.next for choice in scene.nodes[where].choices]
    return found


def _unreachable(scene: Scene) -> Iterator[str]:
    for name in sorted(set(scene.nodes) - _reached(scene, scene.opening)):
        yield f"nothing leads to {name}"


def _endless(scene: Scene) -> Iterator[str]:
    endings = {node.id for node in scene.nodes.values() if node.ending is not None}
    for node in scene.nodes.values():
        if not endings & _reached(scene, node.id):
            yield f"from {node.id} no way leads to an ending"


def _never_there(scene: Scene) -> Iterator[str]:
    """A way back leads only to where one has been, whichever way one came."""
    ways = [choice.next for one in scene.nodes.values() for choice in one.choices]
    if not set(ways) <= set(scene.nodes):
        return
    wrong = set()
    for record in walks(scene):
        place = play(scene, record)
        point = place.node.ending.turning_point if place.node.ending else ""
        if point in scene.nodes and point not in {turn.node.id for turn in place.turns}:
            wrong.add((place.node.id, point))
    for name, point in sorted(wrong):
        yield f"{name} goes back to {point}, where some ways to it never were"


def _poor(scene: Scene, rubric: Sequence[str]) -> Iterator[str]:
    endings = [node.ending for node in scene.nodes.values() if node.ending is not None]
    if len(endings) < LEAST_ENDINGS:
        yield f"{len(endings)} endings, not {LEAST_ENDINGS} at least"
    yield from _never_there(scene)
    if not any(one.kind == LOW and one.turning_point for one in endings):
        yield "no low ending offers a way back to its turning point"
    good = {
        tuple(turn.node.id for turn in place.turns)
        for record in walks(scene)
        if (ended := (place := play(scene, record)).node.ending) and ended.kind == GOOD
    }
    if len(good) < LEAST_WAYS_TO_GOOD:
        yield f"{len(good)} way to a good ending, not {LEAST_WAYS_TO_GOOD} at least"
    shown = {code for node in scene.nodes.values() for one in node.choices for code in one.shows}
    for code in rubric:
        if code not in shown:
            yield f"no choice shows {code} of the rubric"
