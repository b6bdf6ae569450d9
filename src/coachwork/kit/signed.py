"""Signed links: what a mail may carry so that its reader needs no sign-in for a small, safe step.

A link names what it is for, and works for nothing else. It carries ids and our own plain words,
never text of a person.
"""

from uuid import UUID

from django.conf import settings
from django.core import signing
from django.utils import crypto

SALT = "coachwork.link"


class NotALink(LookupError):
    """Cut off, made up, too old, or meant for something else."""


def token(purpose: str, *parts: UUID | int | str) -> str:
    """The signed part of a link."""
    return signing.dumps([str(part) for part in parts], salt=f"{SALT}.{purpose}")


def read(purpose: str, signed: str, *, days: int | None = None) -> list[str]:
    """What was signed; raises NotALink where that was not by us, not for this, or too long ago."""
    try:
        parts = signing.loads(
            signed, salt=f"{SALT}.{purpose}", max_age=days * 86_400 if days else None
        )
    except signing.BadSignature:
        raise NotALink(purpose) from None
    return [str(part) for part in parts]


def mark(*parts: object) -> str:
    """A short sign of how something stands, and another one once it stands otherwise."""
    return crypto.salted_hmac(f"{SALT}.mark", "\0".join(map(str, parts))).hexdigest()[:20]


def absolute(path: str) -> str:
    """The whole address of a page of ours, for use outside of it."""
    return path if "://" in path else f"{settings.ORIGIN.rstrip('/')}{path}"
