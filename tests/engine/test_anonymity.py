"""What may be shown of what raters said; and an attacker who has every release and many friends."""

from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run

from coachwork.engine.anonymity import (
    HIGHER,
    LOWER,
    TOO_CLOSE,
    TOO_FEW,
    Reply,
    release,
    too_close,
)
from tests.engine import attacker
from tests.engine.attacker import best_guess, naive, safe, singled_out

ITEMS = {"C1": ("a", "b", "c")}


def replies(group, *rows, start=0, **more):
    """One rater for each row of answers; None is "not seen"."""
    return [
        Reply(
            f"{group}{start + number}",
            group,
            {
                item: value
                for item, value in zip("abcdefgh", row, strict=False)
                if value is not None
            },
            **more,
        )
        for number, row in enumerate(rows)
    ]


def group(made, name):
    return next(view for view in made.groups if view.name == name)


@pytest.mark.accepts("T1-01")
def test_two_peers_are_nowhere_and_the_mean_of_all_is_withheld():
    said = replies("peer", (5, 5, 5), (4, 4, 4)) + replies("report", *[(3, 3, 3)] * 4)
    made = release(said, ITEMS)
    assert [view.name for view in made.groups] == ["report"]
    assert [(one.group, one.reason) for one in made.withheld] == [("peer", TOO_FEW)]
    assert made.overall is None


@pytest.mark.accepts("T1-02")
def test_a_question_that_one_of_three_could_not_judge_is_blank_and_the_mean_uses_the_others():
    made = release(replies("peer", (3, 4, None), (3, 4, 5), (3, 4, 5)), ITEMS)
    peers = group(made, "peer")
    assert "c" not in peers.items
    assert peers.competencies["C1"].value == 3.5


def test_values_of_single_questions_need_five():
    four = group(release(replies("peer", *[(3, 4, 2)] * 4), ITEMS), "peer")
    five = group(release(replies("peer", *[(3, 4, 2)] * 5), ITEMS), "peer")
    assert four.items == {}
    assert {item: value.value for item, value in five.items.items()} == {"a": 3, "b": 4, "c": 2}


def test_the_one_hidden_question_is_left_out_of_the_mean_so_that_it_cannot_be_worked_out():
    rows = [(2, 2, 5)] * 4 + [(2, 2, None)]
    peers = group(release(replies("peer", *rows), ITEMS), "peer")
    assert set(peers.items) == {"a", "b"}
    assert peers.competencies["C1"].value == 2


def test_small_groups_go_together_where_that_makes_three():
    said = replies("peer", (3, 3, 3)) + replies("other", (3, 3, 3), (4, 4, 4))
    made = release(said + replies("report", *[(2, 2, 2)] * 3), ITEMS)
    merged = group(made, "other")
    assert (merged.groups, merged.n) == (("peer", "other"), 3)
    assert made.withheld == ()
    assert made.overall["C1"].n == 6


def test_the_mean_of_all_is_made_of_what_is_shown_and_of_nothing_else():
    said = replies("peer", *[(2, 2, 2)] * 3) + replies("report", *[(5, 5, 5)] * 3)
    made = release(said, ITEMS)
    assert group(made, "report").competencies["C1"].value == 4.5  # "or higher", never 5
    assert made.overall["C1"].value == 3.5
    assert made.overall["C1"].bound == HIGHER


@pytest.mark.parametrize(("answer", "shown", "bound"), [(1, 1.5, LOWER), (5, 4.5, HIGHER)])
def test_where_everybody_says_the_same_at_an_end_only_the_end_is_said(answer, shown, bound):
    peers = group(release(replies("peer", *[(answer,) * 3] * 5), ITEMS), "peer")
    for value in (*peers.items.values(), peers.competencies["C1"]):
        assert (value.value, value.bound) == (shown, bound)


def test_a_masked_question_cannot_be_worked_out_from_the_mean_and_the_others():
    peers = group(release(replies("peer", *[(5, 3, 3)] * 5), ITEMS), "peer")
    assert peers.items["a"].bound == HIGHER
    assert "b" not in peers.items
    assert not peers.competencies["C1"].bound


def test_the_view_of_a_manager_is_shown_as_it_is():
    made = release(replies("manager", (5, 1, None), comments={"q": "Well done"}), ITEMS)
    assert made.named[0].items["a"].value == 5
    assert made.named[0].competencies["C1"].value == 3
    assert made.named_comments == {"q": ("Well done",)}
    assert made.groups == ()
    assert made.overall is None


