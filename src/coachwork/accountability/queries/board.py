"""The board of a Monday: who asks for help, what there is to be glad of, and whom to write to."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from coachwork.accountability.models import CheckIn, Commitment, SupportRequest
from coachwork.kit import weeks
from coachwork.people import access
from coachwork.people.access import Thing
from coachwork.people.models import Client, Relation, User

MOST = 200
WINS = timedelta(days=7)


@dataclass
class Place:
    """One client on the board."""

    client: Client
    asks: list[SupportRequest] = field(default_factory=list)
    check_in: CheckIn | None = None
    wins: list[Commitment] = field(default_factory=list)


def board(*, actor: User, today: date) -> list[Place]:
    """The actor's clients: those who ask first, then those who answered, then the others."""
    coached = access.open_relationships(actor).filter(kind=Relation.COACH).values("client")
    clients = list(Client.objects.filter(pk__in=coached).order_by("name", "pk")[:MOST])
    places: dict[UUID, Place] = {one.pk: Place(one) for one in clients}
    seen = access.visible(actor, Thing.CHECK_INS)
    asked = SupportRequest.objects.filter(
        seen, to=actor, client__in=clients, state__in=("open", "acknowledged")
    )
    for request in asked.order_by("due_at"):
        places[request.client_id].asks.append(request)
    answers = CheckIn.objects.filter(
        seen, client__in=clients, week_on__gte=weeks.monday(today) - timedelta(weeks=1)
    )
    for answer in answers.order_by("week_on"):
        places[answer.client_id].check_in = answer
    won = Commitment.objects.filter(
        seen, client__in=clients, state="kept", settled_at__date__gte=today - WINS
    )
    kept: dict[UUID, list[Commitment]] = defaultdict(list)
    for one in won.order_by("pk")[:MOST]:
        kept[one.client_id].append(one)
    for key, wins in kept.items():
        places[key].wins = wins[:3]

    def order(place: Place) -> tuple[bool, bool, str]:
        helped = place.check_in is not None and place.check_in.wants_help
        return not (place.asks or helped), place.check_in is None, place.client.name

    return sorted(places.values(), key=order)
