"""One-line builders of the ledger: what was said of Amira, by whom, how long ago."""

from datetime import datetime
from decimal import Decimal
from itertools import count
from typing import Any

from coachwork.evidence import actions as evidence
from coachwork.evidence.models import Aim, Evidence, GapDecision
from coachwork.frameworks.models import Competency, RoleProfile
from coachwork.people.models import Client, User, Visibility
from tests import builders as make

_numbers = count(1)


def user_of(owner: Client) -> User:
    """The person whose record it is."""
    assert owner.user is not None
    return owner.user


def said(
    owner: Client,
    competency: Competency,
    source: str,
    level: float | None,
    *,
    days: int = 0,
    actor: User | None = None,
    **more: Any,
) -> Evidence:
    """One observation so many days before now."""
    at: datetime = make.NOW - make.days(days)
    return evidence.record(
        actor=actor or user_of(owner),
        client=owner,
        competency=competency,
        source=source,
        level=None if level is None else Decimal(str(level)),
        occasion_on=at.date(),
        provenance=str(more.pop("provenance", f"test:{next(_numbers)}")),
        at=at,
        **more,
    )


def aim(owner: Client, role: RoleProfile, **more: Any) -> Aim:
    """The owner aims for this role."""
    return evidence.set_aim(
        actor=user_of(owner),
        client=owner,
        kind="next",
        title=role.title,
        role=role,
        at=make.NOW,
        **more,
    )


def agree(owner: Client, competency: Competency, level: float, reason: str = "Seen often") -> None:
    """The owner agrees a level."""
    evidence.agree_level(
        actor=user_of(owner),
        client=owner,
        competency=competency,
        level=level,
        reason=reason,
        at=make.NOW,
    )


def decide(owner: Client, competency: Competency, decision: str, **more: Any) -> GapDecision:
    """The owner decides about a gap."""
    return evidence.decide_gap(
        actor=user_of(owner),
        client=owner,
        competency=competency,
        decision=decision,
        at=make.NOW,
        **more,
    )


def fill(
    owner: Client,
    competencies: list[Competency],
    rows: int,
    visibility: Visibility = Visibility.PRIVATE,
) -> None:
    """So many rows: mostly practice, with a level from peers now and then."""
    Evidence.objects.bulk_create(
        Evidence(
            **make.about(owner, visibility),
            competency=competencies[n % len(competencies)],
            source="peer" if n % 10 == 0 else "self",
            level=Decimal(3) if n % 10 == 0 else None,
            chance="" if n % 10 == 0 else "did",
            n_raters=3,
            occasion_on=(make.NOW - make.days(n % 400)).date(),
            provenance=f"fill:{n}",
        )
        for n in range(rows)
    )
