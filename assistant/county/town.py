"""One town of a batch: its files imported, its report drafted, checked and written as Word."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from assistant.county.folders import TownFiles
from assistant.errors import Cancelled, JushiError, UnreadableFile
from assistant.export.files import write_atomically
from assistant.ledger.importing import find_files
from assistant.ledger.saving import keep_only
from assistant.records import CheckReport, Document, Draft, Period, ReportKind, Severity, VerdictKind
from assistant.retrieval.loaders import load_document
from assistant.settings import Settings
from assistant.workflow import check_draft, draft_text, export_draft, import_ledger, write_draft
from assistant.workspace import open_workspace

_OPEN = "【待核实"


class Status(StrEnum):
    """How a town of a batch ended."""

    DONE = "done"
    KEPT = "kept"  # finished in an earlier run, and nothing changed since
    FAILED = "failed"
    MISSING = "missing"  # it has sent nothing

    @property
    def label(self) -> str:
        """What people call it."""
        return {"done": "完成", "kept": "未变，沿用", "failed": "失败", "missing": "未报送"}[self.value]


@dataclass(frozen=True, slots=True)
class TownResult:
    """What became of one town."""

    town: str
    status: Status
    facts: int = 0
    gaps: int = 0  # 待核实 in the text, and indicators it had to report without data
    verdicts: dict[str, int] = field(default_factory=dict)
    findings: int = 0
    seconds: str = "0"
    tokens: int = 0
    draft: str = ""
    out: str = ""
    message: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be done for one town. `settings` name the town."""

    settings: Settings
    files: TownFiles
    kind: ReportKind
    period: Period
    model: str | None
    out: Path
    record: Path  # where the result is kept
    digest: str


def finished(job: Job) -> TownResult | None:
    """The result of an earlier run, where nothing that went into it has changed and its report is still there."""
    try:
        known = TownResult(**json.loads(job.record.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None  # none, or cut short: the town is done again
    if known.digest != job.digest or not job.out.is_file():
        return None
    return TownResult(**{**asdict(known), "status": Status.KEPT})


def draft_town(job: Job, cancelled: Callable[[], bool] = lambda: False) -> TownResult:
    """Import, draft, check and export one town; what a person can put right is told in the result, not raised.

    What was written before a kill is gone on with; the result is kept when everything is on disk. Raises
    `Cancelled` where a person stopped it.
    """
    began = time.monotonic()
    try:
        draft, report, said = _drafted(job, cancelled)
    except Cancelled:
        raise
    except (JushiError, OSError) as error:
        return TownResult(job.files.name, Status.FAILED, seconds=_since(began), message=_reason(error))
    result = TownResult(
        town=job.files.name,
        status=Status.DONE,
        facts=sum(fact.period == job.period and fact.measure == "value" for fact in draft.facts),
        gaps=_gaps(draft),
        verdicts={kind.value: report.count(kind) for kind in VerdictKind},
        findings=len(report.findings),
        seconds=_since(began),
        tokens=sum(section.tokens for section in draft.sections),
        draft=draft.id,
        out=str(job.out),
        message="".join(said),
        digest=job.digest,
    )
    write_atomically(job.record, json.dumps(asdict(result), ensure_ascii=False, indent=1).encode())
    return result


def _drafted(job: Job, cancelled: Callable[[], bool]) -> tuple[Draft, CheckReport, list[str]]:
    workspace = open_workspace(job.settings)
    try:
        names = find_files(job.files.ledgers)
        keep_only(workspace.engine, workspace.registry, job.files.name, names)
        imported = import_ledger(workspace, job.files.ledgers)
        said = [f"没有读取 {name}。" for name in imported.failed]
        errors = [notice for notice in imported.of(Severity.ERROR) if notice.kind != "unreadable"]
        said += [f"台账有 {len(errors)} 处错误，见 jushi ledger problems。"] if errors else []
        past, unread = _past_of(job.files.past)
        draft = write_draft(workspace, job.kind, job.period, past=past, model=job.model, cancelled=cancelled)
        report = check_draft(workspace, draft)
        export_draft(draft, job.out)
    finally:
        workspace.close()
    return draft, report, [*said, *unread]


def _past_of(paths: Sequence[Path]) -> tuple[list[Document], list[str]]:
    """The past summaries that can be read, and a sentence for each that cannot."""
    documents, said = [], []
    for path in paths:
        try:
            documents.append(load_document(path))
        except UnreadableFile:
            said.append(f"没有读取往年总结 {path.name}。")
    return documents, said


def _gaps(draft: Draft) -> int:
    lacking = {indicator for section in draft.sections for indicator in section.missing}
    return len(lacking) + draft_text(draft).count(_OPEN)


def _since(began: float) -> str:
    return str(Decimal(str(round(time.monotonic() - began, 2))))


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        place = f" {error.filename}" if error.filename else ""
        return f"读写文件{place} 失败（{error.strerror or error}）。请检查权限和磁盘空间。"
    return str(error)
