"""The record of one person: the tenant that every row about them carries."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from coachwork.kit.ids import new_id
from coachwork.kit.tenancy import TenantModel
from coachwork.people.models.accounts import User
from coachwork.people.models.things import Thing


class Packaging(models.TextChoices):
    """The same product, packed for a situation; can be changed at any time."""

    SELF_COACHED = "self_coached", _("On my own")
    COACHED = "coached", _("With a coach")
    CAREER_CENTRE = "career_centre", _("At a career centre")
    COMPANY = "company", _("At a company")


class Visibility(models.TextChoices):
    """Who reads a row; every row about a person carries exactly one class."""

    PRIVATE = "V0", _("Only you")
    PAIR = "V1", _("You and your coach")
    COACH = "V2", _("Only the coach")
    CIRCLE = "V3", _("People you picked")
    SPONSOR = "V4", _("Released to the sponsor")
    AGGREGATE = "V5", _("Only counts of five people or more")


class Client(models.Model):
    """One person's record. It has a user once the person has claimed it, and never moves."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.OneToOneField(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="client"
    )
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(blank=True)  # only while unclaimed
    packaging = models.CharField(
        _("situation"),
        max_length=16,
        choices=Packaging.choices,
        default=Packaging.SELF_COACHED,
    )
    # What new items start as once there is a coach; empty: open to the two of them.
    starting_class = models.CharField(
        _("new items start as"),
        max_length=2,
        blank=True,
        choices=[(v.value, v.label) for v in (Visibility.PRIVATE, Visibility.PAIR)],
    )
    created_by = models.ForeignKey(
        User, on_delete=models.DO_NOTHING, db_constraint=False, null=True, related_name="+"
    )
    created_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


# What a row without a title of its own is called.
NAMES = {
    Thing.ASSESSMENT: _("Part of an assessment"),
    Thing.ROUND: _("A feedback round"),
    Thing.GOALS: _("Part of a goal"),
    Thing.PLAN: _("Part of the plan"),
}


class ClientRow(TenantModel):
    """A row about a person: whose it is, who reads it, who made it and when."""

    tenant_key = "client"
    policy: ClassVar[Thing]  # its row in the permission table

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="+")
    visibility = models.CharField(
        max_length=2, choices=Visibility.choices, default=Visibility.PRIVATE
    )
    # An id only: the row outlives the account of whoever wrote it.
    created_by = models.ForeignKey(
        User, on_delete=models.DO_NOTHING, db_constraint=False, null=True, related_name="+"
    )
    created_at = models.DateTimeField()

    class Meta:
        abstract = True

    def named(self) -> str:
        """What the client would call it in a list of shares."""
        return str(getattr(self, "title", "") or NAMES.get(self.policy, self._meta.verbose_name))


class AppendOnly(ClientRow):
    """A row that is written once. Erasing the whole record is the only way it goes."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError(f"{type(self).__name__} is append-only: add a new row instead.")
        super().save(*args, **kwargs)
