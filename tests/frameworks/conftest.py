"""What the tests of this room share: the samples, whoever may import, and imports in one line."""

from pathlib import Path

import pytest

from coachwork.frameworks import actions
from tests import builders as make

SAMPLES = Path(__file__).parent / "fixtures"
REAL = Path(__file__).resolve().parents[3] / "shared" / "data"


@pytest.fixture
def operator(db):
    """Whoever runs this installation."""
    return make.user("olga", is_staff=True)


@pytest.fixture
def bring(operator):
    """Import a sample, as whoever runs the installation."""

    def bring(kind, file, /, **options):
        path = file if isinstance(file, Path) else SAMPLES / file
        options.setdefault("actor", operator)
        return actions.import_file(kind=kind, path=path, at=make.NOW, **options)

    return bring


@pytest.fixture
def catalogues(bring):
    """Both catalogues and the crosswalk between them."""
    for kind, name in (
        ("onet", "onet_29_3_text"),
        ("esco", "esco_v1.1.1"),
        ("crosswalk", "crosswalk.csv"),
    ):
        bring(kind, name)


def real(*names):
    """A file of the real data, or a skip that says why."""
    path = REAL.joinpath(*names)
    if not path.exists():
        pytest.skip(f"{path.name} is not beside the source (../shared/data)")
    return path
