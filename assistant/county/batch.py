"""All towns of a county in one go: several at a time, gone on with after any stop, one town's trouble its own."""

from __future__ import annotations

import hashlib
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from assistant import __version__
from assistant.county.folders import CountyFiles, TownFiles, find_towns
from assistant.county.town import Job, Status, TownResult, draft_town, finished
from assistant.errors import InputError
from assistant.ledger.rollup import ROSTER, read_roster
from assistant.ledger.saving import keep_only
from assistant.periods import period_id
from assistant.records import Period, ReportKind
from assistant.settings import Settings
from assistant.workflow import open_model
from assistant.workspace import NO_MODEL, OWN_INDICATORS, Workspace, open_workspace

RECORDS = ".jushi-batch"
_DIED = "处理这个乡镇时程序意外结束，可能是内存不足或文件异常。请单独导入它的台账看看。"


@dataclass(frozen=True, slots=True)
class Plan:
    """A batch as it will be run."""

    settings: Settings  # of the county's workspace
    files: CountyFiles
    kind: ReportKind
    period: Period
    out: Path
    model: str | None  # as it was asked for: a name, "none", or None for what the settings say
    writer: str  # the model's name, "none" for the offline writer
    workers: int
    again: bool = False  # what an earlier run finished is done again too


def plan_batch(
    settings: Settings,
    folder: Path,
    kind: ReportKind,
    period: Period,
    *,
    out: Path | None = None,
    model: str | None = None,
    workers: int = 2,
    again: bool = False,
) -> Plan:
    """What a batch over this folder will do; nothing is written yet.

    A model in a file is loaded into this computer's memory, so that its towns are written one after the other.
    Raises `InputError` for a folder without towns, `SettingsError` for a model that is not set up.
    """
    from assistant.llm.local import GgufModel

    files = find_towns(folder)
    chat = open_model(settings, model)
    target = out or settings.workspace / "batch" / f"{kind}-{period_id(period)}"
    if target.exists() and not target.is_dir():
        raise InputError(f"{target} 不是文件夹。请换一个 --out。")
    at_once = 1 if isinstance(chat, GgufModel) else workers
    return Plan(settings, files, kind, period, target, model, chat.name if chat else NO_MODEL, at_once, again)


def run_batch(plan: Plan, on_result: Callable[[TownResult], None] = lambda _result: None) -> list[TownResult]:
    """Draft every town; results are called back as they come, and returned in the order of the towns.

    What an earlier run finished is not done again unless its files, the indicators or the version changed.
    Without a model each worker is a process of its own; with one they are threads, which wait for the endpoint.
    """
    (plan.out / RECORDS).mkdir(parents=True, exist_ok=True)
    workspace = open_workspace(plan.settings)
    try:
        _keep_roster(workspace, [town.name for town in plan.files.towns])
        results: dict[str, TownResult] = {}

        def take(result: TownResult) -> None:
            results[result.town] = result
            on_result(result)

        jobs = []
        for job in _jobs(plan):
            known = None if plan.again else finished(job)
            if not job.files.ledgers:
                keep_only(workspace.engine, workspace.registry, job.files.name, ())
                take(TownResult(job.files.name, Status.MISSING, message="文件夹里没有台账文件。"))
            elif known:
                take(known)
            else:
                jobs.append(job)
    finally:
        workspace.close()
    for result in _threads(jobs, plan.workers) if plan.writer != NO_MODEL else _processes(jobs, plan.workers):
        take(result)
    return [results[town.name] for town in plan.files.towns]


def _jobs(plan: Plan) -> Iterator[Job]:
    own = plan.settings.workspace / OWN_INDICATORS
    shared = [__version__, plan.kind, period_id(plan.period), plan.writer, own.read_text() if own.is_file() else ""]
    for town in plan.files.towns:
        settings = plan.settings.model_copy(update={"town": town.name, "unit_name": town.name})
        digest = hashlib.sha256("\0".join([*shared, town.digest()]).encode()).hexdigest()
        out, record = plan.out / f"{town.name}.docx", plan.out / RECORDS / f"{town.name}.json"
        yield Job(settings, town, plan.kind, plan.period, plan.model, out, record, digest)


def _keep_roster(workspace: Workspace, names: Sequence[str]) -> None:
    """Enter the towns into the list of those that have to report; what a person wrote there stays."""
    path = workspace.folder / ROSTER
    known = read_roster(path)
    new = [name for name in names if name not in known]
    if new:
        head = "" if known else "# 应报送台账的乡镇，每行一个，可以增减。\n"
        with path.open("a", encoding="utf-8") as file:
            file.write(head + "".join(f"{name}\n" for name in new))


def _threads(jobs: Sequence[Job], workers: int) -> Iterator[TownResult]:
    stop = threading.Event()
    pool = ThreadPoolExecutor(max_workers=workers)
    try:
        futures = {pool.submit(draft_town, job, stop.is_set): job for job in jobs}
        for future in as_completed(futures):
            yield _result(future, futures[future])
    finally:
        stop.set()
        pool.shutdown(wait=True, cancel_futures=True)


def _processes(jobs: Sequence[Job], workers: int) -> Iterator[TownResult]:
    """In processes; if one dies, the towns it took with it are tried again one by one, so that one alone is to blame."""
    left = {job.files.name: job for job in jobs}
    if not jobs:
        return
    with _pool(workers) as pool:
        try:
            futures = {pool.submit(draft_town, job): job for job in jobs}
            for future in as_completed(futures):
                if isinstance(future.exception(), BrokenProcessPool):
                    continue
                del left[futures[future].files.name]
                yield _result(future, futures[future])
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
    for job in left.values():
        with _pool(1) as pool:
            future = pool.submit(draft_town, job)
            died = isinstance(future.exception(), BrokenProcessPool)
            yield TownResult(job.files.name, Status.FAILED, message=_DIED) if died else _result(future, job)


def _pool(workers: int) -> Executor:
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_let_parent_stop)


def _let_parent_stop() -> None:
    """Ctrl+C reaches every process: the towns under way are finished, the parent begins no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _result(future: Future[TownResult], job: Job) -> TownResult:
    """The town's result; an error nobody foresaw is the town's too, and never stops the others."""
    error = future.exception()
    if error is None:
        return future.result()
    if not isinstance(error, Exception):
        raise error
    message = f"内部错误（{type(error).__name__}：{error}），请把这个乡镇的台账和这句话发给维护人员。"
    return TownResult(job.files.name, Status.FAILED, message=message)


__all__ = ["Plan", "Status", "TownFiles", "TownResult", "plan_batch", "run_batch"]
