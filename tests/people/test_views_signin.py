"""Sign-in: by password, code and second step; limits, enumeration, and the log of it all."""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.urls import reverse

from coachwork.notifications.models import Message
from coachwork.people.models import AuditEntry, User
from coachwork.people.models.trail import unbroken
from tests import builders as make

pytestmark = pytest.mark.django_db
PASSWORD = "a quiet lamp at night"


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    cache.clear()


def mail(address: str) -> Message:
    return Message.objects.filter(address=address).order_by("-created_at", "-pk")[0]


def code_in(message: Message) -> str:
    found = re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", message.text, re.MULTILINE)
    assert found, message.text
    return found[1]


def link_in(message: Message) -> str:
    found = re.search(r"http\S+/key/\S+", message.text)
    assert found
    return urlsplit(found[0]).path


def verbs(user: User) -> list[str]:
    return list(
        AuditEntry.objects.filter(stream=user.pk).order_by("number").values_list("verb", flat=True)
    )


def sign_up(client: Any, email: Any = "new@example.org") -> Any:
    return client.post(
        reverse("account_signup"),
        {"email": email, "password1": PASSWORD, "name": "Nora Lind"},
        follow=True,
    )


def test_a_new_person_confirms_the_address_with_a_code_and_opens_a_record(client: Any) -> None:
    make.user("somebody")
    assert sign_up(client).status_code == 200
    user = User.objects.get(email="new@example.org")
    assert not EmailAddress.objects.get(user=user).verified
    page = client.post(
        reverse("account_email_verification_sent"), {"code": code_in(mail("new@example.org"))}
    )
    assert page.status_code == 302
    assert EmailAddress.objects.get(user=user).verified
    started = client.post(
        reverse("people:start"), {"name": "Nora Lind", "packaging": "self_coached"}
    )
    assert started.status_code == 302
    user.refresh_from_db()
    assert user.client.name == "Nora Lind"
    assert "sign_in" in verbs(user)


def test_signing_up_with_a_known_address_looks_the_same_and_warns_its_owner(
    client: Any,
) -> None:
    make.user("amira")
    known = sign_up(client, "amira@example.org")
    fresh = sign_up(client.__class__(), "new@example.org")
    assert known.redirect_chain == fresh.redirect_chain
    assert mail("amira@example.org").kind == "account-exists"
    assert User.objects.filter(email__iexact="amira@example.org").count() == 1


def test_a_wrong_password_and_an_unknown_address_look_the_same(client: Any) -> None:
    make.user("amira")
    wrong = client.post(
        reverse("account_login"), {"login": "amira@example.org", "password": "wrong-password"}
    )
    unknown = client.post(
        reverse("account_login"), {"login": "nobody@example.org", "password": "wrong-password"}
    )
    assert wrong.status_code == unknown.status_code == 200
    assert wrong.context["form"].errors == unknown.context["form"].errors


def test_many_wrong_passwords_pause_sign_in_even_for_the_right_one_and_are_logged_once(
    client: Any,
) -> None:
    user = make.user("amira")
    for _ in range(8):
        client.post(reverse("account_login"), {"login": user.email, "password": "wrong-password"})
    right = client.post(
        reverse("account_login"), {"login": user.email, "password": "amira-password"}
    )
    assert right.status_code == 200 and "_auth_user_id" not in client.session
    assert verbs(user).count("sign_in.burst") == 1


def test_signing_in_by_a_mailed_code(client: Any) -> None:
    user = make.user("amira")
    client.post(reverse("account_request_login_code"), {"email": user.email})
    message = mail(user.email)
    assert message.kind == "sign-in-code"
    client.post(reverse("account_confirm_login_code"), {"code": code_in(message)})
    assert client.session["_auth_user_id"] == str(user.pk)
    assert verbs(user) == ["sign_in"]


def test_a_code_for_an_unknown_address_says_so_only_by_mail(client: Any) -> None:
    page = client.post(
        reverse("account_request_login_code"), {"email": "nobody@example.org"}, follow=True
    )
    assert page.status_code == 200
    assert mail("nobody@example.org").kind == "password-reset-unknown"


