"""Random questions for the planner, small enough to answer many of them."""

from hypothesis import strategies as st

from coachwork.engine.scheduling.values import (
    EXPERIENCE,
    FORMAL,
    SOCIAL,
    Activity,
    Problem,
    Target,
)

quarters = st.integers(1, 40).map(lambda n: n / 4)


@st.composite
def problems(draw, frozen=False):
    weeks = draw(st.integers(2, 16))
    capacity = tuple(
        draw(st.lists(st.integers(0, 24).map(lambda n: n / 4), min_size=weeks, max_size=weeks))
    )
    targets = tuple(
        Target(
            f"t{n}",
            draw(st.integers(0, 60)),
            draw(st.integers(-1, weeks + 2)),
            draw(st.integers(1, 3)),
        )
        for n in range(draw(st.integers(0, 3)))
    )
    activities = []
    for number in range(draw(st.integers(0, 9))):
        activities.append(draw(activity(number, weeks, targets)))
    return Problem(
        capacity,
        tuple(draw(st.permutations(activities))),
        targets,
        money=draw(st.none() | st.integers(0, 500)),
        at_once=draw(st.integers(1, 4)),
        pause=draw(st.integers(0, 2)),
    )


@st.composite
def activity(draw, number, weeks, targets):
    event = draw(st.integers(0, 4)) == 0
    earlier = [f"a{n}" for n in range(number)]
    after = draw(st.lists(st.sampled_from(earlier), max_size=2, unique=True)) if earlier else []
    return Activity(
        key=f"a{number}",
        hours=draw(quarters),
        rate=draw(quarters),
        kind=draw(st.sampled_from("pq")),
        family=draw(st.sampled_from([EXPERIENCE, SOCIAL, FORMAL])),
        gains={one.key: draw(st.integers(0, 40)) for one in targets if draw(st.booleans())},
        cost=draw(st.integers(0, 200)),
        after=tuple(after),
        first=draw(st.integers(-2, weeks)),
        last=draw(st.none() | st.integers(-2, weeks + 1)),
        dates=tuple(draw(st.lists(st.integers(-1, weeks), min_size=1, max_size=3, unique=True)))
        if event
        else (),
        required=draw(st.booleans()),
    )
