"""Links that name their tenant, turns that nobody jumps, and browsers in words."""

import pytest
from django.db import transaction

from coachwork.kit import browsers, turns
from coachwork.kit.ids import new_id
from coachwork.kit.keys import Link, digest


def test_a_link_carries_its_tenant_and_only_its_digest_is_kept() -> None:
    link = Link.new(new_id())
    assert Link.read(str(link)) == link
    assert link.digest == digest(link.secret) and link.secret not in link.digest


ID = "019b8f60-0000-7000-8000-000000000001"


@pytest.mark.parametrize("text", ["", ".", "a.b", "x" * 50, f"{ID}.", f"{ID}.{'a' * 99}"])
def test_whatever_is_no_link_is_none(text: str) -> None:
    assert Link.read(text) is None


@pytest.mark.django_db
def test_a_turn_can_be_taken_twice_by_the_same_work() -> None:
    with transaction.atomic():
        turns.take("one", 1)
        turns.take("one", 1)


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Gecko/2010 Firefox/140.0", "Firefox on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19) Version/19 Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140 Safari/537.36 Edg/140", "Edge on Windows"),
        ("Mozilla/5.0 (Linux; Android 16) Chrome/140 Mobile Safari/537", "Chrome on Android"),
        ("curl/8", "a browser we do not know"),
        ("", "a browser we do not know"),
    ],
)
def test_a_browser_is_named_in_words(agent: str, said: str) -> None:
    assert browsers.said(agent) == said
