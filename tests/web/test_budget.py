"""No page asks the database more than twelve times, however many rows there are.

The walk is over all addresses, so a page that is added tomorrow is counted without a line here.
"""

import re
from dataclasses import dataclass

import pytest
from django.db import transaction
from django.test import Client as Browser

from coachwork.frameworks.models import Catalogue, Concept, Framework, ImportRun, RoleProfile
from coachwork.notifications.models import Message
from coachwork.people.models import ApiToken, Membership, Organisation, Relation, Share, Thing
from coachwork.practice import actions as practice
from coachwork.practice import queries as scenes
from coachwork.practice.models import Attempt
from coachwork.reflection import actions as reflection
from coachwork.reflection.models import Entry, JournalKey
from tests import builders as make
from tests import crowd
from tests.counting import counted
from tests.journeys.pages import routes
from tests.planting import plant_everything

LIMIT = 12  # the session and the person are two of them
FEW, MANY = 10, 1_000
# A page may ask once more about what the few rows do not have; a question for each row asks many.
ONCE_MORE = 2
EXAMPLES = 3  # rows of a kind whose own pages are opened: each is in another state
COMPETENCIES = 40
PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
# Not pages that these two can open; and why.
UNSEEN = re.compile(
    r"^static/"
    r"|^account/logout/"  # afterwards nobody is signed in
    r"|^assess/answers/"  # the form of a rater, after a link from a mail
    r"|<str:(token|key)>|^account/.*<|^people/invitation/$"  # opened by a secret from a mail
    r"|^people/setup/"  # only while there is no account at all
    r"|^account/2fa/(recovery-codes|totp/deactivate)"  # both sign in by password alone
)


class House:
    """Amira, her coach Carl, what they may work on, and so many rows of everything."""

    def __init__(self, times: int) -> None:
        self.amira = make.client()
        self.carl = make.helper(self.amira, "carl", Relation.COACH)
        self.organisation = Organisation.objects.create(
            name="Org", kind="company", created_at=make.NOW
        )
        for user in (self.amira.user, self.carl):
            Membership.objects.create(
                organisation=self.organisation,
                user=user,
                role="admin",
                created_at=make.NOW,
                accepted_at=make.NOW,
            )
        self._catalogues()
        rows = plant_everything(self.amira)
        copies = crowd.fill(rows, times, coach=self.carl, organisation=self.organisation)
        self._journal()
        self._scenes()
        self.rows = {
            model.__name__.lower(): [row, *copies.get(model, ())][:EXAMPLES]
            for model, row in rows.items()
        }

    def _journal(self) -> None:
        """Pages that were really sealed: of planted ones nothing can be read."""
        JournalKey.objects.filter(client=self.amira).delete()
        said = {"answers": [["What happened?", "x"]], "choice": "x"}
        for kind in ("free", "decision"):
            for _n in range(EXAMPLES):
                reflection.keep_entry(
                    actor=self.amira.user, client=self.amira, kind=kind, words=said,
                    written_on=make.NOW.date(), at=make.NOW,
                )  # fmt: skip

    def _scenes(self) -> None:
        """Scenes that ship, one at its beginning and one thought through."""
        scene = scenes.role_play(actor=self.amira.user, code="brief-in-the-round")
        self.attempts = []
        for record, state in (([], "started"), ([2, 1], "submitted"), ([2, 1], "rated")):
            made = practice.start(
                actor=self.amira.user, client=self.amira, role_play=scene, at=make.NOW
            )
            Attempt.objects.filter(pk=made.pk).update(record=record, state=state)
            self.attempts.append(made.pk)

    def _catalogues(self) -> None:
        home = make.framework()
        codes = [f"C{number:02}" for number in range(COMPETENCIES)]
        for code in codes:
            make.competency(code, within=home)
        make.role("Team lead", **dict.fromkeys(codes[:10], 3))
        draft = make.framework("own", status=Framework.Status.DRAFT)
        Framework.objects.filter(pk=draft.pk).update(organisation=self.organisation)
        make.competency("D01", within=draft)
        Catalogue.objects.create(
            source="esco", release="1", attribution="ESCO", imported_at=make.NOW
        )
        ImportRun.objects.create(
            kind="table", organisation=self.organisation, created_at=make.NOW, status="done"
        )
        Concept.objects.create(
            source="esco", uri="u:1", kind="occupation", name="Nurse", release="1"
        )

    def ids(self, noun: str) -> list[object]:
        """Examples of what an address asks for."""
        tables = {
            "competency": self.rows["evidence"][0].competency.framework.competencies,
            "framework": Framework.objects.order_by("-created_at"),
            "role": RoleProfile.objects,
            "concept": Concept.objects,
            "membership": Membership.objects,
            "token": ApiToken.objects,
            "message": Message.objects,
            "run": ImportRun.objects,
            "share": Share.objects.filter(reader=self.carl, thing=Thing.GOALS),
        }
        if noun == "attempt":
            return self.attempts
        if noun == "entry":
            pages = Entry.objects.filter(client=self.amira)
            kinds = ("free", "decision")
            return [
                pages.filter(kind=one).order_by("-pk").values_list("pk", flat=True)[0]
                for one in kinds
            ]
        plain = {
            "client": [self.amira.pk],
            "organisation": [self.organisation.pk],
            "thing": [Thing.GOALS],
            "item": [row.pk for row in self.rows["goal"]],
            "assessment": [row.pk for row in self.rows["selfassessment"]],
            "question": [row.pk for row in self.rows["selfrating"]],
            "position": [1, 2],
            "kind": ["after_event"],
            "track": ["listen-first"],
            "tool": ["grow"],
            "pack": ["adaptability"],
            "code": ["listen-and-be-brief", "lead-a-change", "brief-in-the-round"],
        }
        if noun in tables:
            return list(tables[noun].values_list("pk", flat=True)[:EXAMPLES])
        if noun in plain:
            return plain[noun]
        return [row.pk for row in self.rows[noun]]

    def addresses(self, route: str) -> list[str]:
        """The addresses of this pattern, one for each example of what it asks for."""
        names = [
            name.removesuffix("_id").replace("_", "") for _kind, name in PARAMETER.findall(route)
        ]
        examples = [self.ids(name) for name in names]
        number = max(map(len, examples), default=1)
        return [
            _filled(route, [known[n] if n < len(known) else known[0] for known in examples])
            for n in range(number)
        ]


