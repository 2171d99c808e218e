"""A workspace opened: its folder, its database, its indicators, and the facts of its ledger.

What everybody begins with. It loads nothing that writes or checks a text, so that the page can open before that is there.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from assistant.errors import InputError, WorkspaceError
from assistant.ledger import facts as ledger_facts
from assistant.ledger import problems, storage
from assistant.ledger.rollup import ROSTER, read_roster
from assistant.ledger.towns import town_named
from assistant.periods import period_id, periods_around
from assistant.records import ALL_TOWNS, Fact, Period
from assistant.registry.registry import Registry, load_registry
from assistant.settings import Settings
from assistant.store import database, tables

NO_MODEL = "none"
LAYOUTS = "layouts"
ORIGINALS = "ledger"  # copies of the spreadsheets imported
OWN_INDICATORS = "indicators.csv"


@dataclass(frozen=True, slots=True)
class Workspace:
    """An opened workspace: its folder, its database, its indicators."""

    settings: Settings
    folder: Path
    engine: Engine
    registry: Registry

    @property
    def town(self) -> str:
        """Whose ledger is looked at, where the database holds that of many towns; else empty."""
        return self.settings.town

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()


def open_workspace(settings: Settings, *, create: bool = True) -> Workspace:
    """Open the workspace folder, making it where it is missing and `create` allows.

    Raises `WorkspaceError` when the folder is missing or cannot be used.
    """
    folder = settings.workspace
    if not create and not folder.is_dir():
        raise WorkspaceError(f"没有工作目录 {folder}。请先用 jushi ledger import 导入台账，或用 --workspace 指定目录。")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WorkspaceError(f"不能建立工作目录 {folder}（{error.strerror}）。请换一个有权限的位置。") from error
    engine = database.open_database(folder, settings.database_url)
    tables.create_tables(engine, beside=[storage.METADATA])
    storage.create_tables(engine)
    return Workspace(settings, folder, engine, load_registry(folder / OWN_INDICATORS))


def compute_facts(workspace: Workspace, period: Period) -> list[Fact]:
    """A town's facts of a period with comparisons and evidence; raises `InputError` where the ledger has none."""
    facts = ledger_facts.facts_for(workspace.engine, period, workspace.registry, town=workspace.town)
    if not facts:
        what = f"{workspace.town} {period_id(period)} 的数据".lstrip()
        raise InputError(f"台账里没有 {what}。请先用 jushi ledger import 导入这一期的台账。")
    return facts


def facts_around(workspace: Workspace, period: Period, *, town: str = "") -> list[Fact]:
    """Every fact a town's report of this period may speak of: its own, its parts', its year's, and the year before's."""
    engine, registry, whose = workspace.engine, workspace.registry, town or workspace.town
    if whose == ALL_TOWNS:
        return ledger_facts.county_around(engine, period, registry, read_roster(workspace.folder / ROSTER))
    found: dict[str, Fact] = {}
    for each in periods_around(period):
        whole = each == period
        for fact in ledger_facts.facts_for(engine, each, registry, town=whose, comparisons=whole):
            found.setdefault(fact.id, fact)
    return list(found.values())


def unit_name(workspace: Workspace) -> str:
    """Whose reports are written: as set, or as the ledger's titles say; empty where neither does."""
    titles = (sheet.title for sheet in problems.sheets(workspace.engine))
    return workspace.settings.unit_name or workspace.town or town_named(titles)
