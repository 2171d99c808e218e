"""Tables whose title says what is counted, and whose columns are only months or villages."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.ledger.columns import Column
from assistant.ledger.contexts import Context
from assistant.ledger.headers import Role, unit_in, wording
from assistant.ledger.matching import Matcher

_FEWEST = 2
_FRAME = re.compile(
    r"^.{0,6}?(?:镇|乡|街道)(?=.{4})|(?:20\d{2}年?度?[至到~～]?)+|近[两三四五]年|历年|各年度?|分年度?|逐年|[一二三四]季度|[上下]半年|"
    r"各村(?:社区)?|各社区|分村|按月|分月|逐月|月度|各月|(?:情况|数量|工作)?(?:统计|汇总|一览|登记|进度|明细|对比|比较|对照)?(?:表|台账)$"
)


def take_title_measure(columns: list[Column], context: Context, matcher: Matcher) -> None:
    """Give the columns of months or villages the indicator of the title, where no header names one."""
    bare = [
        column
        for column in columns
        if (column.period or column.place) and column.numeric and column.content.numbers and not column.measures
    ]
    if len(bare) < _FEWEST or any(column.measures or column.role is Role.INDICATOR for column in columns):
        return
    words = _FRAME.sub("", _FRAME.sub("", wording(context.title)))
    unit = unit_in(context.title) or context.money
    found = [candidate for candidate in matcher.match((words,), unit, context.subject) if not candidate.part]
    if not found:
        return
    for column in bare:
        column.measures = [replace(found[0], score=min(found[0].score, 88), why=f"标题“{words}”，{found[0].why}")]
        column.unit = column.unit or unit
        column.role = Role.VALUE