def test_a_wrong_code_signs_nobody_in(client: Any) -> None:
    user = make.user("amira")
    client.post(reverse("account_request_login_code"), {"email": user.email})
    client.post(reverse("account_confirm_login_code"), {"code": "AAAA-BBBB"})
    assert "_auth_user_id" not in client.session


def test_a_new_password_by_a_link_that_works_once(client: Any) -> None:
    user = make.user("amira")
    client.post(reverse("account_reset_password"), {"email": user.email})
    path = link_in(mail(user.email))
    form = client.get(path, follow=True)
    done = client.post(form.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})
    assert done.status_code == 302
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert "password.changed" in verbs(user)
    assert mail(user.email).kind == "password-changed"
    again = client.__class__().get(path, follow=True)
    assert b"does not work any more" in again.content


def test_a_reset_for_an_unknown_address_looks_like_any_other(client: Any) -> None:
    user = make.user("amira")
    known = client.post(reverse("account_reset_password"), {"email": user.email}, follow=True)
    other = client.post(
        reverse("account_reset_password"), {"email": "nobody@example.org"}, follow=True
    )
    assert known.redirect_chain == other.redirect_chain
    assert without_tokens(known) == without_tokens(other)


def without_tokens(page: Any) -> str:
    return re.sub(r"[A-Za-z0-9]{64}", "", page.content.decode())


def test_an_authenticator_app_is_asked_for_and_a_recovery_code_helps_out(
    client: Any, django_capture_on_commit_callbacks: Any
) -> None:
    user = make.user("amira")
    sign_in(client, user)
    prove(client, user)
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_activate_totp"), {"code": code})
    kept = Authenticator.objects.get(user=user, type="totp").data["secret"]
    assert secret not in kept, "the secret is kept encrypted"
    assert "second_step.added" in verbs(user)
    assert Message.objects.filter(user=user, kind="second-step-changed").exists()
    recovery = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    other = client.__class__()
    cache.clear()
    asked = sign_in(other, user)
    assert asked.redirect_chain[-1][0] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in other.session
    other.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "_auth_user_id" not in other.session
    other.post(reverse("mfa_authenticate"), {"code": recovery[0]})
    assert other.session["_auth_user_id"] == str(user.pk)


def prove(client: Any, user: Any) -> None:
    """Show once more that it is you, as the pages about protection ask."""
    page = client.post(
        reverse("account_reauthenticate"), {"password": f"{user.email.split('@')[0]}-password"}
    )
    assert page.status_code == 302


def test_pages_about_protection_ask_again_who_it_is(client: Any) -> None:
    user = make.user("amira")
    sign_in(client, user)
    for name in ("mfa_activate_totp", "mfa_add_webauthn"):
        assert client.get(reverse(name)).status_code == 302
    client.post(reverse("account_reauthenticate"), {"password": "wrong"})
    assert client.get(reverse("mfa_activate_totp")).status_code == 302
    prove(client, user)
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def sign_in(client: Any, user: Any) -> Any:
    return client.post(
        reverse("account_login"),
        {"login": user.email, "password": f"{user.email.split('@')[0]}-password"},
        follow=True,
    )


def test_signing_out_everywhere_else_ends_the_other_sessions(client: Any) -> None:
    user = make.user("amira")
    other = client.__class__(HTTP_USER_AGENT="Mozilla/5.0 (Windows NT) Firefox/140")
    sign_in(other, user)
    sign_in(client, user)
    assert other.get(reverse("people:security")).status_code == 200
    client.post(reverse("usersessions_list"))
    assert other.get(reverse("people:security")).status_code == 302
    assert client.get(reverse("people:security")).status_code == 200
    assert "sessions.ended" in verbs(user)


