"""The evidence package: a report with all that proves its figures, in one .zip that can be checked again anywhere."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from assistant.errors import InputError, UnreadableFile
from assistant.export.datafiles import SUMS, csv_bytes, facts_csv, facts_data, json_bytes, read_sums, sums_bytes
from assistant.export.evidencepage import Evidence, PageTable, evidence_page
from assistant.export.files import write_atomically
from assistant.export.origin import origin_of
from assistant.export.report import docx_bytes
from assistant.factcheck.report import as_json
from assistant.office.archive import MAX_PARTS, MAX_UNPACKED, pack
from assistant.periods import chinese_name, period_id
from assistant.permissions import LOCAL, Actor, Operation, require
from assistant.records import CheckReport, Draft, Fact
from assistant.reviewing import ReviewState, state_of
from assistant.revising import keep_check
from assistant.store import audit, drafts, reviews, revisions
from assistant.store.heads import HEAD, HEADING, head_revisions
from assistant.workflow import check_draft
from assistant.workspace import Workspace, facts_around

REPORT, PAGE = "report.docx", "index.html"
_BEIJING = timezone(timedelta(hours=8))
_CHUNK = 1 << 20
_REVISIONS = ("节", "标题", "第几稿", "谁", "何时", "为什么", "模型", "提示词", "SHA-256")
_AUDIT = ("序号", "何时", "谁", "做了什么", "说明", "前一条", "本条")


@dataclass(frozen=True, slots=True)
class Packed:
    """A package written. `digest` is the SHA-256 of its list of hashes: noted down, it proves the package later."""

    path: Path
    digest: str
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verified:
    """A package checked again: its files that are as they were, and what is wrong with the others."""

    digest: str
    intact: tuple[str, ...]
    problems: tuple[str, ...]
    draft_id: str = ""
    recorded: str = ""  # when and by whom it was exported, where this workspace's log knows it

    @property
    def good(self) -> bool:
        """Whether nothing was changed, added or taken away."""
        return not self.problems


def export_evidence(workspace: Workspace, draft_id: str, out: Path, *, actor: Actor = LOCAL) -> Packed:
    """Write the package; the same content gives the same bytes. That it was exported is logged, not packed.

    Raises `InputError` for an unknown draft or another ending than .zip.
    """
    require(actor, Operation.EXPORT)
    if out.suffix.lower() != ".zip":
        raise InputError(f"不能写成“{out.name}”：证据包的文件名请以 .zip 结尾。")
    parts = package_parts(workspace, draft_id)
    keep_check(workspace, draft_id, author=actor.name)
    write_atomically(out, pack(parts))
    digest = hashlib.sha256(parts[SUMS]).hexdigest()
    audit.record(workspace.engine, actor.name, audit.Action.EXPORT, draft_id, f"{out.name} {digest}")
    return Packed(out, digest, tuple(sorted(parts)))


def package_parts(workspace: Workspace, draft_id: str) -> dict[str, bytes]:
    """The files of the package by name."""
    draft = drafts.load_draft(workspace.engine, draft_id)
    report = check_draft(workspace, draft)
    facts = _facts_of(workspace, draft, report)
    state = state_of(workspace, draft_id)
    numbers = revisions.revision_numbers(workspace.engine, draft_id)
    saved = _revision_rows(workspace, draft_id, numbers)
    done = [entry for entry in audit.entries(workspace.engine, subject=draft_id) if entry.action != audit.Action.EXPORT]
    logged = [_audit_row(entry) for entry in reversed(done)]
    signed = _sign_off(workspace, draft_id, state)
    word = docx_bytes(draft, check=report, annex=True, comments=False, origin=origin_of(draft, numbers))
    parts = {
        REPORT: word,
        "facts.csv": facts_csv(facts),
        "facts.json": json_bytes(facts_data(facts)),
        "check.json": json_bytes({"text": report.text, **as_json(report)}),
        "revisions.csv": csv_bytes(_REVISIONS, saved),
        "audit.csv": csv_bytes(_AUDIT, logged),
        "signoff.json": json_bytes(signed),
    }
    tables = [
        _finding_table(report),
        PageTable("修改记录", "每节每次保存都是一稿，旧稿不会被覆盖。", _REVISIONS, _short(saved)),
        PageTable("操作日志", "与这份稿子有关的操作；每条都含前一条的校验值。", _AUDIT, _short(logged)),
        PageTable(
            "文件清单",
            f"SHA-256 校验值，与 {SUMS} 一致；可用 jushi report verify 核对整个压缩包。",
            ("文件", "SHA-256"),
            [(name, hashlib.sha256(parts[name]).hexdigest()) for name in sorted(parts)],
        ),
    ]
    about = _about(draft, state, signed)
    page = Evidence(draft.title.replace("\n", ""), about, report, {fact.id: fact for fact in facts}, tables)
    parts[PAGE] = evidence_page(page)
    return {**parts, SUMS: sums_bytes(parts)}


def verify_evidence(path: Path, workspace: Workspace | None = None) -> Verified:
    """Check every file of a package against its list of hashes, and the list against the workspace's log.

    Raises `UnreadableFile` for what is no evidence package.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            names = [entry.filename for entry in archive.infolist()]
            if len(names) > MAX_PARTS or sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED:
                raise UnreadableFile(f"“{path.name}”解开后过大，疑似异常文件，没有核对。请确认文件来源。")
            if SUMS not in names:
                raise UnreadableFile(
                    f"“{path.name}”里没有 {SUMS}，不是据实的证据包。请选用 jushi report export 写出的 .zip。"
                )
            listed = archive.read(SUMS)
            sums = read_sums(listed)
            found = {name: _hash_of(archive, name) for name in dict.fromkeys(names) if name != SUMS}
    except OSError as error:
        raise UnreadableFile(f"读不了“{path}”：{error.strerror or error}。请检查路径和文件名。") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
        raise UnreadableFile(f"“{path.name}”已损坏，或不是证据包，无法核对。请重新取得一份。") from error
    problems = [f"“{name}”不见了" for name in sums if name not in found]
    problems += [f"“{name}”不在清单里，是后来加进去的" for name in found if name not in sums]
    problems += [f"“{name}”被改动过" for name in sums if name in found and found[name] != sums[name]]
    problems += [f"“{name}”在包里有两份" for name in dict.fromkeys(names) if names.count(name) > 1]
    digest = hashlib.sha256(listed).hexdigest()
    draft_id, recorded = _recorded(workspace, digest) if workspace else ("", "")
    intact = tuple(name for name in sums if found.get(name) == sums[name])
    return Verified(digest, intact, tuple(problems), draft_id, recorded)


