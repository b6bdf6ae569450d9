"""Against data that we did not write: what TAM and others estimate from them."""

from dataclasses import replace

import numpy as np
import pytest

from coachwork.engine.ratings import fit
from coachwork.engine.ratings.calibration import calibrate
from coachwork.engine.ratings.classical import facets
from coachwork.engine.ratings.settings import CLASSICAL, UNRATED, Kind
from tests.engine.ratings import psychometrics

SCIENCE = ["Comfort", "Work", "Future", "Benefit"]
VERBAL = [
    f"S{s}{mode}{verb}"
    for s in range(1, 5)
    for verb in ("Curse", "Scold", "Shout")
    for mode in ("Want", "Do")
]
QUESTIONNAIRES = [
    ("Science4", "ltm_Science.csv", SCIENCE, 1),
    ("liking.science", "sirt_liking.science.csv", [], 0),
    ("VerbalAggression", "psychotools_VerbalAggression.csv", VERBAL, 0),
    ("bfi_A", "bfi_A_keyed.csv", [], 0),
]
RATED = [
    ("ratings1", "sirt_ratings1.csv"),
    ("ratings2", "sirt_ratings2.csv"),
    ("immer01b", "immer_immer01b.csv"),
]


@pytest.mark.parametrize(("name", "file", "columns", "lowest"), QUESTIONNAIRES)
def test_partial_credit_is_that_of_tam(name, file, columns, lowest):
    found = calibrate(psychometrics.questionnaire(file, columns, lowest), settings=UNRATED)
    assert found.converged
    for item, steps in psychometrics.thresholds(name).items():
        assert np.abs(found.scale.item(item) - steps).max() < 0.005
    theirs = psychometrics.people(f"{name}_TAM_pcm")
    assert np.abs(found.clients[0].mean - theirs[:, 0]).max() < 0.001
    assert np.abs(found.clients[0].sd - theirs[:, 1]).max() < 0.001
    ours = -2 * (found.log_likelihood or 0)
    assert ours == pytest.approx(psychometrics.deviance(name), rel=1e-6)


@pytest.mark.parametrize(("name", "file"), RATED)
def test_facets_are_those_of_tam(name, file):
    found = facets(psychometrics.rated(file))
    assert found.converged
    theirs = psychometrics.facets(name)
    severity = {
        parameter.removeprefix("rater").lstrip("R"): value
        for (parameter, facet), value in theirs.items()
        if facet == "rater"
    }
    off = [
        value - severity[str(who).lstrip("R")]
        for who, value in zip(found.raters, found.severity, strict=True)
    ]
    assert np.abs(off).max() < 0.01
    for item, steps in zip(found.items, found.thresholds, strict=True):
        for j, ours in enumerate(steps):
            whole = theirs[item, "item"] + theirs[f"step{j + 1}", "step"]
            whole += theirs.get((f"{item}:step{j + 1}", "item:step"), 0.0)
            assert abs(ours - whole) < 0.005
    people = psychometrics.people(f"{name}_TAM_mfr")
    mean = dict(zip(found.clients.tolist(), found.mean, strict=True))
    differences = np.array([mean[int(row[0])] - row[1] for row in people])
    assert np.sqrt((differences**2).mean()) < 0.001


@pytest.mark.parametrize(("name", "file"), RATED)
def test_random_severities_without_their_shrinkage_are_the_fixed_ones(name, file):
    """EP with the halo off is an approximation of the same model, by another road."""
    bare = replace(CLASSICAL, kinds={"peer": Kind(severity=0.5, dyad=0.0, halo=0.0)})
    found = calibrate(psychometrics.rated(file), settings=bare)
    raters, prior = found.raters[0], found.scale.kinds["peer"].severity ** 2
    unshrunk = raters.severity / (1 - raters.sd**2 / prior)
    fixed = facets(psychometrics.rated(file)).severity
    assert np.abs(unshrunk - unshrunk.mean() - fixed).max() < 0.01


@pytest.mark.parametrize(("name", "file"), RATED)
def test_real_raters_have_a_halo_and_reliability_falls_when_it_is_counted(name, file):
    given = psychometrics.rated(file)
    bare = replace(CLASSICAL, kinds={"peer": Kind(severity=0.5, dyad=0.0, halo=0.5)})
    without, found = (
        calibrate(given, settings=bare),
        calibrate(given, settings=replace(bare, halo=True)),
    )
    published = {"ratings1": 0.55, "ratings2": 0.64, "immer01b": 0.59}[name]
    assert found.scale.kinds["peer"].halo == pytest.approx(published, abs=0.05)
    told = [
        fit.reliability(one.clients[0].mean, one.clients[0].sd).reliability
        for one in (without, found)
    ]
    assert told[1] < told[0] - 0.03


def test_mean_squares_are_near_those_of_tam():
    head, *body = psychometrics.rows("ref/Science4_TAM_pcm_itemfit.csv")
    theirs = {row[1]: (float(row[-1]), float(row[3])) for row in body}
    assert head[-1] == "Infit"
    found = calibrate(psychometrics.questionnaire("ltm_Science.csv", SCIENCE, 1), settings=UNRATED)
    left = fit.residuals(found)
    ours = fit.fit(left, left.item, len(SCIENCE))
    for row, item in enumerate(found.scale.items):
        assert (ours.infit[row], ours.outfit[row]) == pytest.approx(theirs[item], abs=0.06)
