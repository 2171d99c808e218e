"""Made-up towns with a year of ledgers: what truly happened, and spreadsheets that say so in many ways."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from evals import ledger_checks as checks
from evals import ledger_events as events
from evals import ledger_summaries as summaries
from evals.ledger_content import Town
from evals.ledger_sheets import Sheet

Maker = Callable[[Random, Town], Sheet]
MAKERS: tuple[Maker, ...] = (
    checks.inspection_sheet,
    checks.hazards_sheet,
    events.publicity_sheet,
    events.meetings_sheet,
    events.trainings_sheet,
    summaries.pledges_sheet,
    summaries.houses_sheet,
    summaries.drowning_sheet,
    events.road_sheet,
    events.accidents_sheet,
    events.fire_sheet,
    summaries.food_sheet,
)


def make_town(number: int) -> Town:
    """Town number so-and-so: always the same."""
    random = Random(number)
    town = Town(
        number, random.choice(("云溪", "石门", "安平", "柳河", "三江", "青岩")) + random.choice(("镇", "乡", "街道"))
    )
    sheets = [maker(random, town) for maker in MAKERS if random.random() < 0.85]
    if random.random() < 0.3 and len(sheets) > 2:
        sheets = _stack(sheets, town)
    together = random.random() < 0.7
    if together and random.random() < 0.4:
        sheets.append(Sheet("旧稿", [["序号", "检查日期", "检查单位数（家次）"], [1, "2024.3.1", 500]], hidden=True))
    if together:
        town.books["2024年台账.xlsx"] = sheets
    else:
        for sheet in sheets:
            suffix = random.choice(("utf.csv", "gb.csv", ".xlsx")) if not sheet.merges[1:] else ".xlsx"
            town.books[f"2024{sheet.name}{suffix}"] = [sheet]
    return town


def _stack(sheets: list[Sheet], town: Town) -> list[Sheet]:
    """Two of the sheets put on one, one below the other."""
    upper, lower = sheets[0], sheets[1]
    shift = len(upper.rows) + 2
    rows = upper.rows + [[], []] + lower.rows
    merges = upper.merges + [(a + shift, b, c + shift, d) for a, b, c, d in lower.merges]
    hidden = upper.hidden_rows + [row + shift for row in lower.hidden_rows]
    town.warnings = [
        (kind, upper.name if name == lower.name else name, row + shift if name == lower.name else row)
        for kind, name, row in town.warnings
    ]
    return [Sheet(upper.name, rows, merges, False, hidden), *sheets[2:]]


__all__ = ["Town", "make_town"]
