"""Header wordings against the indicators of the registry, with a score and the reasons for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.ledger.headers import wording
from assistant.records import Aggregation, Indicator
from assistant.registry.registry import Registry
from assistant.registry.vocabulary import header_patterns, subjects

ACCEPTED = 75  # points from which a column is taken for an indicator
_GENERAL = "基本情况"
_OTHER = re.compile(
    r"应(?!急|签)|陪同|计划|拟|预计|目标|任务|未|待|上年|去年|同期|往年|历史|剩余|逾期|超期|自查|县级|市级|省级|缺席|请假|不合格|下步|累计投|非(?=经营)|旧|间接|过期|原有|历年|观摩"
)
_NOW = re.compile(r"^(?:本月|当月|本期|本季度?|当期)(?=.{2})")
_VAGUE = re.compile(r"(?:工作)?(?:情况|统计|方面|内容|数据|指标|信息|部分)$")
_FAMILIES = (
    {"处", "条", "项", "个", "起", "件", "宗", "处次"},
    {"次", "场", "期", "轮", "班", "批", "班次", "场次", "批次", "个"},
    {"份", "张", "册", "本", "封", "个"},
    {"条", "幅", "块", "面", "个"},
    {"人", "名", "人次"},
    {"家", "户", "个", "所", "处", "座", "家次", "户次", "所次", "单位"},
    {"台次", "车次", "辆次", "辆", "台", "次"},
    {"元", "万元", "亿元"},
    {"栋", "户", "幢", "座", "间", "处"},
    {"具", "个", "套", "支", "只"},
    {"箱", "件", "万响"},
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An indicator a column may hold, with points and what they were given for."""

    indicator: str
    score: int
    why: str
    part: str = ""


