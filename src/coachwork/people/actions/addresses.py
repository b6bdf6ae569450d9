"""Whether a link that was mailed to an address is in the hands of the person it was meant for."""

from allauth.account.models import EmailAddress

from coachwork.people.models import User


def is_mine(actor: User, email: str) -> bool:
    """Whether this is a verified address of the actor: a forwarded link opens nothing."""
    return EmailAddress.objects.filter(user=actor, email__iexact=email, verified=True).exists()
