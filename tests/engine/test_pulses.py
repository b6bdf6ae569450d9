"""What may be shown of a question about a change; and an attacker who adds up the counts."""

from fractions import Fraction
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from coachwork.engine.anonymity import BANDS, TOO_CLOSE, TOO_FEW, Reply, pulse
from coachwork.engine.anonymity.pulses import band
from tests.engine.attacker import singled_out


def replies(*answers, group="peer", start=0, words=""):
    """One rater for each answer; None is "I can't say"."""
    return [
        Reply(
            f"{group}{start + number}",
            group,
            {} if answer is None else {"b": answer},
            {"suggestion": f"{words} {number}"} if words else {},
        )
        for number, answer in enumerate(answers)
    ]


def test_answers_are_stacked_in_words():
    spread = pulse(replies(0, 0, 1, 1, 1, None), "b").spread
    assert (spread.n, spread.unsure) == (5, 1)
    assert spread.counts == {"same": 2, "some": 3}


def test_words_for_a_change():
    assert [band(n) for n in range(-3, 4)] == ["less"] * 3 + ["same", "some", "more", "more"]


def test_two_who_could_say_are_not_shown():
    made = pulse(replies(2, 2, None, None), "b")
    assert made.spread is None
    made = pulse(replies(2, 2), "b")
    assert made.spread is None
    assert [one.reason for one in made.release.withheld] == [TOO_FEW]


def test_three_or_four_are_shown_only_by_the_way_they_lean():
    spread = pulse(replies(3, 3, 3), "b").spread
    assert (spread.counts, spread.nearly, spread.leaning) == (None, "", "more")
    assert pulse(replies(-3, 0, 2, 1), "b").spread.leaning == "same"


def test_one_voice_and_all_but_one_are_not_counted():
    for answers in ((2, 2, 2, 2, 2), (2, 2, 3, 2, -3)):
        spread = pulse(replies(*answers), "b").spread
        assert (spread.counts, spread.nearly) == (None, "more")


def test_colleagues_of_all_kinds_are_one_group_and_a_manager_stands_apart():
    said = replies(1, 1) + replies(0, 0, group="report") + replies(2, group="other")
    made = pulse(said + replies(-1, group="manager"), "b")
    assert made.spread.n == 5
    assert made.named == ("less",)


def test_a_pulse_of_the_same_people_is_shown_again_and_one_more_or_fewer_is_not():
    first = pulse(replies(0, 0, 1, 1, 1), "b")
    before = [first.release.published]
    assert pulse(replies(1, 1, 2, 2, 1), "b", before=before).spread
    for others in (replies(1, 1, 1, 1), replies(1, 1, 1, 1, 1, 3), replies(1, 1, 1, 1, None)):
        made = pulse(others, "b", before=before)
        assert made.spread is None
    assert [one.reason for one in made.release.withheld] == []  # too few new, in the column alone
    made = pulse(replies(1, 1, 1, 1), "b", before=before)
    assert [one.reason for one in made.release.withheld] == [TOO_CLOSE]
    assert pulse(replies(1, 1, 1, 1, 1, 3, 3, 3), "b", before=before).spread


def test_suggestions_need_three_writers():
    few = pulse([*replies(1, 1, words="go"), *replies(1, 1, 1, start=2)], "b")
    assert few.release.comments == {}
    assert len(pulse(replies(1, 1, 0, words="go"), "b").release.comments["suggestion"]) == 3


def counted(made, everybody):
    """Each count as a sum over what single people said: more than any reader sees."""
    return [
        {(rater, f"{question}:{word}"): Fraction(1) for rater in raters}
        for question, sets in made.release.published.columns.items()
        for raters in sets
        for word in BANDS
    ] + [
        # Everybody who is known to have answered said exactly one of the words.
        {(rater, f"b:{word}"): Fraction(1) for word in BANDS}
        for rater in everybody
    ]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_series_of_pulses_singles_anybody_out(data):
    pool = [f"r{n}" for n in range(9)]
    published, equations, seen = [], [], []
    for _ in range(data.draw(st.integers(1, 5))):
        some = data.draw(st.lists(st.sampled_from(pool), unique=True, max_size=9))
        said = [Reply(rater, "peer", {"b": data.draw(st.integers(-3, 3))}) for rater in some]
        made = pulse(said, "b", before=published)
        published.append(made.release.published)
        seen += [one for sets in made.release.published.columns.values() for one in sets]
        equations += counted(made, some)
    assert all(len(one) >= 3 for one in seen)
    chance = Random(len(equations))
    known = set()
    for rater in chance.sample(pool, len(pool)):
        if all(len(one - known - {rater}) >= 3 for one in _classes(seen) if rater in one):
            known.add(rater)
    hidden = {rater for one in seen for rater in one} - known
    found = [
        names
        for names in singled_out(equations, known)
        if {rater for rater, _word in names} & hidden
    ]
    assert found == []


def _classes(sets):
    stands = {}
    for rater in {rater for one in sets for rater in one}:
        stands.setdefault(tuple(rater in one for one in sets), set()).add(rater)
    return list(stands.values())
