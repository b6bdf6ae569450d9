"""Diagnostics: who does not fit, how reliable, which items differ between groups, who is linked."""

from dataclasses import replace

import numpy as np
import pytest

from coachwork.engine.ratings import fit, simulated
from coachwork.engine.ratings.calibration import calibrate
from coachwork.engine.ratings.errors import RatingsError
from coachwork.engine.ratings.partial_credit import drawn
from coachwork.engine.ratings.ratings import ratings
from coachwork.engine.ratings.simulated import Design


@pytest.fixture(scope="module")
def found():
    design = Design(clients=400, raters=400, each=4, asked=8)
    return calibrate(simulated.world(design, np.random.default_rng(31)).given)


def test_data_of_the_model_fit_it(found):
    left = fit.residuals(found)
    items = fit.fit(left, left.item, 20)
    assert np.abs(items.infit - 1).max() < 0.15
    assert items.infit.mean() == pytest.approx(1.0, abs=0.03)
    assert np.abs(items.infit_z).max() < 4
    raters = fit.fit(left, left.rater, 400)
    assert np.nanmean(raters.infit) == pytest.approx(1.0, abs=0.04)
    assert 0.8 < np.nanstd(raters.infit_z) < 1.25
    assert items.answers.sum() == len(left.item)


def test_a_rater_who_answers_by_dice_and_one_without_opinions_stand_out():
    one = simulated.world(Design(clients=200, raters=60, each=4), np.random.default_rng(32))
    answers, chance = one.given.answers.copy(), np.random.default_rng(33)
    dice, flat = one.given.raters.codes == 7, one.given.raters.codes == 8
    answers[dice] = chance.integers(0, 5, dice.sum())
    answers[flat] = 2
    left = fit.residuals(calibrate(replace(one.given, answers=answers)))
    raters = fit.fit(left, left.rater, 60)
    assert raters.infit.argmax() == 7
    assert raters.infit[7] > 1.5
    assert raters.infit.argmin() == 8
    assert raters.infit[8] < 0.6


def test_reliability_is_the_correlation_with_the_truth_squared():
    one = simulated.world(Design(clients=800, raters=800), np.random.default_rng(34))
    people = calibrate(one.given).clients[0]
    told = fit.reliability(people.mean, people.sd)
    assert told.reliability == pytest.approx(
        np.corrcoef(people.mean, one.skill)[0, 1] ** 2, abs=0.03
    )
    assert told.separation == pytest.approx(np.sqrt(told.reliability / (1 - told.reliability)))
    with pytest.raises(RatingsError, match="at least two"):
        fit.reliability(people.mean[:1], people.sd[:1])


def grouped(chance, shift, clients=500):
    """Two groups of clients; item 3 is `shift` harder for the second."""
    b = simulated.behaviours(12, chance)
    skill, second = chance.normal(size=clients), np.arange(clients) % 2 == 1
    client, item = np.repeat(np.arange(clients), 48), np.tile(np.arange(12), 4 * clients)
    sitting = np.arange(len(client)) // 12
    view = (skill[:, None] + chance.normal(0, 0.8, (clients, 4))).ravel()[sitting]
    view = view - shift * (second[client] & (item == 3))
    answers = drawn(b, item, view, chance)
    return ratings(clients=client, items=item, answers=answers, raters=sitting, steps=4), second


def test_an_item_that_is_harder_for_one_group_is_found_with_its_size():
    given, second = grouped(np.random.default_rng(35), 0.8)
    left = fit.residuals(calibrate(given))
    found = fit.differences(left, second, np.ones(500, bool), 12)
    assert [one.item for one in found if one.size != "A"] == [3]
    assert found[3].size == "C"
    assert found[3].amount == pytest.approx(0.8, abs=0.2)


def test_items_alike_for_both_groups_are_left_in_peace():
    given, second = grouped(np.random.default_rng(36), 0.0)
    found = fit.differences(fit.residuals(calibrate(given)), second, np.ones(500, bool), 12)
    assert [one.size for one in found] == ["A"] * 12


def test_small_groups_are_not_tested(found):
    second = np.zeros(400, bool)
    second[:29] = True
    assert fit.differences(fit.residuals(found), second, np.ones(400, bool), 20) == []


def test_categories_rise_and_a_muddled_one_shows(found):
    assert all(one.rises for one in fit.categories(found))
    assert sum(one.ordered for one in fit.categories(found)) >= 16
    assert sum(one.counts.sum() for one in fit.categories(found)) == 400 * 4 * 8
    one = simulated.world(Design(clients=300, raters=300, items=6), np.random.default_rng(37))
    answers = one.given.answers.copy()
    muddled = (one.given.items.codes == 2) & (answers == 2)
    answers[muddled] = np.random.default_rng(38).choice([1, 3], muddled.sum(), p=[0.9, 0.1])
    used = fit.categories(calibrate(replace(one.given, answers=answers)))
    assert used[2].counts[2] == 0
    assert np.isnan(used[2].views[2])
    assert not used[2].ordered


def test_clients_who_share_no_rater_are_islands():
    given = ratings(
        clients=[1, 1, 2, 2, 3, 3],
        items=["a", "b"] * 3,
        answers=[1, 2, 3, 1, 2, 2],
        raters=[10, 10, 10, 10, 11, 11],
        steps=4,
    )
    numbers, many = fit.islands(calibrate(given))
    assert many == 2
    assert numbers[0] == numbers[1] != numbers[2]
    one = simulated.world(Design(clients=100, raters=20), np.random.default_rng(39))
    assert fit.islands(calibrate(one.given))[1] == 1
