"""What a header cell says: its wording without units, its unit, and the part its column plays."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from assistant.ledger.dates import headed_day, read_period
from assistant.ledger.grids import CellValue
from assistant.ledger.values import UNITS, is_total, plain
from assistant.registry.vocabulary import header_patterns

_FEWEST_DAYS = 3  # side by side, from which they are columns and no dates of a row
_ANY_YEAR = 2000  # a leap year: which one does not matter here
_BRACKETS = re.compile(r"[(\[【〔](?:单位[:：]?)?([^()\[\]【】〔〕]{1,8})[)\]】〕]")
_CHOICES = re.compile(r"\([^()]{1,12}[/、或√][^()]{0,12}\)")  # what may be filled in: (一般/重大)
_DEFAULT_UNIT = re.compile(r"(?:金额|计量)?单位[::]([\u4e00-\u9fff%]{1,4})")
_PUNCTUATION = re.compile(r"[\s:;,.、·\"'“”‘’*★#/\\()\[\]【】〔〕《》<>—_\-]+")
_LEAD = re.compile(r"^(?:其中|累计|共计|合计|总计|实际|本次|当次|当日|镇级|全镇|本镇|今年)+(?=.{2})")
_GROUP = re.compile(r"[\u4e00-\u9fff]{2,8}(?:情况|方面)")
_PLACE = re.compile(r".{1,8}(?:村|社区|居委会|村委会|居民委员会)")
_VALUE = re.compile(
    r"(?:完成|实际|统计|本期|本年|当年|全年|年度|累计)*(?:数值|数量|数据|完成数|完成量|完成情况|实绩|结果|数|值|实际数)|本月数?|本期数?|本年数?|本季度?数?|当年|今年|落实情况"
)


class Role(StrEnum):
    """The part a column plays."""

    SEQUENCE = "sequence"
    DATE = "date"
    END = "end"
    FINISH = "finish"
    DEADLINE = "deadline"
    MONTH = "month"
    TOWN = "town"
    PLACE = "place"
    INDICATOR = "indicator"
    UNIT = "unit"
    NAME = "name"
    CATEGORY = "category"
    GRADE = "grade"
    STATUS = "status"
    TOPIC = "topic"
    DETAIL = "detail"
    RATE = "rate"
    REMARK = "remark"
    VALUE = "value"
    TEXT = "text"


_ROLES: tuple[tuple[Role, re.Pattern[str]], ...] = tuple(
    (role, re.compile(pattern, re.IGNORECASE))
    for role, pattern in (
        (Role.SEQUENCE, r"序号?|编号|No|项次|行号|号|(隐患|记录|档案|台账|文书)编号"),
        (Role.REMARK, r"备注|说明|附注|备考|备注说明|其他说明|其它|其他"),
        (Role.RATE, r".{0,8}(率|占比|百分比|比例)"),
        (
            Role.DEADLINE,
            r".{0,4}(期限|时限)(日期|时间)?|限期.{0,6}|计划.{0,6}(日期|时间)|要求.{0,4}(日期|时间)|应(完成|整改).{0,4}(日期|时间)",
        ),
        (
            Role.FINISH,
            r"(整改|治理|实际|隐患)*(完成|销号|验收|复查|整改|闭环|办结|治理|复核)(完成|销号|治理)?(日期|时间)",
        ),
        (
            Role.END,
            r"(结束|终止|截止|停止).{0,2}(日期|时间)|(报送|填报|填表|录入|登记|上报)(日期|时间)|签收(日期|时间)",
        ),
        (Role.DATE, r".{0,6}(日期|时间)|月日|年月日|日期时间"),
        (Role.MONTH, r"(所属|统计)?(月份|月度|月|期间|时段|时间段|年月|季度|周期|年份|年度)"),
        (
            Role.STATUS,
            r"(隐患|问题)?(整改|治理|销号|落实|处理|闭环|验收|办理|完成|复查|目前|当前|整治)*(状态|情况|结果|进度|状况|进展|进展情况)|是否.{0,3}(整改|完成|销号|闭环|到位|治理|办结).{0,4}|(整改|治理|销号)与?否|状态",
        ),
        (Role.GRADE, r"(隐患|风险|问题|事故)?(等级|级别|分级|程度)"),
        (
            Role.CATEGORY,
            r".{0,6}(类型|类别|种类|形式|性质|分类)|(工作|行业|专业|所属)*(领域|板块|方面|模块|条线|行业领域)",
        ),
        (Role.UNIT, r"(计量)?单位"),
        (
            Role.PLACE,
            r"(所在|所属|辖区|各|责任)*(行政)*(村|村居|村社区|村委会|社区|村名|村名称|村别|行政村|片区|网格|区域|村居名称|村社区名称|属地|地区|村级|镇村|村委|村居委会|村组|点位)",
        ),
        (
            Role.INDICATOR,
            r"(统计|工作|主要)?(指标|项目|事项|任务)(名称|项目|内容)?|统计内容|工作内容|工作任务|内容|类目|名称|项目指标",
        ),
        (
            Role.NAME,
            r"(被检查|受检|检查|生产经营|企业|单位|场所|经营|学校|签订|责任|隐患|被查|受查)*(单位|企业|场所|对象|商户|经营户|主体|学校|门店|零售点)(企业|场所|名称|名|及场所)*|.{0,4}(单位|企业|场所|学校|商户)名称",
        ),
        (Role.TOPIC, r".{0,4}(名称|主题|题目|议题|标题|事由)|主要(议题|内容)|(?!.*(?:隐患|问题)).{0,4}内容"),
        (
            Role.DETAIL,
            r".{0,6}(描述|问题|隐患内容|存在问题|主要问题|隐患情况)|(发现|存在|主要)的?(问题|隐患).{0,4}|隐患",
        ),
    )
)


@lru_cache(maxsize=16_384)
def wording(text: str) -> str:
    """A header's words: spaces, units in brackets and punctuation removed, leading 其中/累计 too."""
    without = _BRACKETS.sub(lambda found: "" if found[1] in UNITS or _joint_unit(found[1]) else found[0], plain(text))
    bare = _PUNCTUATION.sub("", without)
    return _LEAD.sub("", bare)


