"""Links of one tap for mails: what came of an if-then, or to change it; they need no sign-in."""

from datetime import date
from uuid import UUID

from django.urls import reverse

from coachwork.kit import signed
from coachwork.moments.models import CHANGES, TAP, standing
from coachwork.people import access
from coachwork.people.access import Thing, Verb
from coachwork.people.models import Client, User
from coachwork.plans.models import IfThen


def tap_link(*, actor: User, client: Client, if_then_id: UUID, on: date) -> str:
    """The path of the link for one if-then and one day; it carries ids and no words."""
    access.require(actor, Verb.WRITE, Thing.PLAN, client)
    token = signed.token(TAP, actor.pk, client.pk, if_then_id, on.isoformat())
    return reverse("moments:tap", args=[token])


def change_links(*, actor: User, if_then: IfThen, on: date) -> dict[str, str]:
    """The paths of the links that make one if-then smaller, move it or drop it.

    Each does one thing, while the if-then stands as it does now: using one ends them all.
    """
    access.require_row(actor, Verb.WRITE, Thing.PLAN, if_then)
    facts = (actor.pk, if_then.client_id, if_then.pk, on.isoformat(), standing(if_then))
    return {
        act: reverse(f"moments:change-{act}", args=[signed.token(f"if-then.{act}", *facts)])
        for act in CHANGES
    }
