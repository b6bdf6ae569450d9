"""Calibration on simulated people: honest intervals, shards, anchors, kinds of sources, time."""

from dataclasses import replace

import numpy as np
import pytest

from coachwork.engine.ratings import scale, simulated
from coachwork.engine.ratings.calibration import calibrate, shards_of
from coachwork.engine.ratings.errors import RatingsError
from coachwork.engine.ratings.partial_credit import drawn
from coachwork.engine.ratings.ratings import ratings
from coachwork.engine.ratings.settings import SETTINGS, Kind, Settings
from coachwork.engine.ratings.simulated import Design
from coachwork.engine.ratings.yardstick import Yardstick, sittings_of

SMALL = Design(clients=300, raters=600)


def met(design, seeds, settings=SETTINGS):
    """Share of true skills inside their 95% and 80% interval, and the error: over some worlds."""
    inside, error = [], []
    for seed in seeds:
        one = simulated.world(design, np.random.default_rng(seed))
        people = calibrate(one.given, settings=settings).clients[0]
        off = people.mean - one.skill
        off -= off.mean()
        inside.append([np.mean(np.abs(off) < z * people.sd) for z in (1.96, 1.2816)])
        error.append(np.sqrt(np.mean(off**2)))
    return (*np.mean(inside, axis=0), float(np.mean(error)))


@pytest.mark.parametrize(
    "design",
    [
        SMALL,
        replace(SMALL, each=1, raters=150),
        replace(SMALL, each=2),
        replace(SMALL, each=3),
        replace(SMALL, asked=3),
        replace(SMALL, skewed=True),
        replace(SMALL, heavy=True),
    ],
    ids=["five raters", "one", "two", "three", "three items", "skewed", "heavy tails"],
)
def test_intervals_hold_what_they_promise(design):
    in95, in80, _error = met(design, range(4))
    assert 0.93 <= in95 <= 0.97
    assert 0.765 <= in80 <= 0.835


def test_without_the_halo_intervals_are_far_too_narrow():
    """The negative control: the test above can fail."""
    in95, _in80, _error = met(SMALL, range(2), replace(SETTINGS, halo=False))
    assert in95 < 0.6


def test_the_estimate_is_never_worse_than_the_mean_the_latest_or_the_highest():
    for each in (1, 2, 3, 5):
        design = replace(SMALL, each=each, raters=300, asked=6)
        one = simulated.world(design, np.random.default_rng(each))
        people = calibrate(one.given).clients[0]
        sittings = one.given.answers.reshape(design.clients, each, 6).mean(axis=2)
        for naive in (sittings.mean(axis=1), sittings[:, -1], sittings.max(axis=1)):
            slope, start = np.polyfit(naive, one.skill, 1)  # its best case: told the right scale
            best = np.sqrt(np.mean((start + slope * naive - one.skill) ** 2))
            assert np.sqrt(np.mean((people.mean - one.skill) ** 2)) <= best


def test_what_was_put_in_comes_out():
    one = simulated.world(Design(clients=800, raters=800), np.random.default_rng(1))
    found = calibrate(one.given)
    kind = found.scale.kinds["peer"]
    assert (kind.severity, kind.halo) == pytest.approx((0.5, 0.7), abs=0.05)
    assert found.scale.skill_sd == pytest.approx(1.0, abs=0.06)
    off = found.scale.thresholds - one.thresholds
    assert np.sqrt(np.mean((off - off.mean()) ** 2)) < 0.08
    order = found.raters[0].rater.astype(int)
    off = found.raters[0].severity - one.severity[order]
    assert np.mean(np.abs(off - off.mean()) < 1.96 * found.raters[0].sd) > 0.93


def test_shards_give_the_answer_of_the_whole():
    design = Design(clients=240, raters=480, team=30, asked=6)
    one = simulated.world(design, np.random.default_rng(2))
    whole = calibrate(one.given)
    shards = shards_of(one.given, one.team)
    assert len(shards) == 8
    parts = calibrate(shards)
    assert parts.rounds == whole.rounds
    assert np.abs(parts.scale.thresholds - whole.scale.thresholds).max() < 1e-6
    mean = np.concatenate([part.mean for part in parts.clients])
    sd = np.concatenate([part.sd for part in parts.clients])
    assert np.abs(mean - whole.clients[0].mean).max() < 1e-6
    assert np.abs(sd - whole.clients[0].sd).max() < 1e-6


