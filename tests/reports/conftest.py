"""What every test of this room begins with."""

import pytest
from django.utils import timezone


@pytest.fixture
def today():
    return timezone.now().replace(hour=12)
