"""The JSON door of people: who asks, their record, whom they help, what they share."""

from coachwork.people.api.doors import Asked, Token, opens, record_of
from coachwork.people.api.records import router

__all__ = ["Asked", "Token", "opens", "record_of", "router"]