def test_comments_need_three_writers_and_carry_no_trace_of_order():
    said = replies("peer", *[(3, 3, 3)] * 4)
    texts = ["one", "two", "three"]
    wrote = [
        Reply(one.rater, one.group, one.scores, {"q": text})
        for one, text in zip(said, texts, strict=False)
    ]
    assert release([*wrote[:2], *said[2:]], ITEMS).comments == {}
    shown = release([*wrote, said[3]], ITEMS, seed="s").comments["q"]
    assert set(shown) == set(texts)
    again = [
        Reply(one.rater, one.group, one.scores, {"q": text})
        for one, text in zip(said, reversed(texts), strict=False)
    ]
    assert release([*again, said[3]], ITEMS, seed="s").comments["q"] == shown


def test_comments_of_a_group_that_is_not_shown_are_not_shown():
    said = replies("peer", (3, 3, 3), (3, 3, 3), comments={"q": "from a peer"})
    said += replies("report", *[(3, 3, 3)] * 3, comments={"q": "from below"})
    assert set(release(said, ITEMS).comments["q"]) == {"from below"}


def test_a_second_release_needs_three_new_answers_in_each_group_that_changed():
    first = replies("peer", *[(3, 3, 3)] * 4)
    before = [release(first, ITEMS).published]
    for new, shown in ((0, True), (1, False), (2, False), (3, True)):
        late = replies("peer", *[(5, 5, 5)] * new, start=4)
        made = release(first + late, ITEMS, before=before)
        assert bool(made.groups) is shown
        if not shown:
            assert [(one.group, one.reason) for one in made.withheld] == [("peer", TOO_CLOSE)]
            assert made.overall is None


def test_a_second_release_without_somebody_who_withdrew_is_refused():
    first = replies("peer", *[(3, 3, 3)] * 5)
    before = [release(first, ITEMS).published]
    assert release(first[1:], ITEMS, before=before).groups == ()


def test_a_small_group_that_joins_the_others_later_is_not_told_by_the_difference():
    others = replies("other", *[(3, 3, 3)] * 3)
    before = [release(others, ITEMS).published]
    made = release(others + replies("peer", (5, 5, 5)), ITEMS, before=before)
    assert group(made, "other").groups == ("other",)
    assert [(one.group, one.reason) for one in made.withheld] == [("peer", TOO_FEW)]


def test_a_question_changes_by_three_answers_or_is_left_out():
    first = replies("peer", *[(3, 3, 3)] * 5)
    before = [release(first, ITEMS).published]
    late = replies("peer", (5, 5, None), (5, 5, None), (5, 5, 5), start=5)
    peers = group(release(first + late, ITEMS, before=before), "peer")
    assert set(peers.items) == {"a", "b"}


def test_nobody_replies_twice():
    said = replies("peer", (1, 1, 1))
    with pytest.raises(ValueError, match="once"):
        release(said + said, ITEMS)


def test_sets_are_too_close_when_any_comparison_leaves_fewer_than_three():
    abc, abcd, abcdef = frozenset("abc"), frozenset("abcd"), frozenset("abcdef")
    assert not too_close([abc])
    assert too_close([abc, abcd])
    assert not too_close([abc, abcdef])
    assert too_close([abc, frozenset("defg"), frozenset("abcdef")])
    assert too_close([frozenset("ab")])


@given(st.data())
def test_the_order_of_replies_changes_nothing(data):
    rows = data.draw(st.lists(st.tuples(*[st.integers(1, 5)] * 3), min_size=3, max_size=9))
    kinds = st.sampled_from(["peer", "report", "other", "manager"])
    said = [
        Reply(f"r{n}", data.draw(kinds), dict(zip("abc", row, strict=True)), {"q": str(row)})
        for n, row in enumerate(rows)
    ]
    shuffled = data.draw(st.permutations(said))
    assert release(said, ITEMS) == release(shuffled, ITEMS)