class Matcher:
    """Matches headers of a registry's indicators; builds its tables once."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self._names = {
            wording(name): entry
            for entry in registry
            if entry.aggregation is not Aggregation.RATIO
            for name in entry.names
        }
        parts = [(known.indicator, known.pattern) for known in header_patterns() if known.part]
        self._names_of_parts = {
            words: entry
            for words, entry in self._names.items()
            if any(indicator == entry.id and pattern.fullmatch(words) for indicator, pattern in parts)
        }
        for words in self._names_of_parts:  # a part where the sheet's subject is known, else all there is
            del self._names[words]
        self._ratios = {
            wording(name) for entry in registry if entry.aggregation is Aggregation.RATIO for name in entry.names
        }
        self._topics = {subject.key: subject.topic for subject in subjects()}

    def is_ratio(self, header: str) -> bool:
        """Whether a header names a rate, which is computed and never taken from a sheet."""
        return wording(header) in self._ratios

    def named_apart(self, header: str) -> str:
        """The indicator of this name that counts different names, which a column of texts can hold."""
        entry = self._names.get(wording(header))
        return entry.id if entry is not None and entry.aggregation is Aggregation.DISTINCT else ""

    def match(self, path: tuple[str, ...], unit: str, subject: tuple[str, ...]) -> list[Candidate]:
        """Candidates of a header, best first. `path`: its levels from the top; `subject`: what the sheet is about."""
        if any(_OTHER.search(wording(level)) for level in path):
            path = tuple(level for level in path if wording(level))
            if not self._names.get(wording(path[-1])):
                return [entry for entry in self._exact(path, unit, subject) if entry.score >= 98]
        found = self._exact(path, unit, subject)
        if not _narrows(list(path[:-1])) and all(candidate.part for candidate in found):
            found += self._alike(wording(path[-1]), unit, subject)
        best: dict[tuple[str, str], Candidate] = {}
        for candidate in found:
            known = best.get((candidate.indicator, candidate.part))
            if known is None or candidate.score > known.score:
                best[candidate.indicator, candidate.part] = candidate
        return sorted(best.values(), key=lambda candidate: -candidate.score)

    def _exact(self, path: tuple[str, ...], unit: str, subject: tuple[str, ...]) -> list[Candidate]:
        for words in _wordings(path):
            found = [
                Candidate(entry.id, score, why, part)
                for entry, points, reason, part in self._named(words, subject)
                for score, why in [self._weigh(entry, points, reason, unit)]
            ]
            if any(candidate.score >= ACCEPTED for candidate in found):
                return [candidate for candidate in found if candidate.score >= ACCEPTED]
        return []

    def _named(self, words: str, subject: tuple[str, ...]) -> Iterator[tuple[Indicator, int, str, str]]:
        if entry := self._names.get(words):
            full = words == wording(entry.name) and not entry.id.startswith("inspection.")
            off = 0 if full else self._distance(entry, subject)  # a full name says its field itself
            yield entry, 100 - off, "名称一致" + "，但领域不同" * (off > 9), ""
        found = False
        for pattern in header_patterns():
            known = self.registry.find(pattern.indicator)
            if known is None or not pattern.pattern.fullmatch(words):
                continue
            if pattern.subjects:
                shared = [key for key in subject if key in pattern.subjects]
                if shared:
                    found = True
                    yield known, 98 - subject.index(shared[0]), "表头写法与表的主题一致", pattern.part
            else:
                off = self._distance(known, subject)
                found = True
                yield known, 95 - off, "表头写法一致" + "，但领域不同" * (off > 9), pattern.part
        if not found and (entry := self._names_of_parts.get(words)):
            yield entry, 100 - self._distance(entry, subject), "名称一致", ""

    def _distance(self, entry: Indicator, subject: tuple[str, ...]) -> int:
        """Points off for an indicator of another field than the sheet's; few where it is the sheet's second one."""
        topics = [self._topics[key] for key in subject]
        if not topics:
            return 0
        if entry.topic in topics:
            return min(3 * topics.index(entry.topic), 9)
        if _GENERAL in topics and not entry.id.startswith("inspection."):
            return 3  # a sheet of the town's basic figures has some of every field
        return 40 if entry.id.startswith("inspection.") else 12  # every field has vehicles and people of its own

    def _alike(self, words: str, unit: str, subject: tuple[str, ...]) -> list[Candidate]:
        from rapidfuzz import fuzz, process

        if len(words) < 4 or _OTHER.search(words):
            return []
        near = process.extract(words, list(self._names), scorer=fuzz.ratio, score_cutoff=78, limit=3)
        found = []
        for name, ratio, _ in near:
            entry = self._names[name]
            points = min(int(ratio), 88) - self._distance(entry, subject) - (0 if unit else 8)
            score, why = self._weigh(entry, points, f"与“{name}”相近", unit)
            if score >= ACCEPTED:
                found.append(Candidate(entry.id, score, why))
        return found

    def _weigh(self, entry: Indicator, points: int, reason: str, unit: str) -> tuple[int, str]:
        if not unit:
            return points - 2, reason + "，未写单位"
        if unit in entry.units or (entry.unit == "元" and unit in ("万元", "亿元")):
            return points, reason + "，单位相符"
        if any(unit in family and not family.isdisjoint(entry.units) for family in _FAMILIES):
            mild = not _counts_visits(unit, entry)
            return points - (3 if mild else 9), reason + f"，单位“{unit}”与“{entry.unit}”相近"
        return points - 40, reason + f"，单位“{unit}”不符"


def _counts_visits(unit: str, entry: Indicator) -> bool:
    """Whether one of the units counts visits (家次) and the other what was visited (家)."""
    return unit.endswith("次") != entry.unit.endswith("次") and not {"次", "场"} & {unit, *entry.units}


def _wordings(path: tuple[str, ...]) -> list[str]:
    """The ways a header of several levels can be read, the fuller ones first."""
    levels = [_NOW.sub("", words) for level in path if (words := wording(level))]
    if not levels:
        return []
    last, groups = levels[-1], list(reversed(levels[:-1]))
    full = [both for group in groups for both in (_join(group, last), _join(last, group))]
    bare = [word for group in groups if (word := _VAGUE.sub("", group)) and word != group]
    loose = [both for word in bare for both in (_join(word, last), _join(last, word))]
    return [*full, *([] if _narrows(groups) else [last]), *loose]


def _narrows(groups: list[str]) -> bool:
    """Whether a heading over the column says that it holds a part only."""
    return any(re.search(r"重大|一般|[CD]级", group) for group in groups)


def _join(first: str, second: str) -> str:
    """Two wordings as one, what the first ends and the second begins with said once (重大隐患 + 隐患数)."""
    for size in range(min(len(first), len(second)), 1, -1):
        if first.endswith(second[:size]):
            return first + second[size:]
    return first + second
