"""What every test may ask for."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


def shared_path(name: str) -> Path:
    """A file of the team's shared folder; the test is skipped where it is not present."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"needs {name} of the team's shared folder, which is not here")
    return path


@pytest.fixture
def shared() -> object:
    """`shared("devset/quantities.jsonl")`: a path in the team's shared folder, or a skip."""
    return shared_path


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests see no JUSHI_ settings of the person who runs them."""
    import os

    for name in list(os.environ):
        if name.startswith("JUSHI_"):
            monkeypatch.delenv(name)
