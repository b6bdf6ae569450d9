"""Houses to walk through, and the people who do.

The houses are real ones: `coachwork serve` with its own database, over real HTTP.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.journeys import house
from tests.journeys.house import PASSWORD, House


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house with the demo in it, for journeys that only look, or that add what is theirs."""
    with house.running(tmp_path_factory.mktemp("demo"), "--demo") as found:
        yield found


@pytest.fixture
def own_demo(demo: House, tmp_path: Path) -> Iterator[House]:
    """A copy of the demo that this journey may change."""
    with house.running(house.copied(demo.folder, tmp_path / "demo"), "--demo") as found:
        yield found


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[House]:
    """A house that was installed a moment ago."""
    with house.running(tmp_path / "empty", "--empty") as found:
        yield found


SignedIn = Callable[..., Any]


def sign_in(page: Any, url: str, email: str, password: str = PASSWORD) -> None:
    """Through the door, as everybody does."""
    page.goto(f"{url}/account/login/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(password)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(lambda there: "/account/login" not in there)


@pytest.fixture
def signed_in(new_context: Callable[..., Any]) -> SignedIn:
    """Call with a house and a name: a page of a browser of their own, signed in."""

    def enter(where: House, name: str, **options: Any) -> Any:
        page = new_context(**options).new_page()
        sign_in(page, where.url, f"{name}@demo.example")
        return page

    return enter
