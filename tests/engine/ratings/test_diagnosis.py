"""What the makers of a framework are told: rounded, from many, and true of simulated worlds."""

import numpy as np

from coachwork.engine.ratings import diagnosis, simulated
from coachwork.engine.ratings.calibration import calibrate
from coachwork.engine.ratings.ratings import ratings


def world(clients=200, *, shift=0.0, seed=5):
    """Peers and reports, who read the first behaviour `shift` logits harder."""
    chance = np.random.default_rng(seed)
    n, items = clients, 8
    b = simulated.behaviours(items, chance)
    rows = {"clients": [], "raters": [], "kinds": [], "items": [], "answers": []}
    for client in range(n):
        skill = chance.normal()
        for k in range(4):
            kind = "peer" if k < 2 else "report"
            view = skill + chance.normal(0, 0.6)
            for item in range(items):
                steps = b[item] + (shift if kind == "report" and item == 0 else 0.0)
                p = np.exp(np.concatenate([[0.0], np.cumsum(view - steps)]))
                rows["answers"].append(int(chance.choice(5, p=p / p.sum())))
                rows["clients"].append(client)
                rows["raters"].append(4 * client + k)
                rows["kinds"].append(kind)
                rows["items"].append(f"i{item}")
    return ratings(**rows, steps=4)


PAIR = (("peer", "report"),)


def test_a_behaviour_that_one_kind_reads_harder_is_named_and_no_other():
    [seen] = diagnosis.diagnosis(calibrate(world(shift=1.0)), pairs=PAIR).between
    assert seen.tested
    assert [(item, size) for item, _amount, size in seen.items] == [("i0", "C")]
    assert 0.6 <= seen.items[0][1] <= 1.4


def test_where_both_read_alike_nothing_is_named():
    [seen] = diagnosis.diagnosis(calibrate(world(seed=6)), pairs=PAIR).between
    assert seen.tested and seen.items == ()


def test_with_few_raters_nothing_is_tested_and_with_few_answers_nothing_told():
    told = diagnosis.diagnosis(calibrate(world(clients=7)), pairs=PAIR)
    assert not told.between[0].tested
    assert {one.infit for one in told.items} == {None}
    assert {one.reliability for one in told.skills} == {None}


def test_figures_are_rounded_and_counts_in_tens():
    told = diagnosis.diagnosis(calibrate(world(clients=64)), pairs=PAIR)
    for one in told.items:
        assert one.answers == 250
        assert one.infit == round(one.infit, 1)
        assert all(abs(share * 20 - round(share * 20)) < 1e-9 for share in one.shares)
    assert told.skills[0].clients == 60
    assert 0.3 < told.skills[0].reliability <= 1.0
