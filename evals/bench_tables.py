"""The tables of `evals.bench`, each by one function that measures ours and its peers in the same run."""

from __future__ import annotations

import contextlib
import io
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from assistant.factcheck.check import check
from assistant.quantities.extract import extract
from assistant.records import Quantity, VerdictKind
from assistant.retrieval.loaders import load_document
from assistant.shipped import shipped
from evals import bench_check, peers

_ROUNDS = 3
_SHEET_ROWS = 100_000


def best(work: Callable[[], Any]) -> tuple[float, Any]:
    """The quickest of some rounds in seconds of processor time, and what came of it."""
    quickest, result = 10.0**9, None
    for _ in range(_ROUNDS):
        began = time.process_time()
        result = work()
        quickest = min(quickest, time.process_time() - began)
    return quickest, result


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table: the first column to the left, the others to the right."""
    lines = ["| " + " | ".join(head) + " |", "|---|" + "---:|" * (len(head) - 1)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)])


def quantities(quick: bool, _answers: Path | None) -> str:
    """Reading figures: characters a second, and how many of the sample reports' claims are read with their value."""
    reports = [load_document(path).text for path in sorted(shipped("corpus/past").glob("*.docx"))]
    text = "\n".join(reports) * (1 if quick else 3)
    seconds, _ = best(lambda: extract(text))
    claims = list(_claims(reports))
    rows = [
        (
            "据实",
            f"{len(text) / seconds:,.0f}",
            f"{len(claims)}/{len(claims)}",
            "units, approximations, claims told from dates",
        )
    ]
    for name, got in peers.run("quantities", {"text": text}).items():
        if "error" in got:
            rows.append((name, "—", "—", f"not measured: {got['error']}"))
            continue
        agreed = f"{_agreed(claims, got['found'])}/{len(claims)}" if "found" in got else "—"
        note = {
            "cn2an": "rewrites the text, tells no places",
            "jionlp": f"money only: {got.get('money', 0)} found",
        }.get(name, "values, no units")
        rows.append((f"{name} {got['version']}", f"{len(text) / got['seconds']:,.0f}", agreed, note))
    return f"## Reading figures\n\n{len(text):,} characters of the sample town's reports.\n\n" + table(
        ("reader", "characters a second", "claims with the same value at the place", ""), rows
    )


def _claims(reports: Sequence[str]) -> Iterator[Quantity]:
    """The claims of each report by itself, at their places in the reports joined by line ends."""
    start = 0
    for text in reports:
        for each in extract(text):
            if each.is_claim and each.value is not None:
                yield replace(each, start=each.start + start, end=each.end + start)
        start += len(text) + 1


def _agreed(claims: Sequence[Quantity], found: Sequence[Sequence[Any]]) -> int:
    """The claims at whose place a peer reads the same value, in the claim's own unit or as written."""
    agreed = 0
    for claim in claims:
        assert claim.value is not None
        inside = [value for start, end, value in found if start < claim.end and claim.start < end]
        agreed += any(
            _number(value) in (claim.value, claim.value / 10_000, claim.value / 100_000_000) for value in inside
        )
    return agreed


def _number(written: str) -> Decimal | None:
    try:
        return Decimal(str(written).rstrip("%"))
    except InvalidOperation:
        return None


def check_report(_quick: bool, _answers: Path | None) -> str:
    """Checking a report of 5,000 characters with the sample town's planted errors."""
    text, facts = _report()
    planted = _planted(text)
    seconds, got = best(lambda: check(text, facts, "2023"))
    wrong = [(each.start, each.end) for each in got.verdicts if each.verdict is VerdictKind.CONTRADICTED]
    rows = [_row("据实", seconds, len(got.verdicts), wrong, planted)]
    listed = [{"name": f"{fact.name} {fact.period.start:%Y-%m}", "value": str(fact.value)} for fact in facts]
    typed = [{"name": entry["name"], "value": _plain(entry["value"])} for entry in listed]
    for name, found in peers.run("report", {"text": text, "facts": typed}).items():
        if "error" in found:
            rows.append((name, "—", "—", "—", f"not measured: {found['error']}"))
            continue
        objected = found.get("objected") or _places(text, found.get("objected_lines", []))
        rows.append(_row(f"{name} {found['version']}", found["seconds"], found["checked"], objected, planted))
    return (
        f"## Checking a report\n\n{len(text):,} characters, {len(facts)} facts, {len(planted)} figures wrong on purpose.\n\n"
        + table(("checker", "milliseconds", "figures checked", "wrong ones found", "right ones objected to"), rows)
    )


def _report() -> tuple[str, tuple[Any, ...]]:
    """A past report of the sample town, sections of it said again before its last one: what follows a plan is a plan."""
    text = load_document(shipped("corpus/past/2023年总结.docx")).text
    heads = [found.start() for found in re.finditer(r"^[一二三四五六七八九十]+、", text, re.MULTILINE)]
    again = text[heads[1] : heads[-1]][: 5_000 - len(text)]
    return text[: heads[-1]] + again[: again.rindex("\n") + 1] + text[heads[-1] :], bench_check.sample()[1]


def _planted(text: str) -> list[tuple[int, int]]:
    entries = json.loads(shipped("corpus/planted.json").read_text(encoding="utf-8"))
    here = [each for each in entries if each["file"] == "past/2023年总结.docx" and each["context"] in text]
    starts = [
        (found.start() + each["context"].index(each["written"]), each["written"])
        for each in here
        for found in re.finditer(re.escape(each["context"]), text)
    ]
    return [(start, start + len(written)) for start, written in starts]