def test_somebody_in_two_organisations_is_refused():
    given = ratings(clients=[1, 1, 2], items=["a", "b", "a"], answers=[1, 2, 3], raters=[5, 5, 5])
    with pytest.raises(RatingsError, match="rater 5 is in two"):
        shards_of(given, np.array(["x", "x", "y"]))


def test_anchors_keep_levels_comparable_when_everybody_has_grown():
    chance = np.random.default_rng(3)
    b = simulated.behaviours(10, chance)

    def year(growth):
        client, item = np.repeat(np.arange(400), 40), np.tile(np.arange(10), 1600)
        rater = np.repeat(np.arange(1600), 10)
        view = (chance.normal(growth, 1, 400)[client]) + chance.normal(0, 0.8, 1600)[rater]
        return ratings(
            clients=client, items=item, answers=drawn(b, item, view, chance), raters=rater, steps=4
        )

    first = calibrate(year(0.0), version="2026")
    second = calibrate(year(0.8), version="2027", anchors=first.scale)
    assert np.array_equal(second.scale.thresholds, first.scale.thresholds)
    assert second.scale.anchored_to == "2026"
    assert second.scale.skill_mean == pytest.approx(0.8, abs=0.15)
    alone = calibrate(year(0.8))
    assert alone.scale.skill_mean == pytest.approx(0.0, abs=1e-3)


def test_new_items_are_learnt_on_the_anchored_scale():
    one = simulated.world(Design(clients=400, raters=800), np.random.default_rng(4))
    old = scale.Scale(items=tuple(range(15)), thresholds=one.thresholds[:15], version="old")
    found = calibrate(one.given, anchors=old)
    assert np.array_equal(found.scale.thresholds[:15], one.thresholds[:15])
    assert np.abs(found.scale.thresholds[15:] - one.thresholds[15:]).max() < 0.35
    with pytest.raises(RatingsError, match="None of the anchors"):
        calibrate(one.given, anchors=scale.cold(["elsewhere"]))


def test_kinds_of_sources_are_told_apart():
    """Lenient self-raters of lesser slope, strict managers: 5.3 of the design, smaller."""
    chance = np.random.default_rng(5)
    kinds = {"self": Kind(-0.5, 0.8, 0.0, 0.5, 0.8), "peer": Kind(-0.2, 0.7, 0.0, 0.5)}
    kinds["manager"] = Kind(0.0, 0.5, 0.0, 0.4)
    b, skill = simulated.behaviours(12, chance), chance.normal(size=700)
    seats = [
        (name, k) for name, many in (("self", 1), ("peer", 4), ("manager", 1)) for k in range(many)
    ]
    columns = {name: [] for name in ("clients", "raters", "kinds", "items", "answers")}
    for who in range(700):
        for name, k in seats:
            kind = kinds[name]
            view = kind.slope * (skill[who] - chance.normal(kind.mean, kind.severity))
            view += chance.normal(0, kind.halo)
            columns["clients"] += [who] * 12
            columns["raters"] += [f"{name}-{who // 3 if name == 'manager' else who}-{k}"] * 12
            columns["kinds"] += [name] * 12
            columns["items"] += list(range(12))
            columns["answers"] += drawn(b, np.arange(12), np.full(12, view), chance).tolist()
    found = calibrate(ratings(**columns, steps=4))
    assert found.scale.reference == "peer"
    own, manager = found.scale.kinds["self"], found.scale.kinds["manager"]
    assert own.slope == pytest.approx(0.8, abs=0.1)
    assert own.mean == pytest.approx(-0.3, abs=0.15)
    assert manager.mean == pytest.approx(0.2, abs=0.15)
    off = found.clients[0].mean - skill
    assert 0.93 <= np.mean(np.abs(off - off.mean()) < 1.96 * found.clients[0].sd) <= 0.97


