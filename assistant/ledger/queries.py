"""The questions asked of the observations: one set of SQLAlchemy Core queries for every database."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select

from assistant.ledger.storage import FILES, OBSERVATIONS, SOURCES, bounds
from assistant.records import Period


def _inside(period: Period) -> ColumnElement[bool]:
    """Observations wholly inside a period, from sources that count."""
    first, last = bounds(period)
    return and_(OBSERVATIONS.c.first >= first, OBSERVATIONS.c.last <= last, SOURCES.c.counted)


def _of_town(query: Select[Any], town: str | None) -> Select[Any]:
    return query if town is None else query.where(SOURCES.c.town == town)


def totals(period: Period, town: str | None) -> Select[Any]:
    """town, indicator, sum in millionths, rows; of all towns where `town` is None."""
    query = (
        select(
            SOURCES.c.town,
            SOURCES.c.indicator,
            func.sum(OBSERVATIONS.c.millionths),
            func.count(),
        )
        .join(SOURCES, SOURCES.c.id == OBSERVATIONS.c.source)
        .where(_inside(period))
        .group_by(SOURCES.c.town, SOURCES.c.indicator)
    )
    return _of_town(query, town)


def different(period: Period, town: str | None, indicators: list[str]) -> Select[Any]:
    """town, indicator, number of different keys."""
    query = (
        select(SOURCES.c.town, SOURCES.c.indicator, func.count(OBSERVATIONS.c.counted_key.distinct()))
        .join(SOURCES, SOURCES.c.id == OBSERVATIONS.c.source)
        .where(_inside(period), SOURCES.c.indicator.in_(indicators))
        .group_by(SOURCES.c.town, SOURCES.c.indicator)
    )
    return _of_town(query, town)


def latest(period: Period, town: str | None, indicators: list[str]) -> Select[Any]:
    """town, indicator, source, row, column, millionths of the last state of each place inside the period."""
    newest = func.rank().over(
        partition_by=(SOURCES.c.town, SOURCES.c.indicator, OBSERVATIONS.c.place),
        order_by=OBSERVATIONS.c.last.desc(),
    )
    query = (
        select(
            SOURCES.c.town,
            SOURCES.c.indicator,
            OBSERVATIONS.c.source,
            OBSERVATIONS.c.sheet_row,
            OBSERVATIONS.c.sheet_column,
            OBSERVATIONS.c.millionths,
            newest.label("newest"),
        )
        .join(SOURCES, SOURCES.c.id == OBSERVATIONS.c.source)
        .where(_inside(period), SOURCES.c.indicator.in_(indicators))
    )
    ranked = _of_town(query, town).subquery()
    return select(ranked).where(ranked.c.newest == 1)


def latest_totals(period: Period, town: str | None, indicators: list[str]) -> Select[Any]:
    """town, indicator, sum in millionths over the last states of all places."""
    states = latest(period, town, indicators).subquery()
    return select(states.c.town, states.c.indicator, func.sum(states.c.millionths)).group_by(
        states.c.town, states.c.indicator
    )


def cells(period: Period, town: str) -> Select[Any]:
    """indicator, source, row, column, written, first, last of a town's counted observations."""
    return (
        select(
            SOURCES.c.indicator,
            OBSERVATIONS.c.source,
            OBSERVATIONS.c.sheet_row,
            OBSERVATIONS.c.sheet_column,
            OBSERVATIONS.c.written,
            OBSERVATIONS.c.first,
            OBSERVATIONS.c.last,
        )
        .join(SOURCES, SOURCES.c.id == OBSERVATIONS.c.source)
        .where(_inside(period), SOURCES.c.town == town)
        .order_by(OBSERVATIONS.c.source, OBSERVATIONS.c.sheet_column, OBSERVATIONS.c.sheet_row)
    )


def counted_sources(town: str) -> Select[Any]:
    """id, file name, sheet, indicator, dated, first, last, reach of a town's sources that count."""
    return (
        select(
            SOURCES.c.id,
            FILES.c.name,
            SOURCES.c.sheet,
            SOURCES.c.indicator,
            SOURCES.c.dated,
            SOURCES.c.first,
            SOURCES.c.last,
            SOURCES.c.reach,
        )
        .join(FILES, FILES.c.id == SOURCES.c.file)
        .where(SOURCES.c.town == town, SOURCES.c.counted)
        .order_by(SOURCES.c.id)
    )


def touched(period: Period, town: str) -> Select[Any]:
    """The indicators with an observation that reaches into the period, or over it."""
    first, last = bounds(period)
    return (
        select(SOURCES.c.indicator)
        .join(SOURCES, SOURCES.c.id == OBSERVATIONS.c.source)
        .where(SOURCES.c.town == town, OBSERVATIONS.c.first <= last, OBSERVATIONS.c.last >= first, SOURCES.c.counted)
        .distinct()
    )


def last_day(town: str) -> Select[Any]:
    """The last day any dated observation of a town speaks of."""
    return (
        select(func.max(OBSERVATIONS.c.last))
        .join(SOURCES, SOURCES.c.id == OBSERVATIONS.c.source)
        .where(SOURCES.c.town == town, SOURCES.c.dated)
    )
