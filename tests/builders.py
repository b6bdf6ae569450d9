"""The cast and the things a test needs, one line each.

Amira is the client, Carl her coach, Mona her manager, Pia a partner, Max a mentor, Sina a sponsor.
"""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from coachwork.frameworks.models import (
    Anchor,
    Behaviour,
    Competency,
    Framework,
    RoleProfile,
    RoleTarget,
)
from coachwork.people import actions as people
from coachwork.people.models import Client, Relation, Relationship, User, Visibility

NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)  # a Monday


def days(n: int) -> timedelta:
    return timedelta(days=n)


def user(name: str = "amira", **fields: object) -> User:
    """A user with a verified address and the password `name`-password."""
    made = User.objects.create_user(
        email=f"{name}@example.org", password=f"{name}-password", name=name.title(), **fields
    )
    made.emailaddress_set.create(email=made.email, verified=True, primary=True)
    return made


def client(name: str = "amira") -> Client:
    """A person who owns their record: use `.user` as the actor."""
    return people.open_record(actor=user(name), name=name.title(), at=NOW)


def helper(of: Client, name: str, kind: Relation, *, consented: bool = True) -> User:
    """Somebody who helps the client, with the client's consent unless said otherwise."""
    made = user(name)
    Relationship.objects.create(
        client=of,
        user=made,
        kind=kind,
        created_by=of.user,
        created_at=NOW,
        accepted_at=NOW,
        consented_at=NOW if consented else None,
    )
    return made


def framework(slug: str = "core", *, status: str = Framework.Status.PUBLISHED) -> Framework:
    """An empty published framework."""
    return Framework.objects.create(
        slug=slug, name=slug.title(), status=status, created_at=NOW, published_at=NOW
    )


def competency(
    code: str = "C01", *, within: Framework | None = None, name: str = "", behaviours: int = 3
) -> Competency:
    """A competency with behaviours and five anchors, in the framework `core` unless told."""
    home = within or Framework.objects.filter(slug="core").first() or framework()
    made = Competency.objects.create(
        framework=home,
        code=code,
        group="Group",
        name=name or f"Skill {code}",
        description=f"What {code} is.",
        position=home.competencies.count(),
    )
    for n in range(1, behaviours + 1):
        Behaviour.objects.create(
            competency=made, code=f"{code}.{n}", position=n, text=f"does {code} thing {n}"
        )
    for level in range(1, 6):
        Anchor.objects.create(competency=made, level=level, text=f"{code} at level {level}")
    return made


def role(title: str = "Team lead", **levels: float) -> RoleProfile:
    """A role profile: role(C01=3, C02=4); competencies are made where they are missing."""
    home = Framework.objects.filter(slug="core").first() or framework()
    made = RoleProfile.objects.create(
        slug=title.lower().replace(" ", "-"),
        framework=home,
        title=title,
        valid_from=NOW.date(),
    )
    for position, (code, level) in enumerate(levels.items()):
        found = home.competencies.filter(code=code).first() or competency(code)
        RoleTarget.objects.create(
            role=made,
            competency=found,
            level=Decimal(str(level)),
            importance=3 if position == 0 else 2,
            position=position,
        )
    return made


def about(owner: Client, visibility: Visibility = Visibility.PRIVATE) -> dict[str, object]:
    """The fields that every row about a person has."""
    return {
        "client": owner,
        "visibility": visibility,
        "created_by": owner.user,
        "created_at": NOW,
    }
