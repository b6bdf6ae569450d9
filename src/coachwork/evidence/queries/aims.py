"""What the client aims for, now and before."""

from django.db.models import Prefetch

from coachwork.evidence.models import Aim, AimTarget
from coachwork.people import access
from coachwork.people.access import Thing
from coachwork.people.models import Client, User


def aim(*, actor: User, client: Client) -> Aim | None:
    """The open aim with its role and its targets, or nothing chosen yet."""
    targets = AimTarget.objects.select_related("competency").order_by("position")
    return (
        Aim.objects.filter(access.visible(actor, Thing.ASSESSMENT, client=client))
        .filter(ended_at__isnull=True)
        .select_related("role")
        .prefetch_related(Prefetch("targets", queryset=targets))
        .first()
    )


def aims(*, actor: User, client: Client, limit: int = 20) -> list[Aim]:
    """All aims, the newest first."""
    rows = Aim.objects.filter(access.visible(actor, Thing.ASSESSMENT, client=client))
    return list(rows.select_related("role").order_by("-pk")[:limit])
