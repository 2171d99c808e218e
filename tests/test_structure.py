"""What holds for the program as a whole: light start, no float where money and counts are, one public error root."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HEAVY = (
    "gradio",
    "chromadb",
    "langchain",
    "langchain_core",
    "langchain_openai",
    "openai",
    "docx",
    "pandas",
    "sqlalchemy",
    "openpyxl",
)
EXACT = ("ledger", "quantities", "alignment", "factcheck")


def modules(*packages: str) -> list[Path]:
    return sorted(path for package in packages for path in (ROOT / "assistant" / package).rglob("*.py"))


def test_help_loads_nothing_heavy():
    code = f"import sys, assistant.cli.app\nprint(*[m for m in {HEAVY!r} if m in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert loaded.stdout.strip() == ""


def test_help_is_there_for_every_command():
    result = subprocess.run(
        [sys.executable, "-c", "from assistant.cli.app import main; main()", "--help"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "120"},
    )
    assert result.returncode == 0
    for command in ("ledger", "facts", "draft", "check", "quantities", "serve", "demo"):
        assert command in result.stdout


@pytest.mark.parametrize("path", modules(*EXACT), ids=lambda path: str(path.relative_to(ROOT)))
def test_counts_and_money_never_become_floats(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    floats = [
        node.lineno
        for node in ast.walk(tree)
        if (isinstance(node, ast.Name) and node.id == "float" and not _only_asks(node, tree))
        or (isinstance(node, ast.Constant) and isinstance(node.value, float))
    ]
    assert floats == []


def _only_asks(name: ast.Name, tree: ast.AST) -> bool:
    """``isinstance(cell, float)`` asks what a spreadsheet gave; it makes no float."""
    return any(
        isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id == "isinstance"
        and name in list(ast.walk(call))
        for call in ast.walk(tree)
    )


@pytest.mark.parametrize("path", modules("."), ids=lambda path: str(path.relative_to(ROOT)))
def test_files_can_be_read_at_a_sitting(path):
    longest = 480 if path.name == "records.py" else 300  # the records are the project's vocabulary, in one place
    assert len(path.read_text(encoding="utf-8").splitlines()) <= longest


def test_package_files_import_nothing():
    for path in modules("."):
        if path.name == "__init__.py":
            tree = ast.parse(path.read_text(encoding="utf-8"))
            assert not [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)], path


def test_every_error_has_one_root_and_stands_in_the_tree():
    from assistant import errors

    for name, item in vars(errors).items():
        if isinstance(item, type) and issubclass(item, Exception):
            assert issubclass(item, errors.JushiError), name
            assert name in (errors.__doc__ or ""), name


def test_prompts_and_sample_town_are_found():
    from assistant.shipped import shipped

    assert shipped("prompts").is_dir()
    assert shipped("corpus/ledger").is_dir()
