"""Words that are encrypted where they are kept: AES-256-GCM, a random key for each person.

A person's key is itself wrapped by a key of the installation, which lies outside the database. What
is sealed is bound to whose it is, so that a row moved to somebody else does not open.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from typing import Any, TypeAlias
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE = 12
Kept: TypeAlias = "bytes | memoryview[int]"  # as the database hands it out


class Unreadable(Exception):
    """Not sealed by us, for somebody else, or with a key that is not here."""


def new_key() -> bytes:
    """A random key for one person."""
    return AESGCM.generate_key(bit_length=256)


def wrapped(key: bytes, owner: UUID) -> bytes:
    """The person's key as it may be kept."""
    return _closed(_house_key(), key, owner)


def unwrapped(kept: Kept, owner: UUID) -> bytes:
    """The person's key, as long as the installation still has its own."""
    return _opened(_house_key(), kept, owner)


def sealed(key: bytes, words: Mapping[str, Any], owner: UUID) -> bytes:
    """Words as they may be kept."""
    return _closed(key, json.dumps(words, ensure_ascii=False).encode(), owner)


def unsealed(key: bytes, kept: Kept, owner: UUID) -> dict[str, Any]:
    """The words again."""
    words: dict[str, Any] = json.loads(_opened(key, kept, owner))
    return words


def _house_key() -> bytes:
    return hashlib.sha256(f"coachwork.journal:{settings.JOURNAL_KEY}".encode()).digest()


def _closed(key: bytes, plain: bytes, owner: UUID) -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, owner.bytes)


def _opened(key: bytes, kept: Kept, owner: UUID) -> bytes:
    body = bytes(kept)
    try:
        return AESGCM(key).decrypt(body[:NONCE], body[NONCE:], owner.bytes)
    except (InvalidTag, ValueError) as problem:
        raise Unreadable from problem