def test_a_sign_in_from_a_new_device_is_mailed_and_the_first_one_is_not(client: Any) -> None:
    user = make.user("amira")
    sign_in(client, user)
    assert not Message.objects.filter(user=user, kind="new-sign-in").exists()
    other = client.__class__(HTTP_USER_AGENT="Mozilla/5.0 (Windows NT) Firefox/140")
    sign_in(other, user)
    assert "Firefox on Windows" in Message.objects.get(user=user, kind="new-sign-in").text
    other.post(reverse("account_logout"))
    sign_in(other, user)
    assert Message.objects.filter(user=user, kind="new-sign-in").count() == 1


def test_a_changed_address_is_confirmed_by_code_and_told_to_the_old_one(client: Any) -> None:
    user = make.user("amira")
    sign_in(client, user)
    prove(client, user)
    client.post(reverse("account_email"), {"email": "a.new@example.org", "action_add": "1"})
    client.post(
        reverse("account_email_verification_sent"), {"code": code_in(mail("a.new@example.org"))}
    )
    client.post(reverse("account_email"), {"email": "a.new@example.org", "action_primary": "1"})
    user.refresh_from_db()
    assert user.email == "a.new@example.org"
    assert Message.objects.filter(address="amira@example.org", kind="email-changed").exists()
    assert "email.changed" in verbs(user)


def test_changing_the_password_asks_for_the_old_one(client: Any) -> None:
    user = make.user("amira")
    sign_in(client, user)
    client.post(
        reverse("account_change_password"),
        {"oldpassword": "wrong", "password1": PASSWORD, "password2": PASSWORD},
    )
    user.refresh_from_db()
    assert not user.check_password(PASSWORD)


def test_the_log_of_an_account_is_a_chain_without_a_gap(client: Any) -> None:
    user = make.user("amira")
    sign_in(client, user)
    client.post(reverse("account_logout"))
    entries = list(AuditEntry.objects.filter(stream=user.pk).order_by("number"))
    assert [entry.verb for entry in entries] == ["sign_in", "sign_out"]
    assert unbroken(entries) and not unbroken(entries[1:])
    assert user.email not in str([vars(entry) for entry in entries])
    assert "127.0.0.1" not in str([vars(entry) for entry in entries])


PAGES = [
    "account_login",
    "account_signup",
    "account_reset_password",
    "account_reset_password_done",
    "account_request_login_code",
    "account_inactive",
    "help",
    "privacy",
]
OWN_PAGES = [
    "account_email",
    "account_change_password",
    "account_logout",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "usersessions_list",
    "account_reauthenticate",
    "people:security",
    "people:trail",
    "people:settings",
    "people:tokens",
]


@pytest.mark.parametrize("name", PAGES)
def test_the_pages_for_visitors_are_ours_and_carry_no_script_of_their_own(
    client: Any, name: Any
) -> None:
    make.user("somebody")
    check_page(client.get(reverse(name)))


@pytest.mark.parametrize("name", OWN_PAGES)
def test_the_pages_of_an_account_are_ours_and_carry_no_script_of_their_own(
    client: Any, name: Any
) -> None:
    user = make.user("amira")
    sign_in(client, user)
    prove(client, user)
    check_page(client.get(reverse(name)))


def check_page(page: Any) -> None:
    text = page.content.decode()
    assert page.status_code == 200
    assert 'class="wordmark"' in text, "it extends the house's own base page"
    for tag in re.findall(r"<script\b[^>]*>", text):
        assert "src=" in tag or 'type="application/json"' in tag, tag
    assert " style=" not in text and "onclick" not in text
    policy = page.headers["Content-Security-Policy"]
    assert "unsafe" not in policy and "default-src 'self'" in policy


BAD = ["\x00", "x" * 50_000, "<script>alert(1)</script>", "‮שלום🙂", "' OR 1=1 --"]


@pytest.mark.parametrize("text", BAD)
@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_request_login_code"])
def test_bad_input_at_the_door_is_answered_and_never_breaks_it(
    client: Any, name: Any, text: Any
) -> None:
    make.user("somebody")
    fields: Any = {"login": text, "email": text, "password": text, "password1": text, "name": text}
    page = client.post(reverse(name), fields)
    assert page.status_code in {200, 302, 422}
    assert b"<script>alert" not in page.content
