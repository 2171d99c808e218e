"""Whether a figure is a claim about the town's own work: no target, rule, threshold or other place's figure.

A `Judge` walks the text once, from figure to figure, and keeps in mind what the cue words before a figure
have set: a plan (下一步, 力争), a rule (每月, 不得), another place (某市, 全县), or the way back (回顾, 我镇).
"""

from __future__ import annotations

import re

from assistant.quantities.cues import cue_name, find_cues
from assistant.quantities.limits import is_limit
from assistant.quantities.manners import is_manner
from assistant.quantities.reading import Reading
from assistant.quantities.sections import plan_sections
from assistant.records import Approx, Kind

_NEVER = frozenset(
    {Kind.DATE, Kind.PERIOD, Kind.ORDINAL, Kind.ARTICLE, Kind.DOCNO, Kind.HEADING, Kind.POLICY, Kind.PLACEHOLDER}
)
_CASUALTY = re.compile(r"[^，。；\n]{0,3}(?:死亡|遇难|受伤|失联|失踪|重伤|轻伤|伤亡|丧生|溺亡)")
_CASUALTY_BEFORE = re.compile(r"(?:死亡|遇难|受伤|失联|失踪|重伤|轻伤|溺亡|损失)(?:失)?[^，。；\n]{0,4}$")
_LESSON = re.compile(r"[^，。；\n]{0,20}(?:教训|警示)")
_WINDOW = 12  # characters to look around for 死亡 and the like
_CASUALTY_UNITS = frozenset({"人", "名", "元"})
_TURNING_BACK = frozenset({"回顾", "今年以来", "一年来", "过去"})
_STANDING = ("我镇", "全镇", "我乡", "全乡", "辖区", "本镇", "本乡")


class Judge:
    """Says of the readings of one text, asked in order, whether they are claims."""

    def __init__(self, text: str, year: int | None = None) -> None:
        self.text, self.year = text, year
        self._cues = find_cues(text)
        self._next = next(self._cues, None)
        self._plans = iter(plan_sections(text))
        self._section = next(self._plans, None)
        self._plan = self._ahead = self._past = self._place = self._lesson = self._moral = False
        self._flags: dict[str, int] = {}

    def is_claim(self, reading: Reading) -> bool:
        """Whether the reading states a checkable figure; also marks a detached 至少 on it."""
        if reading.period and self.year and reading.period.start.year > self.year:
            self._advance(reading.start)
            self._plan, self._past = True, False  # 到2025年底 in the report of 2024
        if not reading.stated or reading.kind in _NEVER:
            return False
        self._advance(reading.start)
        return not (
            self._is_ruled(reading)
            or self._is_planned(reading)
            or self._is_elsewhere(reading)
            or is_limit(self.text, reading, averaged="mean" in self._flags)
            or is_manner(self.text, reading, self._flags.get("approach"))
        )

    def _advance(self, pos: int) -> None:
        """Takes in the cues before `pos`."""
        cue = self._next
        while cue is not None and cue.start() < pos:
            name = cue_name(cue)
            if name == "clause":
                self._flags.clear()
            else:
                self._take(name, cue)
            cue = next(self._cues, None)
        self._next = cue

    def _take(self, name: str, cue: re.Match[str]) -> None:
        if name in ("sentence", "paragraph"):
            self._flags.clear()
            self._plan = self._past = self._place = self._moral = False
            if name == "paragraph":
                self._ahead = self._lesson = False
        elif name in ("ahead", "plan"):
            self._plan, self._past = True, False
            self._ahead = self._ahead or name == "ahead"
        elif name == "past":
            self._plan, self._past = False, True
            self._ahead = self._ahead and cue[0] not in _TURNING_BACK
        elif name == "ours":
            self._place = self._lesson = self._moral = False
        elif name == "moral":
            self._moral = True
        elif name in ("place", "lesson"):
            self._lesson = True
            self._place = self._place or name == "place"
        else:
            self._flags[name] = cue.end()

    def _is_ruled(self, reading: Reading) -> bool:
        """每月2次, 不得超过3人, 至少组织1次; 平均每月2次 is a result."""
        flags = self._flags
        bound = self.text[reading.start] == "不" and not self.text.startswith(("不足", "不到"), reading.start)
        if not flags and not bound:
            return False
        if "floor" in flags and reading.approx is Approx.EXACT:
            reading.approx = Approx.MORE_THAN
        if ("floor" in flags or bound) and not self._past:
            return True
        return "rule" in flags and "mean" not in flags

    def _is_planned(self, reading: Reading) -> bool:
        if self._plan or ("aim" in self._flags and not self._is_standing(reading)):
            return True
        if "guard" in self._flags and reading.kind is Kind.ZERO:
            return True
        if self._past:
            return False
        return self._ahead or (self._in_plan_section(reading.start) and not self._is_standing(reading))

    def _in_plan_section(self, pos: int) -> bool:
        while self._section is not None and self._section[1] <= pos:
            self._section = next(self._plans, None)
        return self._section is not None and pos >= self._section[0]

    def _is_standing(self, reading: Reading) -> bool:
        """我镇3家规模企业 states what there is, in a plan too."""
        return self.text.startswith(_STANDING, max(0, reading.start - 2))

    def _is_elsewhere(self, reading: Reading) -> bool:
        if self._place:
            return True
        text, start, end = self.text, reading.start, reading.end
        if reading.unit not in _CASUALTY_UNITS:
            return False
        if not (_CASUALTY.match(text, end) or _CASUALTY_BEFORE.search(text, max(0, start - _WINDOW), start)):
            return False
        return self._lesson or self._moral or bool(_LESSON.match(text, end))
