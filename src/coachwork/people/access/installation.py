"""What belongs to the installation: catalogues, shipped content, and imports into them."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from coachwork.people.models import User


def operates(actor: User) -> bool:
    """Whether this account runs the installation. It opens nobody's record."""
    return actor.is_active and actor.is_staff


def require_operator(actor: User) -> None:
    """Refuse everybody who does not run the installation."""
    if not operates(actor):
        raise PermissionDenied(_("Only the people who run this installation can do this."))


def require_account(actor: User) -> None:
    """Refuse whoever has no account that counts; what is global is open to everybody else."""
    if not actor.is_authenticated or not actor.is_active:
        raise PermissionDenied(_("Please sign in first."))
