"""ARCHITECTURE.md tells the layers as they are enforced, and the documents lead to each other."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


def test_the_layer_table_is_the_enforced_one():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    enforced = [
        {name.strip().removeprefix("assistant.") for name in layer.split("|")} for layer in contracts[0]["layers"]
    ]
    table = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").split("| layer | what it is |")[1].split("\n\n")[0]
    rows = [row.replace("\\|", "¦").split("|")[1] for row in table.splitlines() if row.startswith("| `")]
    told = [{name.removeprefix("assistant.") for name in re.findall(r"`([\w.]+)`", row)} for row in rows]
    assert told == enforced


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_links_to_is_there(page):
    targets = re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
    missing = [each for each in targets if "://" not in each and not (page.parent / each).exists()]
    assert not missing
