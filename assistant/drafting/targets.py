"""Targets as a person sets them, from a TOML file, and what they are worth beside this period's results."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from assistant.drafting.context import Bound, Context, Target
from assistant.drafting.factbook import book_of, wording
from assistant.errors import InputError
from assistant.quantities.render import render
from assistant.records import Fact, Notice, Severity
from assistant.registry.registry import Registry

TARGETS_FILE = "targets.toml"
BOUND_NAMES = {Bound.AT_LEAST: "不低于", Bound.AT_MOST: "不超过", Bound.EXACTLY: "为"}
_KEYS = ("indicator", "value", "unit", "bound")
_EXAMPLE = '[[target]] indicator = "隐患整改率"，value = 98，bound = "at_least"'


def read_targets(path: Path, registry: Registry) -> tuple[Target, ...]:
    """The targets of a file, one `[[target]]` each.

    `indicator` is a name of the registry, `value` a number, `unit` may be left out (the indicator's),
    `bound` is at_least (where left out), at_most or exactly. Raises `InputError` naming the target.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"), parse_float=Decimal)
    except FileNotFoundError:
        raise InputError(f"没有找到目标文件 {path}。") from None
    except OSError as error:
        raise InputError(f"目标文件 {path} 读不出来（{error.strerror}）。请检查文件和权限。") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"目标文件 {path.name} 不是有效的 TOML：{error}。写法如：{_EXAMPLE}。") from None
    entries = data.get("target")
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise InputError(f"目标文件 {path.name} 里没有 [[target]]。写法如：{_EXAMPLE}。")
    return targets_from(entries, f"目标文件 {path.name} ", registry)


def targets_from(entries: Sequence[dict[str, Any]], named: str, registry: Registry) -> tuple[Target, ...]:
    """The targets these entries ask for; `named` begins each message. Raises `InputError` as `read_targets` does."""
    targets = tuple(_target(entry, f"{named}第{number}项", registry) for number, entry in enumerate(entries, 1))
    names = [target.indicator for target in targets]
    twice = next((name for name in names if names.count(name) > 1), "")
    if twice:
        raise InputError(f"{named.rstrip()}里“{_name(twice, registry)}”出现了两次。请只留一项。")
    return targets


def own_targets(folder: Path, registry: Registry) -> tuple[Target, ...]:
    """The targets of a workspace folder's own file; none where there is no such file."""
    path = folder / TARGETS_FILE
    return read_targets(path, registry) if path.exists() else ()


def _target(entry: dict[str, Any], where: str, registry: Registry) -> Target:
    strange = [key for key in entry if key not in _KEYS]
    if strange:
        raise InputError(f"{where}：没有“{strange[0]}”这一项，可用的有 {'、'.join(_KEYS)}。")
    name = str(entry.get("indicator", "")).strip()
    known = registry.find(name)
    if known is None:
        raise InputError(f"{where}：指标“{name}”不认识，可用的名称见 jushi facts。")
    unit = str(entry.get("unit", "")).strip() or known.unit
    if unit not in known.units:
        raise InputError(f"{where}：“{known.name}”的单位是“{known.unit}”，不是“{unit}”。")
    bound = str(entry.get("bound", Bound.AT_LEAST))
    if bound not in list(Bound):
        raise InputError(f"{where}：bound 写的“{bound}”应为 at_least（不低于）、at_most（不超过）或 exactly（等于）。")
    return Target(known.id, _value(entry.get("value"), where), unit, Bound(bound))


def _value(given: object, where: str) -> Decimal:
    try:
        value = Decimal(str(given).strip().removesuffix("%"))
    except InvalidOperation:
        value = Decimal(-1)
    if isinstance(given, bool) or not value.is_finite() or value < 0:
        raise InputError(f"{where}：value 写的“{'' if given is None else given}”应为不小于零的数。")
    return value


def weak_targets(targets: Sequence[Target], facts: Sequence[Fact], context: Context) -> list[Notice]:
    """A notice for each target that asks for less than what was reached already."""
    book = book_of(facts, context.period, context.registry) if targets else None
    notices: list[Notice] = []
    for target in targets:
        fact = book.fact(target.indicator) if book else None
        if fact is None:
            continue
        below = target.bound is not Bound.AT_MOST and target.value < fact.value and fact.unit == "%"
        below |= target.bound is Bound.AT_LEAST and target.value < fact.value
        if below or (target.bound is Bound.AT_MOST and target.value > fact.value):
            aim = f"{BOUND_NAMES[target.bound]}{render(target.value, target.unit)}"
            message = (
                f"目标“{_name(target.indicator, context.registry)}{aim}”比本期已达到的{wording(fact)}要求低，请核对。"
            )
            notices.append(Notice(Severity.WARNING, "weak_target", message))
    return notices


def _name(indicator: str, registry: Registry) -> str:
    entry = registry.find(indicator)
    return entry.name if entry else indicator
