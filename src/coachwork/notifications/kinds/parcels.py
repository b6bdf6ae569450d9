"""A message as it goes out, and why it may not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Parcel:
    """To whom, what it says, and what machines are told."""

    id: UUID
    address: str
    subject: str
    text: str
    html: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


class Undeliverable(Exception):
    """It did not go out. `final` says that trying again would not help."""

    def __init__(self, kind: str, *, final: bool = False) -> None:
        self.kind = kind
        self.final = final
        super().__init__(kind)


class Channel(Protocol):
    """Takes a parcel to a person; raises Undeliverable."""

    def deliver(self, parcel: Parcel) -> None: ...
