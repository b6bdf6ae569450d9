"""Who gets what at every address: the checked-in table, walked with real people.

`url_matrix.txt` holds one line an address and one column a person. After a deliberate change, write
it anew with `COACHWORK_WRITE_MATRIX=1 ./test tests/rules/test_doors.py` and read the difference.
"""

import os
import re
from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client as Browser
from django.urls import URLPattern, URLResolver, get_resolver

from coachwork.people.models import (
    Client,
    ClientRow,
    Membership,
    MembershipRole,
    Organisation,
    Relation,
    Visibility,
)
from tests import builders as make
from tests.planting import plant_everything

TABLE = Path(__file__).with_name("url_matrix.txt")
PEOPLE = (
    "visitor",
    "client",
    "coach",
    "mentor",
    "partner",
    "manager",
    "sponsor",
    "stranger",
    "admin",
)
# Machinery with its own tests: sign-in pages, static files, the API.
ELSEWHERE = re.compile(r"^(account/|api/|static/)")


def addresses() -> list[tuple[str, str]]:
    """Every address of a page: its name and its pattern."""
    found: list[tuple[str, str]] = []

    def walk(patterns: list[URLPattern | URLResolver], before: str, space: str) -> None:
        for one in patterns:
            path = before + str(one.pattern)
            if isinstance(one, URLResolver):
                walk(one.url_patterns, path, one.namespace or space)
            elif not ELSEWHERE.match(path):
                found.append((f"{space}:{one.name}" if space else str(one.name), path))

    walk(get_resolver().url_patterns, "", "")
    return sorted(set(found))


@pytest.fixture
def cast(db):
    """Amira with a row of everything, the people around her, and people who are not."""
    amira = make.client()
    rows = plant_everything(amira)
    people = {"client": amira.user, "visitor": None, "stranger": make.client("eve").user}
    for relation in ("coach", "mentor", "partner", "manager", "sponsor"):
        people[relation] = make.helper(amira, relation, Relation(relation))
    organisation = Organisation.objects.create(name="Org", kind="company", created_at=make.NOW)
    people["admin"] = make.user("admin")
    for user, role in (
        (people["admin"], MembershipRole.ADMIN),
        (amira.user, MembershipRole.MEMBER),
    ):
        Membership.objects.create(
            organisation=organisation,
            user=user,
            role=role,
            created_at=make.NOW,
            accepted_at=make.NOW,
        )
    return amira, rows, people, organisation


def filled(path: str, amira: Client, rows: dict[type[ClientRow], ClientRow], organisation) -> str:
    """The address with the ids of Amira's own things in it."""
    known = {type(row).__name__.lower(): row.pk for row in rows.values()}
    known |= {"client": amira.pk, "organisation": organisation.pk}

    def value(match: re.Match[str]) -> str:
        kind, name = match[1], match[2]
        if kind == "int":
            return "1"
        if kind in {"str", "slug", "path"}:
            return "x"
        noun = name.removesuffix("_id").replace("_", "")
        return str(known.get(noun, rows_by_hint(noun, path, known)))

    return "/" + re.sub(r"<(?:(\w+):)?(\w+)>", value, path)


def rows_by_hint(noun: str, path: str, known: dict[str, UUID]) -> UUID:
    hints = {"competency": "P01"}
    if noun in hints:
        from coachwork.frameworks.models import Competency

        return Competency.objects.values_list("pk", flat=True)[0]
    return known["client"]


WALKED: list[str] = []


@pytest.fixture
def answers(db, request) -> list[str]:
    """The table as it is now; one walk serves all that is asked of it."""
    if not WALKED:
        WALKED.extend(walked(*request.getfixturevalue("cast")))
    return WALKED


def walked(amira, rows, people, organisation) -> list[str]:
    browsers = {}
    for name in PEOPLE:
        browsers[name] = Browser()
        if people[name] is not None:
            browsers[name].force_login(people[name])
    lines = ["address".ljust(44) + " ".join(name.ljust(8) for name in PEOPLE)]
    for name, path in addresses():
        address = filled(path, amira, rows, organisation)
        codes = [str(browsers[person].get(address).status_code) for person in PEOPLE]
        lines.append(name.ljust(44) + " ".join(code.ljust(8) for code in codes))
    return [line.rstrip() for line in lines]


def test_every_person_gets_at_every_address_what_the_table_says(answers):
    now = answers
    if os.environ.get("COACHWORK_WRITE_MATRIX"):
        TABLE.write_text("\n".join(now) + "\n", encoding="utf-8")
    assert now == TABLE.read_text(encoding="utf-8").splitlines()


def test_no_stranger_and_no_admin_reaches_a_page_about_a_client(answers):
    for line in answers[1:]:
        name, *codes = line.split()
        by_person = dict(zip(PEOPLE, codes, strict=True))
        if name.endswith("-of"):
            # 405: only an act lives there; its own tests ask who may.
            assert {by_person["stranger"], by_person["admin"]} <= {"404", "405"}, line
            assert by_person["visitor"] == "302", line


def test_a_sponsor_and_a_manager_reach_no_page_about_a_client(answers):
    for line in answers[1:]:
        name, *codes = line.split()
        by_person = dict(zip(PEOPLE, codes, strict=True))
        if name.endswith("-of"):
            assert {by_person["sponsor"], by_person["manager"]} <= {"404", "405"}, line


def test_no_page_answers_a_visitor_or_a_helper_with_a_fault(answers):
    assert [line for line in answers[1:] if " 500" in line] == []


def test_every_class_of_visibility_is_one_of_six():
    assert {one.value for one in Visibility} == {"V0", "V1", "V2", "V3", "V4", "V5"}
