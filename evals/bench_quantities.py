"""How fast quantities are read: typical prose, hostile text, and other parsers where they are installed.

    python -m evals.bench_quantities

The others are no dependency of ours; for the comparison, run this with a scratch environment that has them:
``pip install cn2an jionlp recognizers-text-suite``.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from assistant.quantities.extract import extract

_PROSE = Path(__file__).resolve().parents[1] / "corpus"
_SIZES = (10_000, 100_000, 1_000_000)
_ROUNDS = 3
_OTHERS_READ = 10_000  # characters: enough for the slow ones
_HOSTILE = {
    "digits": "7",
    "零": "零",
    "brackets": "（【〔[{(",
    "*": "*",
    "digits and spaces": "1 ",
    "thousands": "1,000",
    "dashes": "1-",
    "百分之": "百分之",
    "一": "一",
    "未": "未",
    "plans": "下一步将开展1次",
    "headings": "一、下一步打算\n1.a\n",
    "no sentence end": "检查企业12家、",
}


def main() -> None:
    """Print characters a second of CPU time."""
    prose = "\n".join(path.read_text(encoding="utf-8") for path in sorted(_PROSE.rglob("past/*.md")))
    print(f"{'':24}" + "".join(f"{size:>14,}" for size in _SIZES) + "   characters; a second:")
    print(_row("typical prose", prose))
    for name, piece in _HOSTILE.items():
        print(_row(f"hostile: {name}", piece))
    sample = _repeated(prose, _OTHERS_READ)
    for name, read in _others():
        print(f"{name:24}{_rate(read, sample):14,}")


def _row(name: str, piece: str) -> str:
    return f"{name:24}" + "".join(f"{_rate(extract, _repeated(piece, size)):14,}" for size in _SIZES)


def _repeated(piece: str, size: int) -> str:
    return (piece * (size // len(piece) + 1))[:size]


def _rate(read: Callable[[str], object], text: str) -> int:
    """Characters a second, of the best of some rounds."""
    read(text[:200])
    spent: list[int] = []
    for _ in range(_ROUNDS):
        start = time.process_time_ns()
        read(text)
        spent.append(time.process_time_ns() - start)
        if spent[-1] > 5_000_000_000:
            break
    return len(text) * 1_000_000_000 // max(1, min(spent))


def _others() -> Iterator[tuple[str, Callable[[str], object]]]:
    """Other parsers of Chinese numbers, each by the function that reads a whole text."""
    for name, module, make in (
        ("Recognizers-Text", "recognizers_number", _recognizers),
        ("cn2an", "cn2an", _cn2an),
        ("jionlp (money, time)", "jionlp", _jionlp),
    ):
        try:
            with contextlib.redirect_stdout(io.StringIO()):  # one of them greets
                found = importlib.import_module(module)
        except ImportError:
            print(f"{name:24}{'not installed':>14}")
            continue
        yield name, make(found)


def _recognizers(module: object) -> Callable[[str], object]:
    model = module.NumberRecognizer("zh-cn").get_number_model()  # type: ignore[attr-defined]
    return lambda text: [model.parse(line) for line in text.splitlines()]


def _cn2an(module: object) -> Callable[[str], object]:
    return lambda text: module.transform(text, "cn2an")  # type: ignore[attr-defined]


def _jionlp(module: object) -> Callable[[str], object]:
    ner = module.ner  # type: ignore[attr-defined]
    return lambda text: (ner.extract_money(text), ner.extract_time(text))


if __name__ == "__main__":
    main()