def test_drift_is_learnt_from_clients_seen_often():
    chance = np.random.default_rng(6)
    b, steps = simulated.behaviours(8, chance), np.sqrt(0.06 * 6)
    skill = np.cumsum(
        np.column_stack([chance.normal(size=400), chance.normal(0, steps, (400, 3))]), 1
    )
    client, occasion = np.repeat(np.arange(400), 96), np.tile(np.repeat(np.arange(4), 24), 400)
    rater = np.tile(np.repeat(np.arange(3), 8), 1600) + 3 * client
    sitting = np.arange(400 * 96) // 8
    view = skill[client, occasion] + chance.normal(0, 0.5, 4800)[sitting]
    view -= chance.normal(0, 0.6, 1200)[rater]
    item = np.tile(np.arange(8), 4800)
    given = ratings(
        clients=client,
        items=item,
        answers=drawn(b, item, view, chance),
        raters=rater,
        days=np.round(occasion * 6 * 30.4375).astype(int),
        steps=4,
    )
    found = calibrate(given)
    assert found.scale.drift == pytest.approx(0.06, abs=0.015)
    assert len(found.clients[0].mean) == 1600
    days = np.unique(given.days).tolist()
    exact = Yardstick(found.scale)
    seen = [exact.skill(sittings_of(given, who), at=days) for who in range(0, 400, 2)]
    off = np.array([one.mean for one in seen]) - skill[::2]
    sd = np.array([one.sd for one in seen])
    assert 0.93 <= np.mean(np.abs(off - off.mean()) < 1.96 * sd) <= 0.97


def test_a_new_item_with_few_answers_leans_on_the_others():
    one = simulated.world(Design(clients=200, raters=400), np.random.default_rng(7))
    few = (one.given.items.codes > 0) | (one.given.clients.codes < 4)
    steps = calibrate(one.given.where(few)).scale.thresholds[0]
    assert (np.diff(steps) > 0.2).all()
    assert np.abs(steps).max() < 4
    alone = ratings(clients=[1, 1], items=["a", "b"], answers=[4, 4], steps=4)
    assert np.isfinite(calibrate(alone).scale.thresholds).all()


@pytest.mark.parametrize("column", ["clients", "items", "raters"])
def test_the_order_of_ratings_and_their_labels_do_not_matter(column):
    one = simulated.world(Design(clients=60, raters=60, items=8), np.random.default_rng(8))
    given, order = one.given, np.random.default_rng(9).permutation(len(one.given))
    columns = {
        "clients": given.clients.codes,
        "items": given.items.codes,
        "raters": given.raters.codes,
        "answers": given.answers,
    }
    mixed = {name: values[order] for name, values in columns.items()}
    mixed[column] = np.array([f"n{value:05d}" for value in mixed[column]])
    ours, theirs = calibrate(ratings(**columns, steps=4)), calibrate(ratings(**mixed, steps=4))
    assert np.allclose(ours.clients[0].mean, theirs.clients[0].mean, atol=1e-9)


def test_unknown_kinds_and_empty_ratings_are_refused():
    with pytest.raises(RatingsError, match="kind 'fortune-teller'"):
        calibrate(ratings(clients=[1], items=[1], answers=[1], kinds="fortune-teller"))
    with pytest.raises(RatingsError, match="no ratings"):
        calibrate(ratings(clients=[1], items=[1], answers=[np.nan]))
    with pytest.raises(RatingsError, match="no ratings"):
        calibrate([])
    with pytest.raises(RatingsError, match="positive"):
        Settings(tolerance=0)
    with pytest.raises(RatingsError, match="spread"):
        Kind(severity=-1)


@pytest.mark.parametrize("seed", range(12))
def test_any_small_heap_of_ratings_gives_finite_answers(seed):
    """A few people, any kinds, days and extremes: nothing overflows, nothing is NaN."""
    chance = np.random.default_rng(seed)
    seats = np.unique(chance.integers(0, [8, 6, 5, 3], (int(chance.integers(1, 120)), 4)), axis=0)
    client, item, rater, day = seats.T
    answers = chance.integers(0, 5, len(seats)) if seed % 3 else np.full(len(seats), 4 * (seed % 2))
    kinds = np.array(sorted(SETTINGS.kinds))[rater]
    found = calibrate(
        ratings(
            clients=client,
            items=item,
            answers=answers,
            raters=rater,
            kinds=kinds,
            days=40 * day,
            steps=4,
        )
    )
    assert found.converged
    assert np.isfinite(found.clients[0].mean).all()
    assert (found.clients[0].sd > 0).all()
    assert np.isfinite(found.scale.thresholds).all()
