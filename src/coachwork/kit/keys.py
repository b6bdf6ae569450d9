"""Secrets that travel in a link: the link names whose it is, and only a digest is kept.

The tenant's id stands beside the secret because the row lock has to open before the row is found.
"""

import hashlib
import secrets
from dataclasses import dataclass
from typing import Self
from uuid import UUID


@dataclass(frozen=True)
class Link:
    """The two halves of a personal link."""

    tenant: UUID
    secret: str

    @classmethod
    def new(cls, tenant: UUID) -> Self:
        return cls(tenant, secrets.token_urlsafe(24))

    @classmethod
    def read(cls, text: str) -> Self | None:
        """The link in this text; none where it is cut off or made up."""
        tenant, dot, secret = text.partition(".")
        if not dot or not 20 <= len(secret) <= 60:
            return None
        try:
            return cls(UUID(tenant), secret)
        except ValueError:
            return None

    @property
    def digest(self) -> str:
        return digest(self.secret)

    def __str__(self) -> str:
        return f"{self.tenant}.{self.secret}"


def digest(secret: str) -> str:
    """What is kept of a secret: enough to know it again, not enough to use it."""
    return hashlib.sha256(secret.encode()).hexdigest()
