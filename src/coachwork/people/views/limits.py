"""How often a person may make the product write to strangers."""

from django.core.cache import cache
from django.utils.translation import gettext as _

from coachwork.kit.errors import Refused
from coachwork.people.models import User

SECONDS = 60 * 60
INVITATIONS = 60


def one_more_invitation(user: User) -> None:
    """Count this one, and refuse when there were too many within the hour."""
    key = f"invitations:{user.pk}"
    if cache.add(key, 1, SECONDS):
        return
    try:
        number = cache.incr(key)
    except ValueError:  # it ended just now
        number = 1
    if number > INVITATIONS:
        raise Refused(_("These were many invitations within an hour. Please go on a little later."))
