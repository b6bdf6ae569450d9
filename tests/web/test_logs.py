"""No secret of a personal link reaches the log."""

import logging
from typing import Any

import pytest
from django.conf import settings
from django.utils.module_loading import import_string

SECRET = "01a206d7-516b-7446-a10e-b00859ffff56.dPgzdpbSlQNpYPbG3dytygotA-ZCVgNI"
ROW = "01a206d7-516b-7446-a10e-b00859ffff56"


def line(message: str, *args: Any) -> str:
    """What the filters of the console make of a message."""
    record = logging.LogRecord("django.request", logging.WARNING, "", 1, message, args, None)
    for name in settings.LOGGING["handlers"]["console"]["filters"]:
        assert import_string(settings.LOGGING["filters"][name]["()"])().filter(record)
    return record.getMessage()


@pytest.mark.parametrize("ending", ["", "/", "/answer/"])
def test_the_secret_of_a_link_is_left_out(ending):
    said = line(
        "Forbidden (%s): %s", "Origin checking failed", f"/people/invitation/{SECRET}{ending}"
    )
    assert "dPgz" not in said
    assert said.endswith(f"/people/invitation/…{ending}")


def test_ordinary_addresses_stay_readable():
    for path in (f"/plan/goals/{ROW}/", f"/plan/goals/{ROW}", "/no-such-page", "/100%/of/it"):
        assert line("Not Found: %s", path) == f"Not Found: {path}"


def test_every_line_goes_through_them():
    assert settings.LOGGING["root"]["handlers"] == ["console"]
    assert list(settings.LOGGING["handlers"]) == ["console"]
