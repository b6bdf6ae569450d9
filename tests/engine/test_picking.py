"""What may be shown of “which two would help most”: counts, only where they give nobody away."""

from collections import Counter
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachwork.engine.anonymity import PICKED, Reply, release

OPTIONS = tuple(f"C{n}" for n in range(8))
QUESTIONS = {code: (f"{code}.1",) for code in OPTIONS}


def replies(group, *picks, start=0):
    return [
        Reply(f"{group}{start + n}", group, {"C0.1": 3}, {}, tuple(f"C{k}" for k in some))
        for n, some in enumerate(picks)
    ]


def shown(said, **more):
    made = release(said, QUESTIONS, **more)
    return {one.name: (one.n, dict(one.counts)) for one in made.picks}


def test_counts_from_three_on_are_shown_for_groups_of_five():
    said = replies("peer", (0, 1), (0, 2), (0, 3), (1, 4), (1, 5), (6, 7))
    assert shown(said) == {"peer": (6, {"C0": 3, "C1": 3})}


def test_one_voice_and_all_but_one_look_the_same():
    for last in ((0, 5), (4, 5)):
        said = replies("peer", (0, 1), (0, 2), (0, 3), (0, 4), last)
        assert shown(said) == {"peer": (5, {"C0": None})}


def test_groups_of_less_than_five_count_together_or_not_at_all():
    few = replies("peer", (0, 1), (0, 2), (0, 3))
    assert shown(few) == {}
    both = few + replies("report", (0, 1), (4, 1), (4, 2))
    assert shown(both) == {"other": (6, {"C0": 4, "C1": 3})}


def test_a_group_and_the_total_are_never_both_shown():
    said = replies("peer", *[(0, 1)] * 5) + replies("report", *[(2, 3)] * 3)
    assert set(shown(said)) == {"peer"}


def test_a_group_that_is_not_shown_counts_nowhere():
    said = replies("report", *[(0, 1)] * 4) + replies("peer", (2, 3), (2, 3))
    assert shown(said) == {}


def test_later_counts_differ_by_three_or_are_not_shown():
    first = replies("peer", *[(0, 1)] * 5)
    before = [release(first, QUESTIONS).published]
    assert before[0].columns[PICKED]
    for new in (1, 2):
        assert shown(first + replies("peer", *[(2, 3)] * new, start=5), before=before) == {}
    assert shown(first + replies("peer", *[(2, 3)] * 3, start=5), before=before)


def test_what_a_manager_picks_carries_a_name():
    made = release(replies("manager", (3, 1)), QUESTIONS)
    assert made.named_picks == ("C1", "C3")
    assert made.picks == ()


@pytest.mark.parametrize("number", [5, 6])
@given(data=st.data())
def test_no_sum_of_all_picks_tells_that_everybody_picked_the_same(number, data):
    """Everybody picks exactly two: both readings of “nearly all” must still fit what is shown."""
    options = OPTIONS[:4]  # few, so that sums are tight
    pair = st.tuples(st.sampled_from(options), st.sampled_from(options)).filter(
        lambda two: two[0] < two[1]
    )
    picks = [data.draw(pair) for _ in range(number)]
    said = [Reply(f"p{n}", "peer", {"C0.1": 3}, {}, two) for n, two in enumerate(picks)]
    (found,) = release(said, {code: QUESTIONS[code] for code in options}).picks
    masked = [code for code, count in found.counts.items() if count is None]
    for code in masked:
        worlds = set()
        for world in product(range(number + 1), repeat=len(options)):
            counts = dict(zip(options, world, strict=True))
            if sum(world) == 2 * number and _fits(counts, found.counts, number):
                worlds.add(counts[code])
        assert worlds == {number - 1, number}, (Counter(picks), found)


def _fits(counts, told, number):
    """Whether these counts would look like what is shown."""
    for code, count in counts.items():
        if code in told:
            if told[code] is None and count < number - 1:
                return False
            if told[code] is not None and told[code] != count:
                return False
        elif count > 2:
            # Left out although three or more picked it happens too: that only adds worlds.
            return False
    return True
