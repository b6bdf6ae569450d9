"""Where the stories happen: who is there, what has been made so far, and how a step is played."""

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Model

from coachwork.exchange.demo import cast, script
from coachwork.exchange.demo.cast import PASSWORD, Character
from coachwork.exchange.demo.script import Step
from coachwork.frameworks import actions as frameworks
from coachwork.frameworks.models import Behaviour, Competency, RoleProfile
from coachwork.notifications import actions as notifications
from coachwork.notifications.models import Message
from coachwork.people import actions as people
from coachwork.people.models import Client, Organisation, User

FRAMEWORK = ("career-core-40", 1)


class Stage:
    """The world of the demo while it is being lived."""

    def __init__(self, *, opens_at: datetime, echo: Callable[[str], object]) -> None:
        self.users: dict[str, User] = {}
        self.organisations: dict[str, Organisation] = {}
        self.links: dict[tuple[str, str], str] = {}  # personal links that wait to be followed
        self.rows: dict[tuple[str, str], tuple[type[Model], object]] = {}
        self.played = 0
        self.echo = echo
        self._month = ""
        frameworks.load_content(at=opens_at)

    def pass_by(self, at: datetime) -> None:
        """A step has been played: what it caused happens too, and the clock goes on."""
        self._send_mail(at)
        self.played += 1
        month = f"{at:%B %Y}"
        if month != self._month:
            self._month = month
            self.echo(month)

    def _send_mail(self, at: datetime) -> None:
        """What a worker does, without a mail server: nobody lives at these addresses."""
        waiting = Message.objects.filter(state=Message.State.QUEUED, due_at__lte=at)
        for message_id in waiting.values_list("pk", flat=True):
            message = notifications.take(message_id=message_id, at=at)
            if message is not None:
                notifications.sent(message=message, at=at)

    def arrive(self, who: Character, at: datetime) -> User:
        """Make the account of somebody who signs up."""
        user = people.create_account(
            email=who.email, name=who.name, password=None, record=False, at=at
        )
        # Everybody's password is the same, so it is hashed once: that is slow on purpose.
        user.password = self.users[cast.host().key].password
        user.save(update_fields=["password"])
        return self.settle(user, who, at)

    def settle(self, user: User, who: Character, at: datetime) -> User:
        """Let the product know where they live."""
        people.change_settings(
            actor=user,
            name=who.name,
            locale=script.LOCALE,
            timezone=who.zone,
            theme=User.Theme.SYSTEM,
            at=at,
        )
        self.users[who.key] = user
        return user

    def host(self, who: Character, at: datetime, organisation: str, kind: str) -> User:
        """Set the installation up, as its first person does."""
        user = people.set_up(
            email=who.email,
            name=who.name,
            password=PASSWORD,
            organisation=organisation,
            kind=kind,
            at=at,
        )
        return self.settle(user, who, at)

    def actor(self, step: Step) -> User:
        """Who does this."""
        return self.users[step.words["by"]]

    def client(self, step: Step) -> Client:
        """Whose record it is about."""
        return self.users[step.who.key].client

    def keep(self, step: Step, row: Model) -> None:
        """Remember a row under the name that the story gives it."""
        if "key" in step.words:
            self.rows[step.who.key, step.words["key"]] = (type(row), row.pk)

    def kept(self, step: Step, key: str) -> Any:
        """A row that the story has named, as it stands now."""
        model, pk = self.rows[step.who.key, key]
        return model._default_manager.get(pk=pk)

    @cached_property
    def competencies(self) -> dict[str, Competency]:
        slug, version = FRAMEWORK
        rows = Competency.objects.filter(framework__slug=slug, framework__version=version)
        return {row.code: row for row in rows.select_related("framework")}

    @cached_property
    def behaviours(self) -> dict[str, Behaviour]:
        rows = Behaviour.objects.filter(competency__in=self.competencies.values())
        return {row.code: row for row in rows}

    @cached_property
    def roles(self) -> dict[str, RoleProfile]:
        slug, version = FRAMEWORK
        rows = RoleProfile.objects.filter(framework__slug=slug, framework__version=version)
        return {row.slug: row for row in rows}
