"""Arriving, belonging, and letting others in."""

from coachwork.exchange.demo.script import Step
from coachwork.exchange.demo.stage import Stage
from coachwork.people import actions as people
from coachwork.people.models import Packaging, Relationship, Share


def sets_up(stage: Stage, step: Step) -> None:
    """The very first person sets the installation up, with an organisation of their own."""
    user = stage.host(step.who, step.at, step.words["organisation"], step.words["kind"])
    place = user.memberships.select_related("organisation").get()
    stage.organisations[step.words["key"]] = place.organisation


def signs_up(stage: Stage, step: Step) -> None:
    stage.arrive(step.who, step.at)


def founds(stage: Stage, step: Step) -> None:
    stage.organisations[step.words["key"]] = people.create_organisation(
        actor=stage.actor(step), name=step.words["name"], kind=step.words["kind"], at=step.at
    )


def joins(stage: Stage, step: Step) -> None:
    """Somebody of the organisation asks them in, and they follow the link."""
    host = stage.users[step.words["asked_by"]]
    place = stage.organisations[step.words["organisation"]]
    _row, link = people.invite_member(
        actor=host,
        organisation=place,
        email=step.who.email,
        role=step.words.get("role", "member"),
        at=step.at,
    )
    people.accept_membership(actor=stage.actor(step), token=link, at=step.at)


def opens_record(stage: Stage, step: Step) -> None:
    people.open_record(
        actor=stage.actor(step),
        name=step.who.name,
        packaging=Packaging(step.words.get("packaging", Packaging.SELF_COACHED)),
        at=step.at,
    )


def invites_client(stage: Stage, step: Step) -> None:
    """A coach starts a record for the person whose story this is."""
    place = step.words.get("organisation")
    _client, stage.links[step.who.key, "claim"] = people.invite_client(
        actor=stage.actor(step),
        name=step.who.name,
        email=step.who.email,
        organisation=stage.organisations[place] if place else None,
        at=step.at,
    )


def claims(stage: Stage, step: Step) -> None:
    """They take the record over, and let in who asked."""
    user = stage.arrive(step.who, step.at)
    client = people.claim_record(actor=user, token=stage.links[step.who.key, "claim"], at=step.at)
    for bond in Relationship.objects.filter(client=client, consented_at__isnull=True):
        people.consent(actor=user, relationship=bond, at=step.at)


def asks(stage: Stage, step: Step) -> None:
    """The client asks somebody to be something to them."""
    other = stage.users[step.words["who"]]
    _row, stage.links[step.who.key, step.words["who"]] = people.propose_relationship(
        actor=stage.actor(step),
        client=stage.client(step),
        name=other.name,
        email=other.email,
        relation=step.words["as"],
        at=step.at,
    )


def accepts(stage: Stage, step: Step) -> None:
    """Who was asked follows the link and says yes."""
    link = stage.links[step.who.key, step.words["by"]]
    people.accept_invitation(actor=stage.actor(step), token=link, at=step.at)


def shares(stage: Stage, step: Step) -> None:
    row = stage.kept(step, step.words["what"])
    for reader in step.words["with"]:
        people.share(
            actor=stage.actor(step),
            thing=row.policy,
            row=row,
            reader=stage.users[reader],
            at=step.at,
        )


def opens_share(stage: Stage, step: Step) -> None:
    """A reader has it before their eyes."""
    row, reader = stage.kept(step, step.words["what"]), stage.actor(step)
    share = Share.objects.get(client=row.client, item=row.pk, reader=reader)
    people.mark_opened(actor=reader, share=share, at=step.at)
