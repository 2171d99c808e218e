"""A workspace with a small ledger and a report in it, and ways to edit its Word file as office programs would."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.settings import load_settings
from assistant.wordfiles import Returned, export_word, import_word
from assistant.workflow import import_ledger
from assistant.workspace import Workspace, open_workspace
from tests.wordfiles.parts import LEDGER, report, save


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Workspace]:
    """A workspace with a year's ledger and a finished report."""
    ledger = tmp_path / "2024.csv"
    ledger.write_text(LEDGER, encoding="utf-8-sig")
    opened = open_workspace(load_settings(tmp_path / "data"))
    import_ledger(opened, [ledger])
    save(opened, report())
    yield opened
    opened.close()


Edit = Callable[[Any], None]


@pytest.fixture
def edited(town: Workspace, tmp_path: Path) -> Callable[..., Returned]:
    """`edited(edit)`: the report exported, its python-docx document changed by `edit`, and imported again."""
    from docx import Document as open_docx

    def run(edit: Edit, **options: bool) -> Returned:
        path = tmp_path / "改稿.docx"
        export_word(town, "annual-2024-1", path, **options)
        document = open_docx(str(path))
        edit(document)
        document.save(str(path))
        return import_word(town, path)

    return run
