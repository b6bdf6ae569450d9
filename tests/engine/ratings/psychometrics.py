"""Published rating data and what other programs make of them; beside the source, never in it."""

import csv
from pathlib import Path

import numpy as np
import pytest

from coachwork.engine.ratings.ratings import Ratings, ratings

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "data" / "psy"


def rows(name: str) -> list[list[str]]:
    path = FOLDER / name
    if not path.exists():
        pytest.skip(f"../shared/data/psy/{name} is not here")
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))


def number(text: str) -> float:
    return float("nan") if text in {"NA", ""} else float(text)


def questionnaire(name: str, columns: list[str], lowest: int = 0) -> Ratings:
    """A file with a row a person and a column an item; NA is not seen."""
    head, *body = rows(name)
    columns = columns or head
    answers = np.array([[number(row[head.index(one)]) for one in columns] for row in body])
    return ratings(
        clients=np.repeat(np.arange(len(body)), len(columns)),
        items=np.tile(np.array(columns), len(body)),
        answers=answers.ravel(),
        lowest=lowest,
    )


def rated(name: str) -> Ratings:
    """A file with a row a rating of one person by one rater, criteria k1, k2, ..."""
    head, *body = rows(name)
    criteria = [one for one in head if one.startswith("k")]
    long = [
        (int(row[0]), one, number(row[head.index(one)]), row[head.index("rater")])
        for row in body
        for one in criteria
    ]
    clients, items, answers, raters = zip(*long, strict=True)
    return ratings(clients=clients, items=items, answers=answers, raters=raters)


def thresholds(name: str) -> dict[str, np.ndarray]:
    table = rows(f"ref/{name}_TAM_pcm_thresholds.csv")[1:]
    return {row[0]: np.array([number(x) for x in row[1:] if x not in {"", "NA"}]) for row in table}


def facets(name: str) -> dict[tuple[str, str], float]:
    """(parameter, facet) -> estimate."""
    return {(row[1], row[2]): float(row[3]) for row in rows(f"ref/{name}_TAM_mfr_xsi.csv")[1:]}


def people(name: str) -> np.ndarray:
    """EAP and its standard deviation; of facets with the person's number before them."""
    return np.array([[float(x) for x in row[1:]] for row in rows(f"ref/{name}_persons.csv")[1:]])


def deviance(name: str) -> float:
    return next(float(row[2]) for row in rows("ref/SUMMARY_deviances.csv") if row[0] == name)