def _hash_of(archive: zipfile.ZipFile, name: str) -> str:
    running = hashlib.sha256()
    with archive.open(name) as file:
        while block := file.read(_CHUNK):
            running.update(block)
    return running.hexdigest()


def _recorded(workspace: Workspace, digest: str) -> tuple[str, str]:
    """The draft a package with this digest was exported of, and when and by whom, as the log has it."""
    for entry in audit.entries(workspace.engine, action=audit.Action.EXPORT):
        if entry.detail.endswith(f" {digest}"):
            return entry.subject, f"{entry.at.astimezone():%Y-%m-%d %H:%M:%S} 由{entry.actor}导出"
    return "", ""


def _facts_of(workspace: Workspace, draft: Draft, report: CheckReport) -> list[Fact]:
    """The facts the report stands on, those behind derived ones among them, by id."""
    known = {fact.id: fact for fact in (*draft.facts, *facts_around(workspace, draft.period, town=draft.town))}
    wanted = [verdict.fact.id for verdict in report.verdicts if verdict.fact]
    known |= {verdict.fact.id: verdict.fact for verdict in report.verdicts if verdict.fact}
    wanted += [slot for section in draft.sections for slot in section.slots]
    found: dict[str, Fact] = {}
    while wanted:
        fact = known.get(wanted.pop())
        if fact is not None and fact.id not in found:
            found[fact.id] = fact
            wanted += fact.inputs
    return [found[identity] for identity in sorted(found)]


def _revision_rows(workspace: Workspace, draft_id: str, numbers: Iterable[str]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [
        ("", HEADING, str(each.number), revisions.name_of(each.author), _time(each.saved_at), each.why, "", "",
         hashlib.sha256(each.head.text.encode()).hexdigest())
        for each in head_revisions(workspace.engine, draft_id)
    ]  # fmt: skip
    for key in numbers:
        for each in revisions.revisions(workspace.engine, draft_id, key) if key != HEAD else ():
            section = each.section
            said = hashlib.sha256(f"{section.heading}\n{section.text}".encode()).hexdigest()
            who = revisions.name_of(each.author)
            rows.append(
                (key, section.heading, str(each.number), who, _time(each.saved_at), each.why, section.model,
                 section.prompt_hash, said)
            )  # fmt: skip
    return rows


def _audit_row(entry: audit.Entry) -> tuple[str, ...]:
    return (
        str(entry.number), _time(entry.at), entry.actor, entry.label, entry.detail, entry.before, entry.digest,
    )  # fmt: skip


def _sign_off(workspace: Workspace, draft_id: str, state: ReviewState) -> dict[str, object]:
    with workspace.engine.connect() as connection:
        signed = reviews.sign_off_of(connection, draft_id)
    return {
        "draft": draft_id,
        "status": str(state.status),
        "version": state.version,
        "content_sha256": state.content_hash,
        "signed_sha256": signed.digest if signed else "",
        "signed_by": (signed.display or signed.actor) if signed else "",
        "signed_at": signed.at.astimezone(UTC).isoformat() if signed else "",
    }


def _about(draft: Draft, state: ReviewState, signed: dict[str, object]) -> list[tuple[str, str]]:
    told = [
        ("稿子编号", draft.id),
        ("单位", draft.unit_name),
        ("报告期间", f"{chinese_name(draft.period)}（{period_id(draft.period)}）"),
        ("状态", f"{state.label}，第 {state.version} 版"),
        ("内容校验值", state.content_hash),
    ]
    if signed["signed_by"]:
        same = "与现在的内容一致" if signed["signed_sha256"] == state.content_hash else "与现在的内容不一致"
        at = datetime.fromisoformat(str(signed["signed_at"]))
        told.append(("签发", f"{signed['signed_by']}，{_time(at)}，{same}"))
    return [*told, ("说明", "核对结果以导出时的台账为准；时间均为北京时间。")]


def _finding_table(report: CheckReport) -> PageTable:
    rows = [(each.severity.label, each.surface or "—", each.message, each.suggestion) for each in report.findings]
    return PageTable("其他问题", "", ("程度", "原文", "说明", "建议"), rows)


def _short(rows: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """Hashes cut short, for people; the files have them whole."""
    return [[f"{cell[:12]}…" if len(cell) == 64 and cell.isalnum() else cell for cell in row] for row in rows]


def _time(moment: datetime) -> str:
    return f"{moment.astimezone(_BEIJING):%Y-%m-%d %H:%M:%S}"