@lru_cache(maxsize=16_384)
def unit_in(text: str) -> str:
    """The unit a header states (隐患数（处） → 处), empty where it states none."""
    for found in _BRACKETS.finditer(plain(text)):
        if found[1] in UNITS:
            return found[1]
        if joint := _joint_unit(found[1]):
            return joint
    bare = plain(text)
    return next((unit for unit in ("万元", "亿元", "元") if bare.endswith(unit) and bare != unit), "")


def _joint_unit(text: str) -> str:
    """家/次 as 家次, and the first of 条、幅."""
    if text.replace("/", "") in UNITS:
        return text.replace("/", "")
    parts = re.split(r"[/、]", text)
    return parts[0] if len(parts) > 1 and all(part in UNITS for part in parts) else ""


def bare_unit(text: str) -> str:
    """The unit a cell consists of ((家次) or 家次), empty where it says more than a unit."""
    found = plain(text).strip("()")
    return found if found in UNITS else _joint_unit(found)


def default_unit(text: str) -> str:
    """The unit a line above the table sets for all of it (单位：万元)."""
    found = _DEFAULT_UNIT.search(plain(text))
    return found[1] if found and found[1] in UNITS else ""


@lru_cache(maxsize=16_384)
def role_of(text: str) -> Role | None:
    """The part a column with this wording plays; None where the words say nothing known."""
    words = wording(text)
    if _VALUE.fullmatch(words):
        return Role.VALUE
    role = next((role for role, pattern in _ROLES if pattern.fullmatch(words)), None)
    without = _CHOICES.sub("", plain(text))
    return role_of(without) if role is None and without != plain(text) else role


@lru_cache(maxsize=16_384)
def names_measure(text: str) -> bool:
    """Whether the header's wording is one the vocabulary knows for some indicator."""
    words = wording(text)
    return any(entry.pattern.fullmatch(words) for entry in header_patterns())


def names_place(text: str) -> bool:
    """Whether a header is itself a village's name."""
    return _PLACE.fullmatch(plain(text)) is not None and role_of(text) is not Role.PLACE


@lru_cache(maxsize=16_384)
def is_header_word(text: str) -> bool:
    """Whether a text would be at home in a header row."""
    if len(text) > 30:
        return False
    if role_of(text) or names_measure(text) or unit_in(text) or is_total(text):
        return True
    return read_period(text, 2000) is not None or names_place(text) or _GROUP.fullmatch(wording(text)) is not None


def heads_days(cells: Sequence[CellValue]) -> bool:
    """Whether a row's filled cells are the header of a sheet with a column for each day: days in order, else header words."""
    if len(cells) <= _FEWEST_DAYS or not headed_day(str(cells[len(cells) // 2]), _ANY_YEAR):
        return False
    days = [headed_day(str(cell), _ANY_YEAR) for cell in cells]
    told = [day for day in days if day]
    others = [cell for cell, day in zip(cells, days, strict=True) if not day]
    return (
        len(told) >= _FEWEST_DAYS
        and all(one < two for one, two in pairwise(told))
        and all(isinstance(other, str) and is_header_word(other) for other in others)
    )
