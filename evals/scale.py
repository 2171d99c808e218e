"""County scale, measured: many towns offline, many towns with an endpoint, facts of many towns in every engine.

``python -m evals.scale towns --towns 200``                      generated towns, offline writer, two processes
``python -m evals.scale endpoint --concurrency 8 --latency 2``   a loopback endpoint of known latency
``python -m evals.scale facts --towns 1500 --rows 10k,100k,1M,10M --engine sqlite,duckdb,postgresql,spark``

PostgreSQL is started from the installed server unless ``JUSHI_BENCH_POSTGRESQL`` names one; Spark needs pyspark on
the path and Java. Tables are printed as Markdown.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
import time
from collections.abc import Sequence
from decimal import Decimal
from multiprocessing import active_children
from pathlib import Path
from typing import Any

from assistant.county.batch import plan_batch, run_batch
from assistant.county.town import Status, TownResult
from assistant.periods import parse_period
from assistant.records import ReportKind
from assistant.settings import load_settings
from evals.county import make_county
from evals.loopback import loopback_endpoint, stats_of
from evals.scale_facts import ENGINES, compare_engines

PERIOD, KIND = "2024", ReportKind.ANNUAL
_PAGE = 1024


def resident(pid: int | str = "self") -> int:
    """The memory a process holds now, in MB; 0 where the system does not say."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) // _PAGE for line in lines if line.startswith("VmRSS")), 0)


class _Watch:
    """Prints how fast towns come and what the processes hold, every so many towns."""

    def __init__(self, step: int) -> None:
        self.step, self.done, self.began = step, 0, time.monotonic()
        self.rows: list[tuple[int, float, int, tuple[int, ...]]] = []

    def __call__(self, _result: TownResult) -> None:
        self.done += 1
        if self.done % self.step == 0:
            held = tuple(sorted(resident(child.pid or 0) for child in active_children()))
            self.rows.append((self.done, time.monotonic() - self.began, resident(), held))
            print(
                f"  {self.done} 个镇，{self.rows[-1][1]:.1f} 秒，内存 {self.rows[-1][2]} MB + {held} MB",
                file=sys.stderr,
                flush=True,
            )


def measure_towns(towns: int, workers: int, step: int) -> list[TownResult]:
    """Draft so many generated towns offline; print speed and memory."""
    with tempfile.TemporaryDirectory() as folder:
        list(make_county(Path(folder) / "县", towns))
        settings = load_settings(Path(folder) / "work")
        plan = plan_batch(settings, Path(folder) / "县", KIND, parse_period(PERIOD), model="none", workers=workers)
        watch = _Watch(step)
        results = run_batch(plan, watch)
        took = time.monotonic() - watch.began
        size = sum(path.stat().st_size for path in (Path(folder) / "work").glob("jushi.db*")) / 1e6
    print(f"\n{machine()}；{workers} 个进程，虚构乡镇 {towns} 个，不用模型，数据库 {size:.0f} MB\n")
    print(
        "| 已完成（镇） | 用时（秒） | 累计速度（镇/分） | 主进程内存（MB） | 各工作进程内存（MB） |\n|---|---|---|---|---|"
    )
    for done, seconds, own, held in watch.rows:
        print(f"| {done} | {seconds:.1f} | {done * 60 / seconds:.0f} | {own} | {'、'.join(map(str, held)) or '—'} |")
    _print_verdicts(results, took)
    return results


def measure_endpoint(towns: int, concurrency: int, latency: float) -> float:
    """Draft towns with an endpoint of known latency; print how busy it was. Returns its share of the wall time."""
    with tempfile.TemporaryDirectory() as folder, loopback_endpoint(latency) as address:
        list(make_county(Path(folder) / "县", towns))
        settings = load_settings(Path(folder) / "work", llm_base_url=address, llm_model="loopback", llm_concurrency=1)
        plan = plan_batch(settings, Path(folder) / "县", KIND, parse_period(PERIOD), workers=concurrency)
        began = time.monotonic()
        results = run_batch(plan)
        wall, seen = time.monotonic() - began, stats_of(address)
    share, mean = float(seen["busy"]) / wall, float(seen["served"]) / wall
    print(f"\n{machine()}；回环端点每次 {latency:g} 秒，{towns} 个镇，同时 {concurrency} 个\n")
    print(
        "| 请求 | 总用时（秒） | 有请求在途的时间占比 | 平均在途请求 | 在途请求最多 | 满载率（平均 ÷ 同时数） |\n|---|---|---|---|---|---|"
    )
    print(f"| {seen['requests']} | {wall:.1f} | {share:.1%} | {mean:.2f} | {seen['most']} | {mean / concurrency:.1%} |")
    _print_verdicts(results, wall)
    return share


def _print_verdicts(results: Sequence[TownResult], seconds: float) -> None:
    counts: dict[str, int] = {}
    for result in results:
        for kind, count in result.verdicts.items():
            counts[kind] = counts.get(kind, 0) + count
    done = sum(result.status is Status.DONE for result in results)
    said = "，".join(f"{kind} {count}" for kind, count in counts.items())
    print(f"\n完成 {done}/{len(results)} 个镇，{done * 60 / seconds:.0f} 镇/分；全部数字的核对结果：{said}。")
    for result in results:
        if result.status is Status.FAILED:
            print(f"  {result.town}：{result.message}")


def machine() -> str:
    """What the figures were taken on."""
    return f"{platform.system()} {platform.machine()}，{os.cpu_count()} 核，Python {platform.python_version()}"


def _count(text: str) -> int:
    """10k → 10,000; 1M → 1,000,000."""
    factor = {"k": 1_000, "M": 1_000_000}.get(text[-1:], 1)
    return int(Decimal(text.rstrip("kM")) * factor)


def main(arguments: Sequence[str] | None = None) -> Any:  # noqa: ANN401 - what was measured
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(prog="evals.scale", description="全县规模的测量")
    what = parser.add_subparsers(dest="what", required=True)
    towns = what.add_parser("towns")
    towns.add_argument("--towns", type=int, default=200)
    towns.add_argument("--workers", type=int, default=2)
    towns.add_argument("--step", type=int, default=50)
    endpoint = what.add_parser("endpoint")
    endpoint.add_argument("--towns", type=int, default=24)
    endpoint.add_argument("--concurrency", type=int, default=8)
    endpoint.add_argument("--latency", type=float, default=2.0)
    facts = what.add_parser("facts")
    facts.add_argument("--towns", type=int, default=1_500)
    facts.add_argument("--rows", default="10k,100k,1M,10M")
    facts.add_argument("--engine", default=",".join(ENGINES))
    chosen = parser.parse_args(arguments)
    if chosen.what == "towns":
        return measure_towns(chosen.towns, chosen.workers, chosen.step)
    if chosen.what == "endpoint":
        return measure_endpoint(chosen.towns, chosen.concurrency, chosen.latency)
    return compare_engines([_count(each) for each in chosen.rows.split(",")], chosen.towns, chosen.engine.split(","))


if __name__ == "__main__":
    main()