def _filled(route: str, values: list[object]) -> str:
    left = iter(values)
    return "/" + PARAMETER.sub(lambda _match: str(next(left)), route)


@dataclass(frozen=True)
class Visit:
    """One address that one person opened: what it answered, and what it asked."""

    person: str
    route: str
    example: int
    status: int
    questions: tuple[str, ...]

    @property
    def place(self) -> tuple[str, str, int]:
        return self.person, self.route, self.example

    def __str__(self) -> str:
        said = [f"{len(self.questions)} questions of {self.route} as {self.person}"]
        return "\n  ".join([*said, *(question[:300] for question in self.questions)])


def walk(house: House) -> list[Visit]:
    """Every address, as Amira and as Carl."""
    visits = []
    for person, user in (("client", house.amira.user), ("coach", house.carl)):
        browser = Browser()
        browser.force_login(user)
        for route in routes():
            if UNSEEN.search(route):
                continue
            for example, address in enumerate(house.addresses(route)):
                with counted() as questions:
                    answer = browser.get(address)
                visits.append(Visit(person, route, example, answer.status_code, tuple(questions)))
    return visits


@pytest.fixture
def visits(db, settings) -> dict[int, list[Visit]]:
    """The walk through a house with few rows and through one with many."""
    settings.DEMO = True  # only then there is an outbox to read
    found = {}
    for times in (FEW, MANY):
        with transaction.atomic():
            found[times] = walk(House(times))
            transaction.set_rollback(True)
    return found


@pytest.mark.slow
def test_no_page_asks_more_than_twelve_times_and_never_more_for_more_rows(visits):
    for times, walked in visits.items():
        over = [str(visit) for visit in walked if len(visit.questions) > LIMIT]
        assert not over, f"with {times} rows:\n" + "\n".join(over)
        # A page that only ever refused was not measured: then this house lacks what it shows.
        seen = {visit.route for visit in walked if visit.status not in {403, 404}}
        unseen = sorted({visit.route for visit in walked} - seen)
        assert not unseen, "\n".join(unseen)
    few = {visit.place: visit for visit in visits[FEW] if visit.status == 200}
    more = [
        f"{len(few[visit.place].questions)} with {FEW} rows, but {visit}"
        for visit in visits[MANY]
        if visit.place in few and len(visit.questions) > len(few[visit.place].questions) + ONCE_MORE
    ]
    assert not more, "\n".join(more)
