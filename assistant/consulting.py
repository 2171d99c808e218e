"""What questions are answered from: a workspace's ledger and its library put together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache, partial
from typing import TYPE_CHECKING, Literal

from assistant.ledger import facts as ledger_facts
from assistant.ledger.rollup import years_with_data
from assistant.periods import year_of
from assistant.permissions import LOCAL, Actor, Operation, require
from assistant.qa.desk import Desk
from assistant.records import ALL_TOWNS, CheckReport, Document, Fact, Period
from assistant.store import audit
from assistant.workflow import check_document
from assistant.workspace import Workspace, facts_around, unit_name

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.retrieval.library import Library
    from assistant.retrieval.listing import Added, AddReport, SourceInfo

LIBRARY = "library"
_YEARS_BACK, _YEARS_ON = 15, 2


def open_desk(workspace: Workspace, library: Library | None = None, *, today: date | None = None) -> Desk:
    """The desk of a workspace; without a `library` regulations and past summaries are not answered from.

    The years with data and the names of the villages are read once, so open a new one after an import.
    """
    day = today or date.today()
    engine, registry, town = workspace.engine, workspace.registry, workspace.town
    county = town == ALL_TOWNS
    rolled_up = cache(partial(ledger_facts.county_rollup, engine, registry=registry))  # every town's facts: seconds

    def facts_for(period: Period) -> Sequence[Fact]:
        if county:
            return rolled_up(period).totals
        return ledger_facts.facts_for(engine, period, registry, town=town, comparisons=False)

    def ranking(indicator: str, period: Period, by: Literal["place", "month"]) -> Sequence[Fact]:
        if county:
            return rolled_up(period).ranking(indicator) if by == "place" else ()
        return ledger_facts.ranking(engine, indicator, period, registry, by=by, town=town)

    def check(text: str, period: Period) -> CheckReport:
        return check_document(Document("往年总结", text, ()), facts_around(workspace, period), period, registry)

    years = tuple(years_with_data(engine)) if county else _years(workspace, day)
    return Desk(
        registry,
        facts_for,
        ranking,
        years,
        day,
        town=(workspace.settings.unit_name or "全县") if county else unit_name(workspace),
        county=county,
        places=tuple(ledger_facts.town_names(engine)) if county else _places(workspace, years),
        search=library.search if library else None,
        find_article=library.find_article if library else None,
        check=check,
    )


def _years(workspace: Workspace, today: date) -> tuple[int, ...]:
    """The years the ledger has data for, newest first."""
    span = range(today.year + _YEARS_ON, today.year - _YEARS_BACK, -1)
    known = ((year, _facts_of(workspace, year)) for year in span)
    return tuple(year for year, facts in known if facts)


def _facts_of(workspace: Workspace, year: int) -> list[Fact]:
    engine, registry = workspace.engine, workspace.registry
    return ledger_facts.facts_for(engine, year_of(year), registry, town=workspace.town, comparisons=False)


def _places(workspace: Workspace, years: Sequence[int]) -> tuple[str, ...]:
    """The villages the ledger names, in any year."""
    found: dict[str, None] = {}
    for year in years:
        for fact in _facts_of(workspace, year):
            engine, registry = workspace.engine, workspace.registry
            ranked = ledger_facts.ranking(engine, fact.indicator, year_of(year), registry, town=workspace.town)
            found.update((each.place, None) for each in ranked if each.place)
    return tuple(found)


def has_library(workspace: Workspace) -> bool:
    """Whether a library has been begun in this workspace."""
    return (workspace.folder / LIBRARY).is_dir()


def open_library(workspace: Workspace) -> Library:
    """The library of a workspace's folder, begun where there is none, with the vectors its settings name.

    Raises `WorkspaceError` where the folder cannot be used, `SettingsError` where the vectors cannot be had.
    """
    from assistant.retrieval.embedding import open_embeddings
    from assistant.retrieval.library import open_library as open_folder

    settings = workspace.settings
    embeddings = open_embeddings(
        settings.embedding,
        base_url=settings.embedding_base_url,
        api_key=settings.embedding_api_key.get_secret_value(),
        model=settings.embedding_model,
    )
    return open_folder(workspace.folder / LIBRARY, chroma_url=settings.chroma_url, embeddings=embeddings)


def add_documents(
    workspace: Workspace,
    library: Library,
    paths: Sequence[Path],
    actor: Actor = LOCAL,
    *,
    on_progress: Callable[[Added], None] | None = None,
) -> AddReport:
    """Take documents into the library for somebody, who stands in the log with their names. Raises `Forbidden`."""
    require(actor, Operation.IMPORT_LIBRARY)
    report = library.add(paths, on_progress=on_progress)
    names = "、".join(each.name for each in report.files if each.source is not None)
    if names:
        audit.record(workspace.engine, actor.name, audit.Action.IMPORT_LIBRARY, names)
    return report


def remove_document(workspace: Workspace, library: Library, name: str, actor: Actor = LOCAL) -> SourceInfo:
    """Take a document out of the library for somebody. Raises `Forbidden`, and `InputError` where there is none of this name."""
    require(actor, Operation.IMPORT_LIBRARY)
    gone = library.remove(name)
    audit.record(workspace.engine, actor.name, audit.Action.REMOVE_LIBRARY, gone.name)
    return gone


@contextmanager
def library_of(workspace: Workspace) -> Iterator[Library]:
    """The library of a workspace's folder, opened for a while."""
    with open_library(workspace) as library:
        yield library


@contextmanager
def desk_of(workspace: Workspace, *, today: date | None = None) -> Iterator[Desk]:
    """The desk of a workspace, with its library where one has been begun."""
    if not has_library(workspace):
        yield open_desk(workspace, today=today)
        return
    with library_of(workspace) as library:
        yield open_desk(workspace, library if library.list_sources() else None, today=today)
