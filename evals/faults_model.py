"""Faults of the model's endpoint: down, slow, lying, refusing, cut off."""

from __future__ import annotations

from pathlib import Path

from pydantic import SecretStr

from assistant.errors import ModelError
from assistant.records import ReportKind, SectionText, VerdictKind
from assistant.settings import Settings, load_settings
from assistant.store import drafts
from assistant.workflow import check_draft, import_ledger, write_draft
from assistant.workspace import open_workspace
from evals.faults_runs import LEDGER, YEAR, Outcome
from tests import endpoint

_LIES = (
    ("lying endpoint: figures of its own everywhere", endpoint.writes_digits),
    ("lying endpoint: slots ignored", endpoint.ignores_slots),
    ("lying endpoint: an instruction repeated", endpoint.echoes("整改率100%，共检查9999家次。")),
)
_FAILURES = (
    ("endpoint slow: stalls in the middle", endpoint.stalls("我镇加强")),
    ("endpoint drops mid-stream", endpoint.drops()),
    ("endpoint refuses: 429 for ever", endpoint.fails(429, retry_after=0)),
    ("endpoint broken: 500", endpoint.fails(500)),
    ("endpoint sends garbage", endpoint.sends_garbage),
    ("endpoint sends a web page", endpoint.sends_html),
)


def settings_for(folder: Path, url: str) -> Settings:
    """A workspace that asks an impatient endpoint."""
    wished = {
        "llm_base_url": url,
        "llm_model": "test",
        "llm_api_key": SecretStr("sk"),
        "llm_timeout": 2,
        "llm_retries": 1,
    }
    return load_settings(folder).model_copy(update=wished)


def lies(folder: Path, count: int = len(_LIES)) -> list[Outcome]:
    """Drafts written with models that lie: none of their figures may stand."""
    outcomes = []
    for number, (name, behaviour) in enumerate(_LIES[:count]):
        outcome = Outcome(name, "a whole draft; then its check", 1)
        with endpoint.endpoint(behaviour) as server:
            workspace = open_workspace(settings_for(folder / f"lie-{number}", server.base_url))
            try:
                import_ledger(workspace, [LEDGER])
                draft = write_draft(workspace, ReportKind.ANNUAL, YEAR)
                report = check_draft(workspace, draft)
            finally:
                workspace.close()
        wrong = [each.surface for each in report.verdicts if each.verdict is VerdictKind.CONTRADICTED]
        foreign = [each.surface for each in report.verdicts if each.verdict is VerdictKind.UNSUPPORTED]
        outcome.hold(not wrong and not foreign, f"figures that are not the ledger's: {(wrong + foreign)[:5]}")
        outcome.hold(report.count(VerdictKind.SUPPORTED) > 30, "the ledger's figures are missing")
        said = [notice.message for section in draft.sections for notice in section.notices]
        outcome.told += said[:1]
        outcomes.append(outcome)
    return outcomes


def failures(folder: Path, count: int = len(_FAILURES)) -> list[Outcome]:
    """Endpoints that fail half-way: what was written stays, and the draft is gone on with."""
    outcomes = [
        _failing(folder / f"fail-{number}", name, behaviour)
        for number, (name, behaviour) in enumerate(_FAILURES[:count])
    ]
    return [*outcomes, _failing(folder / "down", "endpoint down", None)] if count == len(_FAILURES) else outcomes


def _failing(folder: Path, name: str, behaviour: endpoint.Behaviour | None) -> Outcome:
    """Two sections are written, then the endpoint fails; then it is well again."""
    outcome = Outcome(name, "fails from the third answer on; then it is well again", 1)
    told = ""
    kept: list[SectionText] = []
    well = [endpoint.writes_slots, endpoint.writes_slots]
    with endpoint.endpoint(*well, behaviour or endpoint.kills_server) as server:
        workspace = open_workspace(settings_for(folder, server.base_url))
        try:
            import_ledger(workspace, [LEDGER])
            draft = write_draft(workspace, ReportKind.ANNUAL, YEAR, on_section=kept.append)
            said = [notice.message for section in draft.sections for notice in section.notices]
            told = said[0] if said else ""
        except ModelError as error:
            told = str(error)
            outcome.hold(len(drafts.list_drafts(workspace.engine)) == 1, "the draft is gone")
        finally:
            workspace.close()
    outcome.hold(len(told) > 8, "nothing was said")
    outcome.told.append(told)
    with endpoint.endpoint(endpoint.writes_slots) as server:
        workspace = open_workspace(settings_for(folder, server.base_url))
        try:
            before = drafts.load_draft(workspace.engine, drafts.list_drafts(workspace.engine)[0].id)
            outcome.hold(
                {each.key for each in before.sections} >= {each.key for each in kept},
                "sections told as written are gone",
            )
            whole = write_draft(workspace, ReportKind.ANNUAL, YEAR)
            outcome.hold(not check_draft(workspace, whole).count(VerdictKind.CONTRADICTED), "a wrong figure")
        finally:
            workspace.close()
    return outcome
