"""Which units say the same thing, which merely could, and which cannot."""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache


class UnitFit(IntEnum):
    """How a written unit stands to a fact's; the larger the better."""

    FOREIGN = 0  # 元 for 家
    TIMES = 1  # 人 for 人次: the same thing counted another way
    LOOSE = 2  # another classifier that could be used of the same thing
    NONE = 3  # no unit is written
    EQUAL = 4  # 场 for 次
    SAME = 5


# What reports use of one and the same thing (reports.md, "Units"), by what is counted.
_EQUAL_GROUPS = tuple(
    frozenset(group.split())
    for group in (
        "场 次 场次 期 轮 轮次 回",
        "条 幅 副",
        "处 条 项 个 件 宗 点",
        "起 宗 件 例",
        "名 人 位",
        "台次 车次 辆次 车",
        "份 册 张 本 封 页",
        "家 户 个 间 所",
        "块 个 处",
        "面 块 个",
        "只 个 具 瓶",
        "具 个 支 只",
        "台 辆 部 套",
        "台 个 只 套",
        "套 个",
        "根 条",
        "座 个 处 家 所",
        "栋 幢 座 间",
        "支 个",
        "顶 个",
        "家次 户次 所次 个次",
        "批次 批 组",
        "条次 条 次",
        "公斤 千克",
        "箱 件",
    )
)
_MEASURES = ("元", "%", "百分点", "倍", "米", "公里", "千米", "亩", "公顷", "平方米", "平方公里", "吨", "公斤", "升")
_SCALES = {
    "公里": ("米", 1000),
    "千米": ("米", 1000),
    "吨": ("公斤", 1000),
    "千克": ("公斤", 1),
    "万平方米": ("平方米", 10000),
    "平方公里": ("平方米", 1000000),
    "公顷": ("亩", 15),
    "万元": ("元", 10000),
    "亿元": ("元", 100000000),
    "万亩": ("亩", 10000),
    "％": ("%", 1),
    "个百分点": ("百分点", 1),
}


def base_unit(unit: str) -> tuple[str, int]:
    """The base unit of a measure and how many of it make one: 公里 → (米, 1000); others as they are."""
    return _SCALES.get(unit, (unit, 1))


@lru_cache(maxsize=16384)
def fit_units(written: str, unit: str, equal: tuple[str, ...] = ()) -> UnitFit:
    """How the `written` unit stands to a fact's `unit`; `equal` are those the registry calls equal."""
    written, unit = base_unit(written)[0], base_unit(unit)[0]
    if written == unit:
        return UnitFit.SAME
    if not written or not unit:
        return UnitFit.FOREIGN if (written or unit) in _MEASURES[:4] else UnitFit.NONE
    if written in equal or any(written in group and unit in group for group in _EQUAL_GROUPS):
        return UnitFit.EQUAL
    if written in _MEASURES or unit in _MEASURES:
        return UnitFit.FOREIGN
    if _stem(written) == _stem(unit):
        return UnitFit.TIMES
    return _fit_classifiers(_stem(written), _stem(unit), counts_times=written.endswith("次") or unit.endswith("次"))


def _stem(unit: str) -> str:
    """What is counted, whether once or each time: 人次 → 人, 名 → 人, 台次 → 台."""
    stem = unit[:-1] if len(unit) > 1 and unit.endswith("次") else unit
    return {"名": "人", "位": "人", "车": "辆", "台": "辆", "户": "家", "所": "家"}.get(stem, stem)


def _fit_classifiers(written: str, unit: str, *, counts_times: bool) -> UnitFit:
    people = {"人"}
    if (written in people) != (unit in people):
        return UnitFit.FOREIGN
    if counts_times and {written, unit} & {"次", "场", "期"}:
        return UnitFit.FOREIGN
    if counts_times:
        return UnitFit.TIMES if written == unit else UnitFit.FOREIGN
    if {written, unit} & {"次", "场", "期", "份", "起", "%", "元"}:
        return UnitFit.FOREIGN
    return UnitFit.LOOSE
