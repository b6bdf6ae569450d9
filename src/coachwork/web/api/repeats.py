"""A POST that carries an Idempotency-Key happens once, however often it is sent.

The answer is stored in the transaction of the act itself: both are there, or neither. A second
request with the same key waits for the first, and gets the same answer.
"""

import hashlib
import re
from collections.abc import Callable
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from coachwork.web.models import RepeatableAnswer
from coachwork.web.problems import problem

HEADER = "Idempotency-Key"
KEPT = timedelta(hours=24)
FORM = re.compile("[!-~]{1,200}")
TOLD = ("Content-Type", "ETag", "Location")


def once(request: HttpRequest, run: Callable[[], HttpResponse]) -> HttpResponse:
    """Run, or repeat what was answered when this ran."""
    key = request.headers.get(HEADER, "")
    user = request.user
    if request.method != "POST" or HEADER not in request.headers or not user.is_authenticated:
        return run()
    if not FORM.fullmatch(key):
        return problem(400, _("An Idempotency-Key has 1 to 200 plain characters, without spaces."))
    token = getattr(request, "api_key", None)
    mark = _fingerprint(request)
    with transaction.atomic():
        kept = RepeatableAnswer(
            caller=token.pk if token else user.pk,
            key=key,
            user=user,
            client=getattr(user, "client", None),
            fingerprint=mark,
            created_at=now(),
        )
        earlier = _noted(kept)
        if earlier is not None:
            return _again(earlier, mark)
        response = run()
        if response.status_code >= 400:
            transaction.set_rollback(True)  # what was refused may be sent again, mended
            return response
        kept.status, kept.answer = response.status_code, response.content.decode()
        kept.headers = {name: response[name] for name in TOLD if name in response}
        kept.save(update_fields=["status", "answer", "headers"])
    return response


def _noted(answer: RepeatableAnswer) -> RepeatableAnswer | None:
    """Write that this is under way; returns the answer that is there already, if it still holds."""
    try:
        with transaction.atomic():
            answer.save(force_insert=True)
    except IntegrityError:
        earlier = RepeatableAnswer.objects.get(caller=answer.caller, key=answer.key)
        if earlier.created_at >= now() - KEPT:
            return earlier
        earlier.delete()
        answer.save(force_insert=True)
    return None


def forget() -> None:
    """Answers are kept for a day."""
    RepeatableAnswer.objects.filter(created_at__lt=now() - KEPT).delete()


def _again(kept: RepeatableAnswer, mark: str) -> HttpResponse:
    if kept.fingerprint != mark:
        said = _("This Idempotency-Key has been used for another request.")
        return problem(422, said, kind="key-reused")
    headers = {**kept.headers, "Idempotent-Replayed": "true"}
    return HttpResponse(kept.answer, status=kept.status, headers=headers)


def _fingerprint(request: HttpRequest) -> str:
    parts = (request.get_full_path().encode(), request.body)
    return hashlib.sha256(b"\n".join(parts)).hexdigest()
