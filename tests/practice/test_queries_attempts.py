"""Scenes that ship, and what is known of them."""

import pytest

from coachwork.practice import queries
from tests import builders as make

pytestmark = pytest.mark.django_db


def test_scenes_come_easy_ones_first():
    levels = [one.level for one in queries.role_plays(actor=make.user())]
    assert levels and levels == sorted(levels)
