"""The peers that are measured beside ours: their own environment, and the script that runs in it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

LISTED = Path(__file__).with_name("peers.txt")
SCRIPT = Path(__file__).with_name("peer_runs.py")
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "jushi" / "peers"


@cache
def installed() -> dict[str, str]:
    """What could be installed, by requirement: "" where it could, else why not. Made once, then kept."""
    python = CACHE / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(CACHE)], check=True)
    wanted = [line for line in LISTED.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return {requirement: _install(python, requirement) for requirement in wanted}


def _install(python: Path, requirement: str) -> str:
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", requirement]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else "the package registry does not give it"


def run(task: str, given: dict[str, Any]) -> dict[str, Any]:
    """What the peers' script says of a task: for each peer its figures, or "error"."""
    missing = {requirement: why for requirement, why in installed().items() if why}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "given.json"
        path.write_text(json.dumps(given, ensure_ascii=False), encoding="utf-8")
        command = [str(CACHE / "bin" / "python"), "-W", "ignore", str(SCRIPT), task, str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
    if done.returncode:
        return {"peers": {"error": (done.stderr.strip().splitlines() or ["failed"])[-1][:200]}}
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    for requirement, why in missing.items():
        found.setdefault(requirement.partition("==")[0], {"error": why})
    return found
