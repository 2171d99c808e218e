"""What is installed from the built wheel works from an empty folder: prompts, sample town and data are inside."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The wheel, unpacked apart from the checkout."""
    out, target = tmp_path_factory.mktemp("wheel"), tmp_path_factory.mktemp("installed")
    command = [sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", str(out), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    [wheel] = out.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target)
    return target


def run(installed: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    code = "import sys; from assistant.cli.app import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_demo_runs_from_an_empty_folder(installed, tmp_path):
    done = run(installed, tmp_path, "demo", "--out", "out")
    assert done.returncode == 0, done.stderr
    made = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"2024年总结.docx", "2024年总结-核数表.xlsx", "2024年事实.json", "2023年总结-核数批注.docx"} <= made
    assert "与台账不符 6" in done.stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out"]


def test_prompts_are_inside(installed):
    names = {path.name for path in (installed / "assistant" / "shipped_files" / "prompts").iterdir()}
    assert {"section.md", "repair.md"} <= names


def test_the_page_has_its_scripts_and_styles(installed):
    assert {"editor.js", "editor.css", "page.css"} <= {path.name for path in (installed / "ui").iterdir()}


def test_the_steps_of_the_database_are_inside(installed):
    steps = Path("assistant") / "store" / "migrations" / "versions"
    inside = {path.name for path in (installed / steps).glob("*.py")}
    assert inside == {path.name for path in (ROOT / steps).glob("*.py")} and "0001_baseline.py" in inside
