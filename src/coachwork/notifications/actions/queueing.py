"""Write a message, in the reader's language, in the transaction that causes it."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from coachwork.kit import content, jobs, signed
from coachwork.kit.content.values import Message as Copy
from coachwork.notifications.kinds import letters
from coachwork.notifications.kinds.letters import Footer
from coachwork.notifications.models import Message
from coachwork.notifications.queries import preferences
from coachwork.people.models import User

SEND = "coachwork.notifications.jobs.send_message"
SITE_NAME = "Coachwork"
ACTS = (PAUSE, RESUME) = ("pause", "resume")
UNSUBSCRIBE = "unsubscribe"
LONGEST_KEY, LONGEST_SUBJECT = 120, 200
Fields = Mapping[str, object]


@transaction.atomic
def queue(  # noqa: PLR0913 - a message has many facts, each named
    *,
    kind: str,
    at: datetime,
    key: str,
    fields: Fields,
    user: User | None = None,
    address: str = "",
    transactional: bool | None = None,
    about: UUID | None = None,
    due_at: datetime | None = None,
    links: Mapping[str, str] | None = None,
    carries: Iterable[Message] = (),
) -> Message | None:
    """Queue a mail of this kind (content/messages) to an account, or to an address without one.

    `key` names the occasion: the same one never makes two mails. Dates among the `fields` are put
    as the reader puts them; `links` are paths of ours. `transactional` is what the content says
    unless told: only nudges obey hours, caps and pauses, and None is returned for one that the
    reader does not want. `about` is the record the text is about; `carries` what it also tells.
    """
    if user is None and not address:
        raise ValueError("A message needs a reader.")
    locale = user.language if user is not None else translation.get_language() or "en"
    copy = content.message(kind, locale)
    is_nudge = copy.purpose == "nudge" if transactional is None else not transactional
    if is_nudge and not _wanted(user, kind):
        return None
    if known := Message.objects.filter(key=_short(key)).first():
        return known
    facts = {"user": user, "about": about, "kind": kind, "transactional": not is_nudge}
    times = {"due_at": due_at or at, "created_at": at}
    facts["address"] = address or (user.email if user else "")
    words = _written(copy, user, locale, fields, links or {}, is_nudge=is_nudge)
    message, is_new = Message.objects.get_or_create(
        key=_short(key), defaults={**facts, **times, **words}
    )
    if is_new:
        Message.objects.filter(pk__in=[one.pk for one in carries]).update(told_in=message.pk)
        jobs.enqueue(SEND, message.pk, due_at=message.due_at if message.due_at > at else None)
    return message


def _wanted(user: User | None, kind: str) -> bool:
    """Whether the reader wants nudges of this kind; who has no account never gets one."""
    if user is None:
        return False
    choices = preferences.preference(actor=user)
    return bool(getattr(choices, preferences.choice_of(kind)))


def _written(
    copy: Copy,
    user: User | None,
    locale: str,
    fields: Fields,
    paths: Mapping[str, str],
    *,
    is_nudge: bool,
) -> dict[str, str]:
    """The subject, text and HTML, as this reader reads them."""
    zone = preferences.zone(user) if user is not None else None
    with translation.override(locale), timezone.override(zone):
        values = {**_known_fields(copy, user), **{name: _said(it) for name, it in fields.items()}}
        values |= {name: signed.absolute(path) for name, path in paths.items()}
        letter = copy.letter(values)
        footer = _footer(copy, user, is_nudge=is_nudge)
        return {
            "locale": letter.locale,
            "subject": letter.subject[:LONGEST_SUBJECT],
            "text": letters.text(letter, footer),
            "html": letters.html(letter, footer, site_name=SITE_NAME),
        }


def _known_fields(copy: Copy, user: User | None) -> dict[str, str]:
    """What the house itself can fill in, where this kind of message asks for it."""
    values = {"site_name": SITE_NAME}
    if user is not None:
        values |= {
            "name": user.get_short_name(),
            "pause_url": link(PAUSE, user),
            "resume_url": link(RESUME, user),
            "settings_url": preferences_link(),
        }
    return {name: value for name, value in values.items() if name in copy.fields}


def _footer(copy: Copy, user: User | None, *, is_nudge: bool) -> Footer:
    if user is None:
        return Footer(_("You get this mail because somebody asked for it to be sent to you."))
    ways = [(_("Choose what you receive"), preferences_link())]
    if "pause_url" not in copy.fields:
        ways.append((_("Pause all reminders"), link(PAUSE, user)))
    if not is_nudge:
        return Footer(_("You get this mail because something happened in your account."), ways)
    ways.append((_("No more of these"), unsubscribe_link(user, copy.code)))
    return Footer(_("You get this mail because you have reminders turned on."), ways)


def preferences_link() -> str:
    return signed.absolute(reverse("notifications:preferences"))


def link(act: str, user: User) -> str:
    """A link of one tap: it opens a page that asks once, and needs no sign-in."""
    token = signed.token("message", user.pk, act)
    return signed.absolute(reverse("notifications:action", args=[token]))


def unsubscribe_link(user: User, kind: str) -> str:
    """A link that ends this kind of nudge, and nothing else."""
    token = signed.token(UNSUBSCRIBE, user.pk, preferences.choice_of(kind))
    return signed.absolute(reverse("notifications:unsubscribe", args=[token]))


def _said(value: object) -> str:
    """A field as text: dates in the reader's own way, at the reader's own time."""
    if isinstance(value, datetime):
        return formats.date_format(
            value.astimezone(timezone.get_current_timezone()), "DATETIME_FORMAT"
        )
    if isinstance(value, date):
        return formats.date_format(value, "DATE_FORMAT")
    return str(value)


def _short(key: str) -> str:
    if len(key) <= LONGEST_KEY:
        return key
    return f"sha256:{hashlib.sha256(key.encode()).hexdigest()}"
