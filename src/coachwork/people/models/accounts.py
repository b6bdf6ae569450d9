"""Global sign-ins, and the organisations that people belong to."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from coachwork.kit.ids import new_id
from coachwork.kit.tenancy import TenantModel


class Users(BaseUserManager["User"]):
    """Users by e-mail address; a user without a password signs in by code or passkey."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractUser):
    """One human's sign-in; what they may see hangs on relationships, never on this row."""

    class Theme(models.TextChoices):
        SYSTEM = "system", _("As my device")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")
        CONTRAST = "contrast", _("High contrast")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    locale = models.CharField(_("language"), max_length=16, default="en")
    timezone = models.CharField(_("time zone"), max_length=64, default="UTC")
    theme = models.CharField(_("theme"), max_length=8, choices=Theme.choices, default=Theme.SYSTEM)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[Users] = Users()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once")]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def language(self) -> str:
        """What they are spoken to in: their choice, as long as the interface speaks it."""
        return self.locale if self.locale in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0] if self.name else self.email


class Organisation(models.Model):
    """A practice, a career centre or a company. It never owns a client's rows."""

    class Kind(models.TextChoices):
        PRACTICE = "practice", _("Coaching practice")
        CAREER_CENTRE = "career_centre", _("Career centre")
        COMPANY = "company", _("Company")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    locale = models.CharField(_("language"), max_length=16, default="en")
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class MembershipRole(models.TextChoices):
    """What a person is in an organisation; none of these opens a client's record."""

    MEMBER = "member", _("Member")
    COACH = "coach", _("Coach or adviser")
    AUTHOR = "author", _("Content author")
    ADMIN = "admin", _("Programme admin")
    OWNER = "owner", _("Owner")


class Membership(TenantModel):
    """A person's place in an organisation."""

    tenant_key = "organisation"

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="memberships"
    )
    user = models.ForeignKey(
        User, on_delete=models.CASCADE, null=True, blank=True, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=8, choices=MembershipRole.choices)
    email = models.EmailField(blank=True)  # of an invited person, until they accept
    token_digest = models.CharField(max_length=64, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)  # of the invitation
    invited_by = models.ForeignKey(
        User, on_delete=models.DO_NOTHING, db_constraint=False, null=True, related_name="+"
    )
    created_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user", "role"],
                condition=models.Q(ended_at__isnull=True, user__isnull=False),
                name="membership_once_per_role",
            )
        ]
        indexes = [models.Index(fields=["user", "organisation"], name="membership_by_user")]
