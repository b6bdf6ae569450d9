"""A company of 60: people and short stories put together from lists, the same ones each time."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from coachwork.exchange.demo.cast import Character, told
from coachwork.kit import content

SIZE = 60
SEED = 60
Line = dict[str, Any]
SURE = ("low", "medium", "high")
DECISIONS = ("maintain", "use_strength", "park", "gather_evidence")


@dataclass
class Member:
    """One of the sixty: who they are, what occupies them, and how far they have come."""

    who: Character
    work: str
    theme: dict[str, Any]
    first_week: int
    is_assessed: bool
    has_goal: bool
    practises: bool


def stories() -> Iterator[tuple[Character, list[Line]]]:
    """Each member with the lines of their story."""
    lists, chance = told("company.yaml"), Random(SEED)
    codes = _targets(lists)
    for member in _members(lists, chance):
        yield member.who, list(_story(member, lists, codes[member.theme["role"]], chance))


def _targets(lists: dict[str, Any]) -> dict[str, list[str]]:
    """The competencies of each role, as its profile in the content names them."""
    wanted = {theme["role"] for theme in lists["themes"]}
    return {
        role.slug: [target.competency for target in role.targets]
        for role in content.load("role_profiles")
        if role.slug in wanted
    }


def _members(lists: dict[str, Any], chance: Random) -> list[Member]:
    given = [lists["given"][number % len(lists["given"])] for number in range(SIZE)]
    family = [lists["family"][number % len(lists["family"])] for number in range(SIZE)]
    chance.shuffle(given)
    chance.shuffle(family)
    goes_far = _parts(lists, chance)
    return [
        Member(
            who=Character(
                key=f"member-{number + 1:02}",
                name=f"{given[number]} {family[number]}",
                zone=chance.choice(lists["zones"]),
            ),
            work=chance.choice(lists["works"]),
            theme=lists["themes"][number % len(lists["themes"])],
            first_week=-36 + number * 30 // SIZE,
            is_assessed=goes_far[number] < lists["share_assessed"],
            has_goal=goes_far[number] < lists["share_goal"],
            practises=goes_far[number] < lists["share_practising"],
        )
        for number in range(SIZE)
    ]


def _parts(lists: dict[str, Any], chance: Random) -> list[int]:
    """For each member a part of a hundred, spread evenly, so that each theme has all stages."""
    themes = len(lists["themes"])
    each = SIZE // themes
    columns = []
    for _theme in range(themes):
        column = [number * 100 // each for number in range(each)]
        chance.shuffle(column)
        columns.append(column)
    return [columns[number % themes][number // themes] for number in range(SIZE)]


def _story(
    member: Member, lists: dict[str, Any], codes: list[str], chance: Random
) -> Iterator[Line]:
    week = member.first_week
    day = chance.choice(("mon", "tue", "wed", "thu", "fri"))
    clock = f"{chance.randint(8, 16):02}"
    yield {"when": f"{week} {day} {clock}:00", "signs_up": {}}
    joins = {"organisation": lists["organisation"], "asked_by": lists["host"]}
    yield {"when": f"{week} {day} {clock}:02", "joins": joins}
    yield {"when": f"{week} {day} {clock}:05", "opens_record": {"packaging": "company"}}
    aim = {"kind": "current", "title": f"My work at {member.work}", "role": member.theme["role"]}
    yield {"when": f"{week} {day} {clock}:08", "aims": aim}
    if member.is_assessed:
        yield from _assessed(member, codes, week + 1, chance)
    if member.has_goal:
        yield from _goal(member, week + 2)
    if member.practises:
        yield from _practice(member, week + 3, chance)


def _assessed(member: Member, codes: list[str], week: int, chance: Random) -> Iterator[Line]:
    home = member.theme["competency"]
    answers: dict[str, Line] = {}
    for code in codes:
        level = chance.choice((1, 2, 2)) if code == home else chance.choice((2, 3, 3, 3, 4, 4, 5))
        answers[code] = {"level": level, "sure": chance.choice(SURE)}
    if home in answers:
        answers[home]["example"] = chance.choice(member.theme["examples"])
    unseen = chance.choice([code for code in codes if code != home])
    answers[unseen] = {}
    yield {"when": f"{week} thu 10:00", "assesses": {"depth": "quick", "answers": answers}}
    if chance.random() < 0.6:
        levels = {home: {"level": round(chance.uniform(1.6, 2.8), 1)}}
        levels |= {code: {"level": round(chance.uniform(2.4, 4.4), 1)} for code in codes[:3]}
        source = chance.choice(("manager", "peer"))
        many = 1 if source == "manager" else chance.randint(3, 6)
        heard = {"round": "start", "from": source, "people": many, "of": levels}
        yield {"when": f"{week} fri 15:00", "hears": heard}
    if home in codes:
        agreed = {"about": home, "level": chance.choice((1.5, 2, 2, 2.5))}
        agreed["reason"] = "My own look and what I heard fit together."
        yield {"when": f"{week} fri 15:20", "agrees_level": agreed}
        focus = {"about": home, "decision": "focus", "energy": chance.randint(3, 5)}
        yield {"when": f"{week} fri 15:22", "decides": focus}
    other = {"about": unseen, "decision": chance.choice(DECISIONS)}
    yield {"when": f"{week} fri 15:24", "decides": other}


def _goal(member: Member, week: int) -> Iterator[Line]:
    theme = member.theme
    goal = {
        "key": "goal",
        "kind": "habit",
        "title": theme["title"],
        "about": theme["competency"],
        "why": theme["why"],
        "baseline": theme["baseline"],
        "weeks": 50,
        "commitment": 7,
        "confidence": 6,
        "outcomes": {str(n): text for n, text in enumerate(theme["outcomes"], start=-2)},
    }
    yield {"when": f"{week} mon 12:10", "drafts_goal": goal}
    yield {"when": f"{week} mon 12:20", "agrees_goal": {"goal": "goal"}}
    yield {"when": f"{week} mon 12:21", "starts_goal": {"goal": "goal"}}
    pair = {"key": "pair", "goal": "goal", "if": theme["if"], "then": theme["then"]}
    yield {"when": f"{week} mon 12:25", "writes_if_then": pair}


def _practice(member: Member, week: int, chance: Random) -> Iterator[Line]:
    for number in range(week, 0):
        if chance.random() < 0.45:
            continue
        came = chance.choices(("did", "partly", "not", "none"), (5, 2, 1, 1))[0]
        line = chance.choice(member.theme[came]) if came != "none" else ""
        log = {"of": "pair", "chance": came, "line": line}
        yield {"when": f"{number} {chance.choice(('tue', 'wed', 'thu'))} 16:30", "logs": log}
