"""What somebody wrote for themselves."""

from uuid import UUID

from coachwork.people import access
from coachwork.people.access import Thing, Verb
from coachwork.people.models import Client, User
from coachwork.tracks.models import StyleCard, Talk, ToolRun, TriggerMap

NEWEST = 30


def trigger_maps(*, actor: User, client: Client) -> list[TriggerMap]:
    """The newest trigger maps that the reader may see."""
    access.require(actor, Verb.WRITE, Thing.MOODS, client)
    seen = access.visible(actor, Thing.MOODS, client=client)
    return list(TriggerMap.objects.filter(seen).order_by("-id")[:NEWEST])


def trigger_map(*, actor: User, trigger_map_id: UUID) -> TriggerMap:
    """One trigger map, for its writer."""
    seen = access.visible(actor, Thing.MOODS)
    found = TriggerMap.objects.filter(seen).select_related("client").get(pk=trigger_map_id)
    access.require(actor, Verb.WRITE, Thing.MOODS, found.client)
    return found


def talks(*, actor: User, client: Client) -> list[Talk]:
    """The newest plans for talks."""
    access.require(actor, Verb.READ, Thing.PLAN, client)
    seen = access.visible(actor, Thing.PLAN, client=client)
    return list(Talk.objects.filter(seen).order_by("-id")[:NEWEST])


def talk(*, actor: User, talk_id: UUID) -> Talk:
    """One plan for a talk."""
    seen = access.visible(actor, Thing.PLAN)
    return Talk.objects.filter(seen).select_related("client").get(pk=talk_id)


def runs(*, actor: User, client: Client) -> list[ToolRun]:
    """The newest conversations with oneself, those under way first."""
    access.require(actor, Verb.READ, Thing.PLAN, client)
    seen = access.visible(actor, Thing.PLAN, client=client)
    return list(ToolRun.objects.filter(seen).order_by("ending", "-id")[:NEWEST])


def tool_run(*, actor: User, tool_run_id: UUID) -> ToolRun:
    """One conversation with oneself."""
    seen = access.visible(actor, Thing.PLAN)
    return ToolRun.objects.filter(seen).select_related("client").get(pk=tool_run_id)


def card(*, actor: User, client: Client) -> StyleCard | None:
    """The page about how somebody works, where there is one for this reader."""
    access.require(actor, Verb.READ, Thing.PLAN, client)
    seen = access.visible(actor, Thing.PLAN, client=client)
    return StyleCard.objects.filter(seen).select_related("client").first()
