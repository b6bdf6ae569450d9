"""The four lists in words: where views meet, and where they credibly do not."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from coachwork.evidence.queries import LISTS, GapTable, Sides

OTHERWISE = {"hidden_strengths", "possible_blind_spots"}


@dataclass(frozen=True)
class Listed:
    """One of the lists: its title, what it means, and the names in it."""

    key: str
    title: str
    text: str
    names: tuple[str, ...]


def lists(found: GapTable | Sides, *, own: bool = True) -> list[Listed]:
    """The four lists in the order of the page."""
    words = _own() if own else _others()
    return [
        Listed(key, *words[key], tuple(one.worded("name") for one in getattr(found, key)))
        for key in LISTS
    ]


def named(found: Sides, *, own: bool = True) -> list[Listed]:
    """Those with somebody in them; hidden strengths first for who sees less in everything."""
    there = [one for one in lists(found, own=own) if one.names]
    if found.everywhere < 0:
        there.sort(key=lambda one: one.key != "hidden_strengths")
    return there


def everywhere_said(everywhere: int, *, own: bool = True) -> str:
    """What lies between the own view and that of others in everything, in neutral words."""
    if not everywhere:
        return ""
    if not own:
        if everywhere < 0:
            return _("In general others see more than the client does.")
        return _("In general the client sees more than others do. The lists look past that.")
    if everywhere < 0:
        return _("In general others see more in you than you do. So begin with what they see.")
    return _(
        "In general you see more than others do, as most people do. "
        "The lists look past that, at single competencies."
    )


def _own() -> dict[str, tuple[str, str]]:
    return {
        "agreed_strengths": (
            _("Agreed strengths"),
            _("You and others see what the role asks."),
        ),
        "hidden_strengths": (
            _("Hidden strengths"),
            _("Others clearly see more than you do."),
        ),
        "possible_blind_spots": (
            _("Possible blind spots"),
            _("Others clearly see less than you do. Ask about situations."),
        ),
        "agreed_needs": (
            _("Agreed needs"),
            _("You and others see some way to go."),
        ),
    }


def _others() -> dict[str, tuple[str, str]]:
    return {
        "agreed_strengths": (
            _("Agreed strengths"),
            _("The client and others see what the role asks."),
        ),
        "hidden_strengths": (
            _("Hidden strengths"),
            _("Others clearly see more than the client does."),
        ),
        "possible_blind_spots": (
            _("Possible blind spots"),
            _("Others clearly see less than the client does. Ask about situations."),
        ),
        "agreed_needs": (
            _("Agreed needs"),
            _("The client and others see some way to go."),
        ),
    }
