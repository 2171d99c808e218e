"""A cell of figures into an amount in the indicator's unit, or a notice saying why not."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from assistant.ledger.columns import Column
from assistant.ledger.contexts import Context
from assistant.ledger.grids import CellValue, cell_name
from assistant.ledger.values import read_number, written
from assistant.records import Severity

_MONEY = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
_MEASURED = frozenset(("元", "亩", "公里", "米", "吨", "公斤", "千克", "平方米", "万响", "%"))
LARGEST = 10**11


def read_measure(value: CellValue, column: Column, unit: str, context: Context, row: int) -> Decimal | None:
    """The amount a cell states, in the indicator's `unit`; None (with a notice) where it cannot be one."""
    if isinstance(value, int) and 0 <= value < LARGEST and unit != "元":
        return _whole(value)
    cell = cell_name(row, column.index)
    number = read_number(value)
    if number is None:
        message = f"{cell}“{written(value)}”不是数字（{column.header}），没有计入。"
        context.say(Severity.WARNING, "not_a_number", message, cell)
        return None
    amount = number.value
    if unit == "元":
        amount *= _MONEY.get(number.unit or column.unit, Decimal(1))
    problem = _impossible(amount, unit)
    if problem:
        message = f"{cell}“{written(value)}”{problem}（{column.header}），没有计入，请改正。"
        context.say(Severity.WARNING, "impossible_value", message, cell)
        return None
    if number.about:
        context.say(Severity.WARNING, "approximate", f"{cell}写的是约数“{written(value)}”，按{amount:f}计。", cell)
    if number.remark:
        context.say(
            Severity.INFO, "remark_in_cell", f"{cell}“{written(value)}”按{amount:f}计，括号内的话没有计入。", cell
        )
    return amount


@lru_cache(maxsize=16_384)
def _whole(value: int) -> Decimal:
    return Decimal(value)


def _impossible(amount: Decimal, unit: str) -> str:
    if amount < 0:
        return "是负数"
    if amount > LARGEST:
        return "大得不合理"
    if unit not in _MEASURED and amount != amount.to_integral_value():
        return "不是整数"
    return ""
