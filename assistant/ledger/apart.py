"""Reading a workbook in a process of its own: what is broken enough to bring a reader down brings down only that.

The reader of workbooks is compiled code that ends its process where a file makes it ask for more memory than there
is. An .xlsx written plainly is looked through beforehand (see `archives`); everything else is read here.
"""

from __future__ import annotations

import os
import pickle  # nosec B403  # between two processes of this program
import subprocess
import sys
from pathlib import Path

from assistant.errors import UnreadableFile
from assistant.ledger.grids import Grid

MEMORY = 1 << 30  # bytes of address space, where the system can limit it
_SECONDS = 5  # of processor time, and
_SECONDS_A_MEGABYTE = 2
_PATIENCE = 4  # times that in all, on a busy machine
_PACKAGES = Path(__file__).resolve().parents[2]


def read_apart(path: Path, name: str) -> list[Grid]:
    """The sheets of a workbook, read by another process. Raises `UnreadableFile`."""
    seconds = _SECONDS + _SECONDS_A_MEGABYTE * path.stat().st_size // 1_000_000
    command = [sys.executable, "-m", "assistant.ledger.apart", str(path), name, str(seconds)]
    found = os.pathsep.join(filter(None, (str(_PACKAGES), os.environ.get("PYTHONPATH"))))
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds * _PATIENCE,
            env=os.environ | {"PYTHONPATH": found},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _unreadable(path) from None
    if done.returncode or not done.stdout:
        raise _unreadable(path)
    grids: list[Grid] | UnreadableFile = pickle.loads(done.stdout)  # nosec B301  # noqa: S301 - what our own process wrote
    if isinstance(grids, UnreadableFile):
        raise grids
    return grids


def _unreadable(path: Path) -> UnreadableFile:
    return UnreadableFile(
        f"文件“{path.name}”读不出表格，可能已损坏，或不是正常的表格。请用 Excel 或 WPS 打开后另存为 .xlsx 再导入。"
    )


def main() -> None:
    """Read the workbook and write its grids, or the error that refuses it, to standard output."""
    from assistant.ledger.workbooks import read_workbook

    path, name, seconds = sys.argv[1:]
    _limit(int(seconds))
    answer: list[Grid] | UnreadableFile
    try:
        answer = read_workbook(Path(path), name, {})
    except UnreadableFile as error:
        answer = error
    sys.stdout.buffer.write(pickle.dumps(answer, protocol=pickle.HIGHEST_PROTOCOL))


def _limit(seconds: int) -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
