"""A county's sheet, one row or more for each town, shared out among the towns it has rows of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.ledger.grids import cell_name
from assistant.ledger.readings import Reading
from assistant.records import Notice, Severity

COUNTY = (
    "全县（按乡镇分）/"  # how the names of files begin whose rows are shared out; no folder of a user's is called so
)
_ROW = re.compile(r"[A-Z]+(\d+)$")
_SHOWN = 5  # towns named in a notice


def share_out(readings: Sequence[Reading]) -> dict[str, list[Reading]]:
    """The readings of each town; tables and rows that name no town are left out, with a notice in their reading."""
    shares: dict[str, list[Reading]] = {}
    for reading in readings:
        if not reading.observed:
            continue
        if not reading.towns:
            message = "没有“乡镇”一列，不知道是哪个乡镇的，没有计入。请加一列写明乡镇，或用命令 jushi ledger import 文件 --town 乡镇名 单独导入。"
            reading.context.say(Severity.ERROR, "no_town", message, cell_name(reading.table.header.start, 0))
            continue
        _say_rows_of_nobody(reading)
        for town in sorted(set(reading.towns.values())):
            part = _part(reading, town)
            if part.observed:
                shares.setdefault(town, []).append(part)
    return shares


def say_county(readings: Iterable[Reading]) -> None:
    """Point out sheets with rows of several towns that are being read as one town's."""
    for reading in readings:
        towns = sorted(set(reading.towns.values()))
        if len(towns) > 1:
            named = "、".join(towns[:_SHOWN]) + (f"等{len(towns)}个乡镇" if len(towns) > _SHOWN else "")
            message = f"按乡镇分行（{named}），像是全县的台账，现在合在一起算。要按乡镇分开，请用命令 jushi ledger import 文件 --town 全县 导入。"
            reading.context.say(Severity.WARNING, "several_towns", message, cell_name(reading.table.header.start, 0))


def _say_rows_of_nobody(reading: Reading) -> None:
    rows = sorted({item.row for item in reading.observed} - reading.towns.keys())
    if rows:
        named = "、".join(f"第{row + 1}行" for row in rows[:_SHOWN]) + (
            f"等{len(rows)}行" if len(rows) > _SHOWN else ""
        )
        reading.context.say(
            Severity.WARNING, "row_without_town", f"{named}没有写明乡镇，没有计入。", cell_name(rows[0], 0)
        )


def _part(reading: Reading, town: str) -> Reading:
    """What the reading says of one town."""
    observed = [
        item._replace(place="" if item.place == town else item.place) if item.place else item
        for item in reading.observed
        if reading.towns.get(item.row) == town
    ]
    indicators = {item.indicator for item in observed}
    notices = [notice for notice in reading.context.notices if _concerns(notice, reading.towns, town)]
    return replace(
        reading,
        context=replace(reading.context, notices=notices),
        observed=observed,
        sources={name: source for name, source in reading.sources.items() if name in indicators},
    )


def _concerns(notice: Notice, towns: dict[int, str], town: str) -> bool:
    """Whether a notice is about a town's row, or about no row of any town."""
    found = _ROW.search(notice.cell.cell) if notice.cell else None
    return found is None or towns.get(int(found[1]) - 1, town) == town