class Attack(RuleBasedStateMachine):
    """Answers, late answers, withdrawals and re-issues in any order; then the attacker looks."""

    publish_with = staticmethod(safe)

    def __init__(self):
        super().__init__()
        self.replies, self.releases, self.equations, self.frozen = {}, [], [], set()
        self.everybody, self.fresh = [], False

    @rule(
        kind=st.sampled_from(["peer", "peer", "report", "other"]),
        count=st.sampled_from([1, 1, 2, 3, 4, 5, 6]),
        answers=st.randoms(use_true_random=False),
    )
    def answer(self, kind, count, answers):
        for _ in range(min(count, 18 - len(self.everybody))):
            rater = f"r{len(self.everybody):02}"
            self.everybody.append(rater)
            scores = {item: answers.randint(1, 5) for item in "abcdef" if answers.random() < 0.8}
            picks = tuple(answers.sample(attacker.OPTIONS, 2)) if answers.random() < 0.8 else ()
            self.replies[rater] = Reply(rater, kind, scores, {}, picks)

    @precondition(lambda self: self.replies)
    @rule(place=st.integers(0, 99))
    def withdraw(self, place):
        self.replies.pop(sorted(self.replies)[place % len(self.replies)])

    @precondition(lambda self: set(self.replies) - self.frozen)
    @rule(value=st.integers(1, 5))
    def change_an_answer(self, value):
        rater = min(set(self.replies) - self.frozen)
        old = self.replies[rater]
        scores = {**old.scores, "a": value}
        self.replies[rater] = Reply(rater, old.group, scores, {}, old.picks)

    @rule()
    def publish(self):
        before = [made.published for made in self.releases]
        made, equations = self.publish_with(list(self.replies.values()), before)
        self.releases.append(made)
        self.equations += equations
        self.frozen |= set(self.replies)
        self.fresh = True

    @precondition(lambda self: self.fresh)
    @invariant()
    def nobody_is_singled_out(self):
        self.fresh = False
        known = attacker.conspirators(self.releases, self.everybody, Random(len(self.equations)))
        assert singled_out(self.equations, known) == []

    @precondition(lambda self: self.releases)
    @invariant()
    def nothing_small_is_shown(self):
        made = self.releases[-1]
        for view in made.groups:
            assert view.n >= 3
            assert all(value.n >= 3 for value in view.competencies.values())
            assert all(value.n >= 5 for value in view.items.values())


class CarelessAttack(Attack):
    """The same attacker, let loose on plain averages."""

    publish_with = staticmethod(naive)
    nothing_small_is_shown = None


def test_no_order_of_answers_withdrawals_and_releases_singles_anybody_out():
    run(Attack, settings=settings(max_examples=150, stateful_step_count=14, deadline=None))


def test_the_same_attacker_wins_against_plain_averages():
    with pytest.raises(AssertionError):
        run(
            CarelessAttack,
            settings=settings(
                max_examples=60,
                stateful_step_count=12,
                deadline=None,
                derandomize=True,
                database=None,
                phases=[Phase.generate],
            ),
        )


def totals(made_of, truth):
    return [(raters, sum(truth[rater] for rater in raters)) for raters in made_of]


@pytest.mark.parametrize("seed", range(12))
def test_guessing_with_every_release_is_no_better_than_with_one_honest_release(seed):
    chance = Random(seed)
    first = [f"f{n}" for n in range(chance.randint(3, 5))]
    late = [f"l{n}" for n in range(chance.randint(1, 4))]
    truth = {rater: chance.randint(1, 5) for rater in first + late}
    batches = ([Reply(rater, "peer", {"a": truth[rater]}) for rater in some] for some in
               (first, first + late))  # fmt: skip
    published = []
    for batch in batches:
        published.append(release(batch, {"C": ("a",)}, before=published).published)
    seen = [one for old in published for one in old.columns.get("a", ())]
    for some in (first, late):
        known = set(chance.sample(some, max(0, len(some) - 3)))
        for who in set(some) - known:
            honest = [frozenset(some)] if len(some) >= 3 else []
            alone = best_guess(totals(honest, truth), truth, known, who)
            assert best_guess(totals(seen, truth), truth, known, who) <= alone + 1e-9


@pytest.mark.parametrize("seed", range(6))
def test_guessing_a_late_answer_from_two_plain_averages_is_always_right(seed):
    chance = Random(seed)
    truth = {f"r{n}": chance.randint(1, 5) for n in range(5)}
    sets = [frozenset(list(truth)[:4]), frozenset(truth)]
    assert best_guess(totals(sets, truth), truth, set(), "r4") == 1
    assert best_guess(totals(sets[1:], truth), truth, set(), "r4") < 1 or sum(truth.values()) in {
        5,
        25,
    }
