"""`coachwork token create` prints a key that works, once."""

import pytest
from click.testing import CliRunner

from coachwork.cli.main import main
from coachwork.people.models import ApiToken
from tests import builders as make


@pytest.mark.django_db
def test_a_token_is_printed_and_only_its_digest_is_kept() -> None:
    person = make.user("amira")
    arguments = ["token", "create", person.email, "--scope", "read", "--scope", "write:plan"]
    answer = CliRunner().invoke(main, [*arguments, "--days", "7"])
    assert answer.exit_code == 0, answer.output
    secret = answer.output.strip()
    token = ApiToken.objects.get()
    assert token.user == person
    assert set(token.scopes) == {"read", "write:plan"}
    assert secret not in token.digest
    assert token.expires_at is not None
    assert (token.expires_at - token.created_at).days == 7


@pytest.mark.django_db
def test_a_scope_that_is_not_there_is_refused_in_words() -> None:
    person = make.user("amira")
    answer = CliRunner().invoke(main, ["token", "create", person.email, "--scope", "everything"])
    assert answer.exit_code == 1
    assert answer.output.startswith("Error: ")
    assert not ApiToken.objects.exists()
