import csv

import pytest

from assistant.ledger.fingerprint import fingerprint
from assistant.settings import load_settings
from assistant.workflow import import_ledger
from assistant.workspace import open_workspace


@pytest.fixture
def workspace(tmp_path):
    opened = open_workspace(load_settings(tmp_path / "workspace"))
    yield opened
    opened.close()


def ledger(folder, checked):
    path = folder / "检查台账.csv"
    rows = [["月份", "检查企业（家次）"], *([f"2024年{month}月", checked + month] for month in range(1, 13))]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def test_the_fingerprint_stays_while_nothing_changes_and_changes_with_one_cell(workspace, tmp_path):
    empty = fingerprint(workspace.engine)
    import_ledger(workspace, [ledger(tmp_path, 10)])
    first = fingerprint(workspace.engine)
    assert first != empty
    assert fingerprint(workspace.engine) == first
    import_ledger(workspace, [ledger(tmp_path, 11)])
    assert fingerprint(workspace.engine) != first
