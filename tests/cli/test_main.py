"""The command explains itself, and shows sentences instead of tracebacks."""

from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import OperationalError

from coachwork.cli.house import House
from coachwork.cli.main import main
from coachwork.kit.errors import Refused


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, command in group.commands.items():
        yield (*path, name)
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


ALL = sorted(path for path in commands(main) if path != ("bench",))


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_every_command_says_what_it_does_and_what_each_option_is_for(path: tuple[str, ...]) -> None:
    shown = CliRunner().invoke(main, [*path, "--help"])
    assert shown.exit_code == 0
    command: click.Command = main
    for name in path:
        assert isinstance(command, click.Group)
        command = command.commands[name]
    assert command.help
    assert len(command.help.split()) >= 3
    for option in command.params:
        assert isinstance(option, click.Argument) or getattr(option, "help", None), option


def test_the_commands_of_the_readme_are_there() -> None:
    wanted = {"serve", "worker", "demo", "check", "migrate", "import", "export", "user", "token"}
    assert wanted <= set(main.commands)
    imports = main.commands["import"]
    assert isinstance(imports, click.Group)
    assert set(imports.commands) == {"onet", "esco", "crosswalk", "csv"}


def failing(problem: Exception) -> click.Group:
    @click.group(cls=House)
    def group() -> None:
        pass

    @group.command()
    def fail() -> None:
        raise problem

    return group


@pytest.mark.parametrize(
    "problem",
    [
        Refused("The plan is closed."),
        PermissionDenied("The plan is closed."),
        ValidationError("The plan is closed."),
        OperationalError("The plan is closed."),
        FileNotFoundError("The plan is closed."),
    ],
    ids=lambda problem: type(problem).__name__,
)
def test_a_persons_mistake_is_answered_with_a_sentence(problem: Exception) -> None:
    answer = CliRunner().invoke(failing(problem), ["fail"])
    assert answer.exit_code == 1
    assert "The plan is closed." in answer.output
    assert "Traceback" not in answer.output
    assert isinstance(answer.exception, SystemExit)


def test_a_fault_of_ours_is_not_hidden() -> None:
    answer = CliRunner().invoke(failing(KeyError("ours")), ["fail"])
    assert isinstance(answer.exception, KeyError)


def test_the_whole_error_can_be_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACHWORK_TRACEBACK", "1")
    answer = CliRunner().invoke(failing(Refused("no")), ["fail"])
    assert isinstance(answer.exception, Refused)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    answer = CliRunner().invoke(main, ["import", "onet", str(tmp_path / "missing.zip")])
    assert answer.exit_code == 2
    assert "missing.zip" in answer.output


@pytest.mark.django_db
def test_importing_without_an_operator_says_how_to_make_one(tmp_path: Path) -> None:
    file = tmp_path / "framework.csv"
    file.write_text("name\n", encoding="utf-8")
    answer = CliRunner().invoke(main, ["import", "csv", str(file)])
    assert answer.exit_code == 1
    assert "coachwork user create --operator" in answer.output


@pytest.mark.django_db
def test_an_account_that_is_not_there_is_named() -> None:
    answer = CliRunner().invoke(main, ["token", "create", "nobody@example.org"])
    assert answer.exit_code == 1
    assert "nobody@example.org" in answer.output
