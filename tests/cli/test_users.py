"""`coachwork user create` makes an account that can sign in, and no weak or broken one."""

import pytest
from click.testing import CliRunner, Result
from django.test import Client as Browser

from coachwork.cli.main import main
from coachwork.people.models import User

PASSWORD = "seven-quiet-lanterns"


def create(email: str, password: str = PASSWORD, *more: str) -> Result:
    return CliRunner().invoke(main, ["user", "create", email, "--password", password, *more])


@pytest.mark.django_db
def test_an_account_made_here_can_sign_in_and_has_a_record() -> None:
    answer = create("amira@example.org", PASSWORD, "--name", "Amira")
    assert answer.exit_code == 0, answer.output
    user = User.objects.get(email="amira@example.org")
    assert user.client.name == "Amira"
    assert not user.is_superuser
    assert PASSWORD not in answer.output
    signed_in = Browser().post(
        "/account/login/", {"login": "amira@example.org", "password": PASSWORD}
    )
    assert signed_in.status_code == 302


@pytest.mark.django_db
def test_only_an_operator_may_run_the_installation() -> None:
    create("olga@example.org", PASSWORD, "--operator")
    assert User.objects.get(email="olga@example.org").is_superuser


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("email", "password"),
    [("not-an-address", PASSWORD), ("amira@example.org", "password"), ("a@example.org", "short")],
)
def test_a_broken_address_or_a_weak_password_makes_no_account(email: str, password: str) -> None:
    answer = create(email, password)
    assert answer.exit_code == 1
    assert answer.output.startswith("Error: ")
    assert not User.objects.exists()


@pytest.mark.django_db
def test_an_address_is_taken_once() -> None:
    create("amira@example.org")
    answer = create("Amira@Example.org")
    assert answer.exit_code == 1
    assert "already" in answer.output
    assert User.objects.count() == 1
