"""The main job, step by step: the only place that puts stages together.

spreadsheets → observations → facts → draft → check → Word. Each step can be called alone, and what a
step has done is saved before the next begins. A step loads its stage when it is first taken: the page is open
before anything is read, written or checked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.drafting.fulltext import Span, draft_text, section_spans
from assistant.errors import InputError, UnreadableFile
from assistant.ledger import facts as ledger_facts
from assistant.periods import period_id
from assistant.permissions import LOCAL
from assistant.records import CheckReport, Document, Draft, Fact, Period, ReportKind, SectionText
from assistant.registry.registry import Registry, shipped_registry
from assistant.store import audit, drafts
from assistant.store.inputs import begin_draft
from assistant.store.states import keep_facts
from assistant.workspace import LAYOUTS, NO_MODEL, ORIGINALS, Workspace, compute_facts, facts_around, unit_name

if TYPE_CHECKING:
    from assistant.drafting.context import Context, Target
    from assistant.drafting.references import Search
    from assistant.drafting.sections import SectionSpec, Writer
    from assistant.factcheck.citations import Regulations
    from assistant.ledger.reports import ImportReport
    from assistant.llm.chat import ChatModel
    from assistant.settings import Settings

__all__ = [
    "Span", "check_document", "check_draft", "context_of", "draft_text", "export_draft",
    "import_ledger", "model_writer", "open_model", "section_spans", "write_draft",
]  # fmt: skip

RANKED = "hazard.found"  # the indicator whose villages the problems part may name


# --- Ledger ----------------------------------------------------------------------------------


def import_ledger(workspace: Workspace, paths: Sequence[Path], *, by: str = LOCAL.name) -> ImportReport:
    """Read spreadsheets (files or folders) into the workspace for somebody; says what was read, guessed and refused.

    They become the ledger of the town the settings name. Raises `UnreadableFile` where none of them holds a table.
    """
    from assistant.ledger.importing import find_files, import_files, named_for
    from assistant.ledger.originals import keep_originals, kept_in

    engine, town, layouts = workspace.engine, workspace.town, workspace.folder / LAYOUTS
    report = import_files(engine, paths, workspace.registry, town=town, layouts=layouts)
    if not report.sheets:
        why = "".join(notice.message for notice in report.notices[:3])
        raise UnreadableFile(f"没有读到任何台账表格：{why}请确认选的是台账文件（.xlsx .xls .csv）。")
    keep_originals(kept_in(workspace.folder / ORIGINALS, town), named_for(find_files(paths), town), report.files)
    audit.record(engine, by, audit.Action.IMPORT_LEDGER, "、".join(report.files))
    return report


# --- Draft ------------------------------------------------------------------------------------


def write_draft(
    workspace: Workspace,
    kind: ReportKind,
    period: Period,
    *,
    past: Sequence[Document] = (),
    outline: Sequence[SectionSpec] | None = None,
    targets: Sequence[Target] | None = None,
    model: str | None = None,
    today: date | None = None,
    on_section: Callable[[SectionText], None] = lambda _section: None,
    on_text: Callable[[str], None] | None = None,
    on_outline: Callable[[Sequence[SectionSpec]], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    by: str = LOCAL.name,
) -> Draft:
    """Write a report for somebody (`by`) section by section, each saved as soon as it is written.

    `outline` is what a person confirmed (see `assistant.outlining`), `targets` what a person set for the next period (where
    None, the workspace's targets.toml). `model` is a model's name, "none" for the offline writer, None for what the settings say.
    A draft begun from the very same that was cut off is gone on with; a finished one stays as it is and a new one is begun.
    """
    from pydantic import TypeAdapter

    from assistant.drafting.draft import assemble
    from assistant.drafting.redo import Inputs
    from assistant.drafting.references import requirements_with
    from assistant.drafting.rollforward import write_section
    from assistant.drafting.targets import own_targets
    from assistant.lawbook import laws_of

    compute_facts(workspace, period)  # raises where there is nothing to write from
    facts = facts_around(workspace, period)
    if targets is None:
        targets = own_targets(workspace.folder, workspace.registry)
    context = context_of(workspace, kind, period, past, targets=targets, today=today)
    chat = open_model(workspace.settings, model)
    settled = Inputs(tuple(past), tuple(outline) if outline else None, tuple(targets), workspace.settings.unit_name)
    inputs = TypeAdapter(Inputs).dump_json(settled)
    name = chat.name if chat else NO_MODEL
    parts = [str(kind), name, *(f"{fact.id}={fact.value}" for fact in facts), inputs.decode()]
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
    head = begin_draft(workspace.engine, kind, period, facts, name, digest, inputs.decode(), town=workspace.town, by=by)
    written = {section.key: section for section in head.sections}
    state = keep_facts(workspace.engine, facts)

    def save(section: SectionText) -> None:
        if written.get(section.key) != section:
            drafts.save_section(workspace.engine, head.id, section, author=section.writer, why="起草", facts=state)
        on_section(section)

    try:
        with laws_of(workspace.folder) as search:
            write = model_writer(chat, search, on_text=on_text, cancelled=cancelled) if chat else write_section
            draft = assemble(
                kind,
                period,
                facts,
                past,
                replace(context, requirements=requirements_with(search) if search else ()),
                write=write,
                on_section=save,
                done=head.sections,
                outline=outline,
                workers=workspace.settings.llm_concurrency if chat else 1,
                on_outline=on_outline,
            )
    finally:
        if chat:
            chat.close()
    finished = replace(draft, id=head.id, extra={**draft.extra, **head.extra, "state": "finished"})
    drafts.save_head(workspace.engine, finished, period_id(period))
    return finished


def context_of(
    workspace: Workspace,
    kind: ReportKind,
    period: Period,
    past: Sequence[Document],
    *,
    targets: Sequence[Target] = (),
    today: date | None = None,
) -> Context:
    """What every writer is told of a report of this workspace."""
    from assistant.drafting.draft import context_for
    from assistant.drafting.frame import signing_date

    engine, registry = workspace.engine, workspace.registry
    return replace(
        context_for(kind, period, registry, past, unit_name=unit_name(workspace)),
        rankings=tuple(ledger_facts.ranking(engine, RANKED, period, registry, town=workspace.town)),
        signed_on=signing_date(period, today or date.today()),
        targets=tuple(targets),
    )


def open_model(settings: Settings, model: str | None = None) -> ChatModel | None:
    """The language model the settings (or `model`) name; None for no model. Raises `SettingsError` as `open_chat` does."""
    from assistant.llm.opening import Patience, open_chat

    name = model if model is not None else settings.llm_model
    if name == NO_MODEL or not (name or settings.llm_base_url or settings.llm_gguf):
        return None
    key = settings.llm_api_key.get_secret_value()
    patience = Patience(settings.llm_timeout, settings.llm_retries, settings.llm_context)
    return open_chat(name, settings.llm_base_url, key, settings.llm_gguf, patience)


def model_writer(
    chat: ChatModel,
    search: Search | None,
    *,
    on_text: Callable[[str], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    wish: str = "",
    variant: int = 0,
) -> Writer:
    """The writer that lets this model write, with the rules that `search` finds."""
    from assistant.drafting.model_writer import writer_with
    from assistant.drafting.references import references_with

    references = references_with(search) if search else None
    return writer_with(chat, on_text=on_text, cancelled=cancelled, wish=wish, variant=variant, references=references)


def export_draft(draft: Draft, out: Path, *, report: CheckReport | None = None) -> None:
    """Write a draft as .docx in the official layout, with the 核数表 as an annex where a check is given, or as .md."""
    from assistant.export.markdown import export_markdown
    from assistant.export.report import export_docx

    if out.suffix.lower() == ".md":
        export_markdown(draft, out)
    else:
        export_docx(draft, out, check=report, annex=report is not None)


# --- Check ------------------------------------------------------------------------------------


def check_document(
    document: Document,
    facts: Sequence[Fact],
    period: Period,
    registry: Registry | None = None,
    *,
    regulations: Regulations | None = None,
) -> CheckReport:
    """A verdict for every figure, and the findings; with `regulations` (law, article → its text) for laws cited too.

    Raises `InputError` for a document without any text.
    """
    if not document.text.strip():
        raise InputError(f"{document.file} 里没有文字，无从核对。")
    return _check(document.text, facts, period, registry or shipped_registry(), regulations)


def check_draft(workspace: Workspace, draft: Draft) -> CheckReport:
    """The same check as anybody's text gets, against the ledger as it is now."""
    facts = facts_around(workspace, draft.period, town=draft.town)
    return _check(draft_text(draft), facts, draft.period, workspace.registry)


def _check(
    text: str, facts: Sequence[Fact], period: Period, registry: Registry, regulations: Regulations | None = None
) -> CheckReport:
    from assistant.drafting.outline import must_report
    from assistant.factcheck.check import check

    wanted = must_report(facts, period, registry)
    return check(text, facts, period, registry=registry, must_report=wanted, regulations=regulations)
