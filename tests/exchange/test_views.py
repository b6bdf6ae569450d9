"""Your record in the browser's hands: found, taken away, erased, and never anybody else's."""

import io
import zipfile

import pytest
from django.urls import reverse

from coachwork.people.models import Client, User
from tests import builders as make
from tests.planting import MARK, plant_everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def amira(client):
    owner = make.client()
    client.force_login(owner.user)
    return owner


def test_the_page_of_the_record_leads_to_everything_that_can_be_done_with_it(client, amira):
    page = client.get(reverse("exchange:record")).content.decode()
    for name in ("exchange:search", "exchange:export", "exchange:erase", "people:shares"):
        assert reverse(name) in page


def test_search_shows_the_words_around_and_escapes_them(client, amira):
    plant_everything(amira, "<b>zebra</b>")
    page = client.get(reverse("exchange:search"), {"q": "zebra"}).content.decode()
    assert "<mark>zebra</mark>" in page
    assert "<b>zebra" not in page


@pytest.mark.parametrize("text", ["", "nothing-like-it", "\x00", "x" * 50_000])
def test_search_for_what_is_not_there_says_so(client, amira, text):
    answer = client.get(reverse("exchange:search"), {"q": text})
    assert answer.status_code == 200
    assert "<mark>" not in answer.content.decode()


def test_the_download_is_one_archive_with_everything(client, amira):
    plant_everything(amira)
    answer = client.post(reverse("exchange:export"))
    assert answer["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer["Cache-Control"]
    assert MARK in zipfile.ZipFile(io.BytesIO(answer.content)).read("record.json").decode()


def test_the_download_is_never_made_by_following_a_link(client, amira):
    assert client.get(reverse("exchange:export")).status_code == 405


def test_erasing_asks_for_the_name_and_keeps_everything_when_it_is_wrong(client, amira):
    answer = client.post(reverse("exchange:erase"), {"confirmation": "somebody", "account": "on"})
    assert answer.status_code == 422
    assert "somebody" in answer.content.decode()
    assert Client.objects.filter(pk=amira.pk).exists()


def test_erasing_signs_out_and_leaves_nothing(client, amira):
    plant_everything(amira)
    answer = client.post(reverse("exchange:erase"), {"confirmation": "Amira", "account": "on"})
    assert answer.status_code == 302
    assert not User.objects.filter(pk=amira.user.pk).exists()
    assert client.get(reverse("exchange:record")).status_code == 302  # to the sign-in


def test_the_sign_in_can_outlive_the_record(client, amira):
    client.post(reverse("exchange:erase"), {"confirmation": "Amira"})
    assert User.objects.filter(pk=amira.user.pk).exists()
    assert not Client.objects.filter(user_id=amira.user.pk).exists()


def test_a_person_without_a_record_has_nothing_to_take(client):
    client.force_login(make.user("eve"))
    assert client.post(reverse("exchange:export")).status_code in {302, 404}
