"""What a page of the journal may say, looked over and sealed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from coachwork.kit import sealing
from coachwork.kit.errors import Invalid, Refused
from coachwork.people.models import Client, User, Visibility
from coachwork.reflection import queries
from coachwork.reflection.models import JournalKey

LONGEST = 50_000  # characters of a page
LINES = ("lesson", "next_move", "prediction", "outcome", "choice")
LONGEST_LINE = 2_000


def looked_over(words: Mapping[str, Any]) -> dict[str, Any]:
    """The words without empty answers; refuses what is too long or no text."""
    answers = [
        [str(prompt), str(text).strip()]
        for prompt, text in words.get("answers", ())
        if str(text).strip()
    ]
    kept = {name: str(words[name]).strip() for name in LINES if str(words.get(name, "")).strip()}
    rest = {name: words[name] for name in ("mood", "sure", "went") if words.get(name)}
    problems = {
        name: _("This is longer than a line can be. The page itself has room for it.")
        for name, text in kept.items()
        if len(text) > LONGEST_LINE
    }
    if sum(len(text) for _prompt, text in answers) > LONGEST:
        most = {"most": LONGEST}
        problems["answers"] = _("A page holds %(most)d characters. Begin a second one.") % most
    if any("\x00" in text for text in (*kept.values(), *(text for _p, text in answers))):
        problems["answers"] = _("There is a character in it that is not text.")
    if problems:
        raise Invalid(problems)
    return {"answers": answers, **kept, **rest}


def sealed(*, actor: User, client: Client, words: Mapping[str, Any], at: datetime) -> bytes:
    """The words under the client's own key, which is made with the first of them."""
    try:
        key = queries.key(actor=actor, client=client)
    except sealing.Unreadable:
        problem = _("The key of your journal is not on this server, so nothing new can be kept.")
        raise Refused(f"{problem} {_('Whoever runs it has to put it back.')}") from None
    return sealing.sealed(key or _new_key(actor, client, at), words, client.pk)


def _new_key(actor: User, client: Client, at: datetime) -> bytes:
    key = sealing.new_key()
    try:
        with transaction.atomic():
            JournalKey.objects.create(
                client=client,
                key=sealing.wrapped(key, client.pk),
                visibility=Visibility.PRIVATE,
                created_by=actor,
                created_at=at,
            )
    except IntegrityError:  # two first pages at once: the other one's key counts
        kept = queries.key(actor=actor, client=client)
        assert kept is not None
        return kept
    return key
