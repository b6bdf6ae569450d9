"""What the client aims for, now and before."""

from django.db.models import Prefetch, Sum

from coachwork.evidence.models import Aim, AimTarget
from coachwork.frameworks import queries as frameworks
from coachwork.frameworks.models import Competency, RoleProfile, RoleTarget
from coachwork.people import access
from coachwork.people.access import Thing
from coachwork.people.models import Client, User


def aim(*, actor: User, client: Client) -> Aim | None:
    """The open aim with its role and its targets, or nothing chosen yet."""
    targets = AimTarget.objects.select_related("competency").order_by("position")
    found = (
        Aim.objects.filter(access.visible(actor, Thing.ASSESSMENT, client=client))
        .filter(ended_at__isnull=True)
        .select_related("role")
        .prefetch_related(Prefetch("targets", queryset=targets))
        .first()
    )
    if found is not None:
        found.client = client  # it is known, so nobody needs to ask for it again
    return found


def aims(*, actor: User, client: Client, limit: int = 20) -> list[Aim]:
    """All aims, the newest first."""
    rows = Aim.objects.filter(access.visible(actor, Thing.ASSESSMENT, client=client))
    return list(rows.select_related("role").order_by("-pk")[:limit])


def neighbours(*, actor: User, aim: Aim | None) -> list[Competency]:
    """All competencies of the framework that this aim, or else a newcomer, works with."""
    target = next(iter(aim.targets.all()), None) if aim else None
    known = [target.competency.framework_id] if target is not None else []
    framework = known or [role.framework_id for role in _shipped(actor)][:1]
    return list(Competency.objects.filter(framework__in=framework).order_by("position"))


def widely_asked(*, actor: User, limit: int = 10) -> list[Competency]:
    """What most roles ask for, in the order of the framework: a start for who just explores."""
    rows = RoleTarget.objects.filter(role__in=[role.pk for role in _shipped(actor=actor)])
    weights = rows.values("competency").annotate(weight=Sum("importance"))
    wanted = weights.order_by("-weight", "competency__position")[:limit]
    found = Competency.objects.in_bulk([row["competency"] for row in wanted])
    return sorted(found.values(), key=lambda row: row.position)


def _shipped(actor: User) -> list[RoleProfile]:
    roles = frameworks.roles(actor=actor)
    return [role for role in roles if role.source == RoleProfile.Source.CONTENT] or list(roles)
