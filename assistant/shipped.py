"""Where the files shipped with the program are: prompts, the sample town.

In a checkout they stand beside the package; a wheel carries them inside it, under ``assistant/shipped_files``.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def shipped(name: str) -> Path:
    """The folder or file `name` ("prompts", "corpus/ledger/2024.xlsx") as shipped with the program."""
    inside = _PACKAGE / "shipped_files" / name
    return inside if inside.exists() else _PACKAGE.parent / name