def _row(
    name: str, seconds: float, checked: int, wrong: Sequence[Sequence[int]], planted: Sequence[tuple[int, int]]
) -> tuple[str, ...]:
    met = [any(place < end and start < stop for place, stop in wrong) for start, end in planted]
    false = [1 for place, stop in wrong if not any(place < end and start < stop for start, end in planted)]
    return (name, f"{seconds * 1000:,.1f}", str(checked), f"{sum(met)}/{len(planted)}", str(len(false)))


def _places(text: str, lines: Sequence[Sequence[Any]]) -> list[tuple[int, int]]:
    """Where what a peer names by line and wording stands."""
    starts, found = [0], []
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    for number, wording in lines:
        at = text.find(wording, starts[number - 1])
        found.append((at, at + len(wording)))
    return found


def _plain(value: str) -> int | float:
    number = Decimal(value)
    return int(number) if number == number.to_integral_value() else float(number)


def lengths(quick: bool, _answers: Path | None) -> str:
    """The check against the length of the text and the number of facts."""
    text, facts = bench_check.sample()
    sizes = (1_250, 5_000) if quick else (1_250, 5_000, 20_000)
    counts = (100, 400) if quick else (100, 400, 1_600)
    rows = [
        (f"{size:,}", "400", f"{bench_check.milliseconds(text[:size], bench_check.enlarge(facts, 400)) / 10:.1f}")
        for size in sizes
    ]
    rows += [
        ("5,000", f"{count:,}", f"{bench_check.milliseconds(text[:5_000], bench_check.enlarge(facts, count)) / 10:.1f}")
        for count in counts
    ]
    return "## The check against length and facts\n\n" + table(("characters", "facts", "milliseconds"), rows)


def import_sheet(quick: bool, _answers: Path | None) -> str:
    """Importing a sheet of 100,000 rows, beside pandas reading it and nothing else."""
    import pandas  # type: ignore[import-untyped]
    from sqlalchemy import create_engine

    from assistant.ledger.importing import import_files
    from assistant.registry.registry import shipped_registry

    count = _SHEET_ROWS // 10 if quick else _SHEET_ROWS
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "2024年台账.xlsx"
        _write_sheet(path, count)
        began = time.process_time()
        got = import_files(create_engine(f"sqlite:///{folder}/x.db"), [path], shipped_registry())
        ours = time.process_time() - began
        rows = [("据实: read, understood, stored", f"{ours:.2f}", f"{got.observations:,} observations")]
        for engine in ("calamine", "openpyxl"):
            began = time.process_time()
            frame = pandas.read_excel(path, header=1, engine=engine)
            rows.append(
                (
                    f"pandas {pandas.__version__}, {engine}: read only",
                    f"{time.process_time() - began:.2f}",
                    f"{frame.size:,} cells",
                )
            )
    return f"## Importing a sheet of {count:,} rows\n\n" + table(("", "seconds", "gives"), rows)


def _write_sheet(path: Path, count: int) -> None:
    from openpyxl import Workbook

    head = (
        "序号",
        "检查日期",
        "村（社区）",
        "被检查单位",
        "检查类型",
        "检查单位数（家次）",
        "出动人员（人次）",
        "发现隐患（处）",
        "整改隐患（处）",
        "备注",
    )
    book = Workbook(write_only=True)
    page = book.create_sheet("检查台账")
    page.append(["2024年安全检查台账"])
    page.append(head)
    for n in range(count):
        day = f"2024-{n % 12 + 1:02}-{n % 28 + 1:02}"
        page.append([n + 1, day, f"{n % 8}村", f"单位{n % 900}", "日常检查", n % 5 + 1, n % 4 + 1, n % 7, n % 6, None])
    book.save(path)


def retrieval(quick: bool, _answers: Path | None) -> str:
    """Questions about regulations: words, vectors, both as shipped; beside BM25 over words cut by jieba."""
    from evals import bench_answers

    return bench_answers.retrieval(quick)


def drafting(_quick: bool, answers: Path | None) -> str:
    """Drafting with a model: a naive prompt beside slots with repair, from recorded answers."""
    if answers is None or not answers.is_dir():
        return "## Drafting cost\n\nNot measured here: needs a model, or its recorded answers (`--answers FOLDER`, see `python -m evals.writers`)."
    from evals import writers

    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        writers.main(["--fetched", "--answers", str(answers), "--town", str(shipped("corpus"))])
    return (
        f"## Drafting cost\n\nThe sample town, the same model for every writer.\n\n```\n{said.getvalue().rstrip()}\n```"
    )


def scale(quick: bool, _answers: Path | None) -> str:
    """The county's tables, as `evals.scale` prints them."""
    towns, rows, latency = ("4", "10k", "0.2") if quick else ("200", "10k,100k,1M,10M", "2")
    runs = (
        ["towns", "--towns", towns],
        ["endpoint", "--concurrency", "8", "--latency", latency],
        ["facts", "--rows", rows],
    )
    parts = []
    for words in runs:
        done = subprocess.run(
            [sys.executable, "-m", "evals.scale", *words], capture_output=True, text=True, check=False
        )
        last = (done.stderr.strip().splitlines() or ["failed"])[-1]
        parts.append(
            done.stdout.strip() if done.returncode == 0 else f"`evals.scale {words[0]}` was not measured: {last[:200]}"
        )
    return "## County scale\n\n" + "\n\n".join(parts)
