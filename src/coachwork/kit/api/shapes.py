"""The shapes of what comes in and goes out."""

from decimal import Decimal
from enum import Enum
from typing import Annotated, Generic, TypeVar

from ninja import Schema
from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, WithJsonSchema

# The rooms hold texts to their own limits, with a sentence; these only keep out the absurd.
Line = Annotated[str, Field(max_length=500)]
Text = Annotated[str, Field(max_length=10_000)]
# Levels go out as numbers: 3 or 3.5.
Level = Annotated[
    Decimal,
    PlainSerializer(float, return_type=float),
    WithJsonSchema({"type": "number", "minimum": 1, "maximum": 5}),
]
Item = TypeVar("Item")


def one_of(choices: type[Enum]) -> WithJsonSchema:
    """Writes a set of choices out in place, for those whose short name others have too."""
    return WithJsonSchema({"type": "string", "enum": [one.value for one in choices]})


class In(Schema):
    """What comes in: a field that nobody knows is a mistake worth telling."""

    model_config = ConfigDict(extra="forbid")


class Out(BaseModel):
    """What goes out; plain, because a list has hundreds of them."""


class Page(Out, Generic[Item]):
    """A part of a list. `next` is the cursor of the part that follows; none on the last."""

    items: list[Item]
    next: str | None = None
