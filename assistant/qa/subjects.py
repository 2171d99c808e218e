"""Which indicators a question is about, from colloquial wording: 查了多少家, 发了几份整改通知书, 死没死人.

``wordings.csv`` says how people ask for the shipped indicators; a town's own indicators are found by their
names and aliases, whole or in pieces.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.alignment.lexicon import cut, features_of
from assistant.records import Indicator
from assistant.registry.registry import Registry

_WORDINGS = Path(__file__).with_name("wordings.csv")
_UNITS = (
    "家次|人次|台次|车次|辆次|批次|所次|户次|场次|个百分点|百分点|个点|万元|块钱|家|次|人|处|条|项|份|场|期|起|栋|户|块|名|支|具|箱|台|辆|元|钱|幅|张|册|本"
    "|件|宗|轮|回|趟|遍|车|根|套|只|座|倍|成|点|桌|米|公里|亩|吨|天|个"
)
_ASKED_UNIT = re.compile(
    rf"(?:多少|几|好多|多大)(?:个(?=人|企业|点))?(?P<unit>{_UNITS})|(?P<named>{_UNITS})数(?!据|量)"
)
_ALIKE = (
    frozenset({"家", "家次", "户", "户次", "所", "所次", "个", "座"}),
    frozenset({"次", "回", "趟", "遍", "轮", "场", "期", "场次", "个"}),
    frozenset({"人", "人次", "名", "个"}),
    frozenset({"处", "条", "项", "个", "点"}),
    frozenset({"份", "张", "册", "本", "个"}),
    frozenset({"起", "件", "宗", "次", "个", "回"}),
    frozenset({"台次", "车次", "辆次", "台", "辆", "车", "趟", "次"}),
    frozenset({"栋", "户", "套", "座", "个"}),
    frozenset({"元", "万元", "钱", "块钱"}),
    frozenset({"条", "幅", "个", "张"}),
    frozenset({"块", "个", "处", "条"}),
    frozenset({"个", "只", "套"}),
    frozenset({"批次", "批", "个"}),
    frozenset({"起", "辆", "台", "台次", "辆次"}),
)


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a text speaks of an indicator."""

    start: int
    end: int
    indicator: Indicator


def asked_unit(text: str) -> str:
    """The unit a question asks for (多少家次, 几份), empty where it names none."""
    found = _ASKED_UNIT.search(text)
    return (found["unit"] or found["named"] or "") if found else ""


def without_asked_unit(text: str) -> str:
    """The text with 多少家次 and the like blanked."""
    return _ASKED_UNIT.sub(lambda found: "\u3000" * len(found[0]), text)


def fits_unit(unit: str, indicator: Indicator) -> bool:
    """Whether an indicator can be counted in the unit asked for."""
    return any(each.startswith(unit) for each in indicator.units) or any(
        unit in alike and (alike - {"个"}) & set(indicator.units) for alike in _ALIKE
    )


def find_mentions(text: str, registry: Registry) -> list[Mention]:
    """Every mention of an indicator; those that lie inside a longer one are left out, in order of the text."""
    found = [*_by_wording(text, registry), *_by_name(text, registry)]
    longest: list[Mention] = []
    for mention in sorted(found, key=lambda each: (each.start - each.end, each.start)):
        same = [kept for kept in longest if (kept.start, kept.end) == (mention.start, mention.end)]
        overlapping = any(kept.start < mention.end and mention.start < kept.end for kept in longest)
        if mention not in longest and (same or not overlapping):
            longest.append(mention)
    return sorted(longest, key=lambda each: (each.start, each.end))


def all_mentions(text: str, registry: Registry) -> list[Mention]:
    """Every mention, also those inside or over others."""
    return [*_by_wording(text, registry), *_by_name(text, registry)]


def _by_wording(text: str, registry: Registry) -> Iterable[Mention]:
    for identity, pattern in _wordings():
        entry = registry.find(identity)
        if entry is None:
            continue
        for found in pattern.finditer(text):
            yield Mention(found.start(), found.end(), entry)


def _by_name(text: str, registry: Registry) -> Iterable[Mention]:
    worded = {identity for identity, _ in _wordings()}
    for entry in registry:
        hit = False
        for name in entry.names:
            for found in re.finditer(re.escape(name), text):
                hit = True
                yield Mention(found.start(), found.end(), entry)
        if not hit and entry.id not in worded:
            yield from _in_pieces(text, entry)


def _in_pieces(text: str, entry: Indicator) -> Iterable[Mention]:
    """A town's own indicator whose words all stand in the text, in any order."""
    tokens = cut(text)
    for name in entry.names:
        wanted = [frozenset(joined.split("|")) for joined in features_of(name)]
        meeting = [token for token in tokens if any(each & set(token.concepts) for each in wanted)]
        said = {concept for token in meeting for concept in token.concepts}
        if len(wanted) > 1 and all(each & said for each in wanted):
            yield Mention(min(token.start for token in meeting), max(token.end for token in meeting), entry)
            return


@cache
def _wordings() -> tuple[tuple[str, re.Pattern[str]], ...]:
    with _WORDINGS.open(encoding="utf-8", newline="") as file:
        return tuple((row["indicator"], re.compile(row["words"])) for row in csv.DictReader(file))


def choose(mentions: Sequence[Mention], unit: str) -> list[Indicator]:
    """The indicators meant, once each: those that the unit asked for fits, where it fits any."""
    fitting = [mention for mention in mentions if not unit or fits_unit(unit, mention.indicator)]
    exact = [mention for mention in fitting if unit and unit in mention.indicator.units]
    kept = exact or fitting or list(mentions)
    return list(dict.fromkeys(mention.indicator for mention in kept))
