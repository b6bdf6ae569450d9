"""The main job as a story: from a role to evidence that moves the picture.

Told once, for every way of walking: with a pointer, with the keyboard alone, without scripts.
"""

from datetime import UTC, datetime, timedelta

from tests.journeys.walkers import Pointer

LEVELS = (2, 3, 3, 2, 4, 3, 2, 3, 3, 4)  # own view of the ten competencies of the role
LINE = "Wrote the outcome on half a page and kept my hands off"
GOAL = "In Monday's planning I hand over one task with its outcome and limits"
IF = "I want to say: let me just do it"
THEN = "I ask what they need from me"


def choose_a_role(walker: Pointer, role: str) -> None:
    walker.press("Choose a role")
    walker.press("Choose")
    walker.choose(role)
    walker.press("Aim for this")


def look_at_oneself(walker: Pointer) -> None:
    """The quick form, one competency a screen, and the mirror at its end."""
    walker.press("Begin: about 8 minutes")
    for number, level in enumerate(LEVELS, start=1):
        walker.rate(level)
        if number == 1:
            walker.fill("The last time this showed up", "Took a task back on Tuesday")
        walker.press("Save and look it over" if number == len(LEVELS) else "Save and go on")
    walker.press("Hand it in")
    walker.reads("Where you are strongest")


def find_the_focus(walker: Pointer, name: str) -> None:
    """At the gaps: agree a level, and choose what to work on."""
    walker.press(f"Agree a level: {name}")
    walker.choose("2, Developing")
    walker.fill("Why this level?", "I take things back when it gets busy")
    walker.press("Agree this level")
    walker.visit("Gaps")
    walker.press(f"Decide: {name}")
    walker.choose("Focus on it")
    walker.choose("4")
    walker.press("Decide")


def write_a_goal(walker: Pointer, name: str) -> None:
    """The dialogue, one question a page, up to the if-then that is saved."""
    walker.press(f"Make it a goal: {name}")
    if "/goals/new" in walker.page.url:
        walker.press("Go on")
    walker.fill("Why does this matter to you now?", "They want to grow, and I want my evenings")
    walker.press("Go on")
    walker.fill("Your goal, in one sentence", GOAL)
    walker.press("Go on")
    walker.fill("Where are you today?", "I took two jobs back last week")
    walker.day("By when?", (datetime.now(UTC).date() + timedelta(days=70)).isoformat())
    walker.press("Go on")
    walker.fill("As expected", "One task a week is handed over and stays there")
    walker.fill("Better than expected", "They ask for the next one")
    walker.fill("Far better than expected", "They hand work on to each other")
    walker.fill("On the way", "One task a month stays with them")
    walker.fill("Where it starts", "I take most tasks back")
    walker.press("Go on")
    walker.fill("Or in your own words", "It feels quicker to do it myself")
    walker.press("Go on")
    write_the_if_then(walker)


def write_the_if_then(walker: Pointer) -> None:
    walker.fill("If", IF)
    walker.fill("… then I", THEN)
    walker.press("Go on")


def start_the_goal(walker: Pointer) -> None:
    walker.press("I went through it")
    walker.choose("8")
    walker.press("Go on")
    walker.press("Agree and start")


def log_practice(walker: Pointer) -> None:
    """At home, after the moment: one line, one tap."""
    walker.visit("Home")
    walker.reads(IF)
    walker.unfold("Add a line")
    walker.fill("One line, if you like", LINE)
    walker.press("Did it")
    walker.reads("Logged")


def see_it_count(walker: Pointer, name: str) -> None:
    """The evidence stands on the profile and among the reasons."""
    walker.visit("Evidence")
    walker.reads(name)
    walker.visit("Gaps")
    walker.press(f"Why? {name}")
    walker.reads("Done in 1 of 1 chance")
    walker.press("All rows about this competency")
    walker.reads(LINE)
