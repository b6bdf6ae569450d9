"""Keep what one writes for oneself; all of it starts as "only you"."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from coachwork.kit.errors import Invalid
from coachwork.people import access
from coachwork.people import actions as people
from coachwork.people.access import Thing, Verb
from coachwork.people.models import Client, ClientRow, User, Visibility
from coachwork.tracks.models import StyleCard, Talk, TriggerMap

LONGEST = 2_000
MAP = ("situation", "body", "thought", "feeling", "usual_act", "cost", "wanted_act")
TALK = (
    "planner", "with_whom", "aim", "first_sentence", "questions", "listen_for",
    "if_it_goes_wrong", "close",
)  # fmt: skip
CARD = ("how_i_work", "what_helps", "ask_me", "values")


@transaction.atomic
def keep_map(
    *,
    actor: User,
    client: Client,
    words: Mapping[str, str],
    at: datetime,
    trigger_map: TriggerMap | None = None,
) -> TriggerMap:
    """Keep what happens in one hard kind of moment."""
    access.require(actor, Verb.WRITE, Thing.MOODS, client)
    if trigger_map is not None:
        access.require_row(actor, Verb.WRITE, Thing.MOODS, trigger_map)
    found = trigger_map or TriggerMap(**_new(actor, client, at))
    _lay_in(found, MAP, words, needed={"situation": _("Please say when it happens.")})
    return found


@transaction.atomic
def keep_talk(
    *,
    actor: User,
    client: Client,
    words: Mapping[str, Any],
    at: datetime,
    talk: Talk | None = None,
) -> Talk:
    """Keep the plan for a talk."""
    access.require(actor, Verb.WRITE, Thing.PLAN, client)
    if talk is not None:
        access.require_row(actor, Verb.WRITE, Thing.PLAN, talk)
    found = talk or Talk(**_new(actor, client, at))
    found.on = words.get("on")
    needed = {
        "with_whom": _("Please say with whom."),
        "aim": _("Please say what should be different after it."),
    }
    _lay_in(found, TALK, words, needed=needed)
    return found


@transaction.atomic
def note_after_talk(*, actor: User, talk: Talk, text: str, at: datetime) -> Talk:
    """What was learned in the talk itself."""
    access.require_row(actor, Verb.WRITE, Thing.PLAN, talk)
    _lay_in(talk, ("after_note",), {"after_note": text}, needed={})
    return talk


@transaction.atomic
def keep_card(*, actor: User, client: Client, words: Mapping[str, str], at: datetime) -> StyleCard:
    """Keep the one page about how one works."""
    access.require(actor, Verb.WRITE, Thing.PLAN, client)
    found = StyleCard.objects.filter(client=client).first() or StyleCard(**_new(actor, client, at))
    found.updated_at = at
    try:
        with transaction.atomic():
            _lay_in(found, CARD, words, needed={})
    except IntegrityError:
        found = StyleCard.objects.get(client=client)
        _lay_in(found, CARD, words, needed={})
    return found


@transaction.atomic
def delete_own(*, actor: User, row: TriggerMap | Talk, at: datetime) -> None:
    """Take it back from everybody and delete it."""
    access.require_row(actor, Verb.WRITE, row.policy, row)
    people.set_visibility(
        actor=actor, thing=row.policy, row=row, visibility=Visibility.PRIVATE, at=at
    )
    row.delete()


def _new(actor: User, client: Client, at: datetime) -> dict[str, Any]:
    return {
        "client": client, "visibility": Visibility.PRIVATE, "created_by": actor, "created_at": at,
    }  # fmt: skip


def _lay_in(
    row: ClientRow, names: tuple[str, ...], words: Mapping[str, Any], *, needed: Mapping[str, str]
) -> None:
    problems: dict[str, str] = {}
    for name in names:
        text = str(words.get(name, "") or "").strip()
        field = cast("models.CharField[str, str]", row._meta.get_field(name))
        most = field.max_length or LONGEST
        if len(text) > most:
            problems[name] = _("This is longer than %(most)d characters.") % {"most": most}
        elif "\x00" in text:
            problems[name] = _("There is a character in it that is not text.")
        elif not text and name in needed:
            problems[name] = needed[name]
        setattr(row, name, text)
    if problems:
        raise Invalid(problems)
    row.save()
