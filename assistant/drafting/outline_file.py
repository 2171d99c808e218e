"""An outline as a person reads and edits it: a small YAML file with Chinese keys."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from assistant.drafting.figures import indicators_in
from assistant.drafting.outline import NUMBERING, keyed
from assistant.drafting.preparation import Pair
from assistant.drafting.sections import FOLLOW_UP, PastReport, PastSection, Role, SectionSpec
from assistant.errors import InputError
from assistant.periods import chinese_name, period_id
from assistant.records import Fact, Period, ReportKind
from assistant.registry.registry import Registry

SECTIONS, HEADING, ROLE, LEVEL, NUMBER = "章节", "标题", "类型", "级别", "序号"
MUST, MAY, LENGTH, FOLLOWS, ABSENT = "必报", "可报", "字数", "沿用往年", "台账未见"
_KEYS = (HEADING, ROLE, LEVEL, NUMBER, MUST, MAY, LENGTH, FOLLOWS, ABSENT)
_ROLES = {"开头": Role.OPENING, "工作": Role.WORK, "问题": Role.PROBLEMS, "打算": Role.PLAN, "结尾": Role.CLOSING}
_ROLE_NAMES = {role: name for name, role in _ROLES.items()}
_LEVELS, _LONGEST = range(5), 5000
_NUMBERED = re.compile(r"第(\d{1,3})节")
_NONE = ("", "无", "不沿用")
_ABOUT = """\
# {title}安全生产工作总结的提纲。各节可以改、删、增加、调换次序，改好后用：jushi draft --outline 本文件
#   级别 0 为没有标题的段落，1 为一、，2 为（一）；类型：开头、工作、问题、打算、结尾；序号是样子，编号自动连续
#   必报：台账里有就一定写；可报：合适就写；沿用往年：照往年总结的哪一节写（无 为不沿用）
#   台账未见：往年写过或应当报告、台账里还没有数据的指标，请先补台账（本行只作提示，不必改）
"""


@dataclass(frozen=True, slots=True)
class Missing:
    """Indicators a section has to report and the ledger has no data for, so that they can be asked for."""

    heading: str
    names: tuple[str, ...]


def missing_data(pairs: Sequence[Pair], facts: Sequence[Fact], registry: Registry) -> list[Missing]:
    """What the ledger lacks, by section: figures the past summary gave, and what the shipped outline asks for."""
    known = {entry.id if (entry := registry.find(fact.indicator)) else fact.indicator for fact in facts}
    known |= {entry.id for entry in registry if (parts := registry.inputs(entry)) and known.issuperset(parts)}
    found: list[Missing] = []
    for spec, past in pairs:
        asked = indicators_in(past.text, past.heading, registry, None) if past else spec.must
        lacking = [name for name in spec.must if name in asked and name not in known]
        names = tuple(entry.name for name in lacking if (entry := registry.find(name)) and not entry.formula)
        if names:
            found.append(Missing(spec.heading or _ROLE_NAMES[spec.role], names))
    return found


def outline_text(
    kind: ReportKind,
    period: Period,
    pairs: Sequence[Pair],
    report: PastReport | None,
    facts: Sequence[Fact],
    registry: Registry,
) -> str:
    """The outline as a file for a person to look through and change."""
    entries = outline_entries(pairs, report, facts, registry)
    data = {"种类": str(kind), "期间": period_id(period), SECTIONS: entries}
    body = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, default_flow_style=None, width=110)
    return _ABOUT.format(title=chinese_name(period)) + body


def outline_entries(
    pairs: Sequence[Pair], report: PastReport | None, facts: Sequence[Fact], registry: Registry
) -> list[dict[str, Any]]:
    """The sections as they stand in the file, one entry each; `read_entries` takes them back."""
    sections = list(report.sections) if report else []
    entries = []
    for spec, past in pairs:
        number = next((index for index, each in enumerate(sections, 1) if each is past), 0)
        lacking = [name for each in missing_data([(spec, past)], facts, registry) for name in each.names]
        entries.append(_entry(spec, _followed(number, past), lacking, registry))
    return entries


def _entry(spec: SectionSpec, follows: str, lacking: Sequence[str], registry: Registry) -> dict[str, Any]:
    entry: dict[str, Any] = {HEADING: spec.heading, ROLE: _ROLE_NAMES[spec.role], LEVEL: spec.level}
    if spec.numbering or spec.level:
        entry[NUMBER] = spec.numbering
    entry |= {MUST: _names(spec.must, registry), MAY: _names(spec.may, registry), LENGTH: spec.length, FOLLOWS: follows}
    return entry | ({ABSENT: list(lacking)} if lacking else {})


def _followed(number: int, past: PastSection | None) -> str:
    return f"第{number}节 {past.heading or past.text[:12]}".strip() if number and past else "无"


def _names(ids: Sequence[str], registry: Registry) -> list[str]:
    return [entry.name if (entry := registry.find(name)) else name for name in ids]


# --- Reading ----------------------------------------------------------------------------------


def read_outline(path: Path, report: PastReport | None, registry: Registry) -> list[SectionSpec]:
    """The sections a person wants, in order.

    Raises `InputError` naming file, section and what is wrong: no YAML, an unknown key, indicator or
    past section, a level or length out of range.
    """
    return read_entries(_entries(path), f"提纲 {path.name} ", report, registry)


def read_entries(
    entries: Sequence[object], named: str, report: PastReport | None, registry: Registry
) -> list[SectionSpec]:
    """The sections these entries ask for; `named` begins each message. Raises `InputError` as `read_outline` does."""
    specs = []
    for number, entry in enumerate(entries, 1):
        heading = entry.get(HEADING) if isinstance(entry, dict) else ""
        where = f"{named}第{number}节" + (f"“{heading}”" if heading else "")
        specs.append(_Reader(where, report, registry).section(entry))
    openings = [index for index, spec in enumerate(specs) if spec.role is Role.OPENING]
    if openings not in ([], [0]):
        raise InputError(f"{named.rstrip()}的“开头”只能有一节，并且要放在最前面。请改正后重试。")
    return keyed(_following_up(specs))


def _entries(path: Path) -> list[Any]:
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise InputError(f"没有找到提纲 {path}。可用 jushi outline 生成一份。") from None
    except OSError as error:
        raise InputError(f"提纲 {path} 读不出来（{error.strerror}）。请检查文件和权限。") from error
    except UnicodeDecodeError:
        raise InputError(f"提纲 {path.name} 不是 UTF-8 文本，请另存为 UTF-8 后重试。") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f"第{mark.line + 1}行附近" if mark else ""
        raise InputError(f"提纲 {path.name} {line}格式不对（YAML），请检查缩进、冒号和引号。") from None
    entries = data.get(SECTIONS) if isinstance(data, dict) else None
    if not isinstance(entries, list) or not entries:
        raise InputError(f"提纲 {path.name} 里没有“{SECTIONS}”。可用 jushi outline 生成一份对照着改。")
    return entries


def _following_up(specs: Sequence[SectionSpec]) -> list[SectionSpec]:
    """The outline in which a plan section takes up this year's shortfalls and the targets: the last, if none does."""
    plans = [index for index, spec in enumerate(specs) if spec.role is Role.PLAN and spec.length]
    about = [index for index in plans if any(word in specs[index].heading for word in ("隐患", "整改", "整治"))]
    chosen = (about or plans)[-1:]
    return [
        replace(spec, topics=(*spec.topics, FOLLOW_UP)) if index in chosen else spec for index, spec in enumerate(specs)
    ]


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads one section of an outline file; `where` begins each message."""

    where: str
    report: PastReport | None
    registry: Registry

    def section(self, entry: object) -> SectionSpec:
        if not isinstance(entry, dict):
            raise self._wrong(f"应有“{HEADING}”“{MUST}”等各项")
        strange = [str(key) for key in entry if key not in _KEYS]
        if strange:
            raise self._wrong(f"没有“{strange[0]}”这一项，可用的有{'、'.join(_KEYS)}")
        heading = str(entry.get(HEADING) or "").strip()
        role_name = str(entry.get(ROLE) or "工作").strip()
        if role_name not in _ROLES:
            raise self._wrong(f"类型“{role_name}”应为{'、'.join(_ROLES)}之一")
        level = self._whole(entry, LEVEL, 1 if heading else 0, _LEVELS)
        must = self._indicators(entry, MUST)
        may = tuple(name for name in self._indicators(entry, MAY) if name not in must)
        topics = dict.fromkeys(known.topic for name in (*must, *may) if (known := self.registry.find(name)))
        return SectionSpec(
            key="",
            heading=heading,
            level=level,
            role=_ROLES[role_name],
            topics=tuple(topics),
            must=must,
            may=may,
            length=self._whole(entry, LENGTH, 200, range(_LONGEST + 1)),
            numbering=str(entry.get(NUMBER, NUMBERING[level]) or ""),
            follows=self._past(entry.get(FOLLOWS)),
        )

    def _indicators(self, entry: dict[str, Any], key: str) -> tuple[str, ...]:
        given = entry.get(key) or []
        names = re.split(r"[、，,]\s*", given) if isinstance(given, str) else given
        if not isinstance(names, list):
            raise self._wrong(f"“{key}”应为指标的列表，如 [检查企业, 排查安全隐患]")
        return tuple(dict.fromkeys(self._indicator(str(name), key) for name in names))

    def _indicator(self, name: str, key: str) -> str:
        entry = self.registry.find(name)
        if entry is None:
            near = get_close_matches(name, [each for known in self.registry for each in known.names], n=1, cutoff=0.5)
            hint = f"，是不是“{near[0]}”" if near else "，可用的名称见 jushi facts"
            raise self._wrong(f"{key}里的指标“{name}”不认识{hint}")
        return entry.id

    def _whole(self, entry: dict[str, Any], key: str, default: int, allowed: range) -> int:
        value = entry.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or value not in allowed:
            raise self._wrong(f"“{key}”应为 {allowed[0]} 到 {allowed[-1]} 的整数，现在是“{value}”")
        return value

    def _past(self, given: object) -> int | None:
        """The past section meant: 第3节 …, its number, or its heading; None where nothing is said."""
        if given is None:
            return None
        words = str(given).strip()
        if words in _NONE:
            return 0
        sections = self.report.sections if self.report else ()
        found = _NUMBERED.match(words)
        number = int(found[1]) if found else int(words) if words.isdecimal() else 0
        number = number or next((index for index, each in enumerate(sections, 1) if each.heading == words), 0)
        if not 0 < number <= len(sections):
            held = f"往年总结只有{len(sections)}节" if sections else "没有给出往年总结（--past）"
            raise self._wrong(f"“{FOLLOWS}”写的“{words}”找不到，{held}")
        return number

    def _wrong(self, what: str) -> InputError:
        return InputError(f"{self.where}：{what}。请改正后重试。")
