"""One pass over a text: where a figure may stand, and who reads it there."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.quantities import blanks, names, zeros
from assistant.quantities.amounts import read_amount, read_half
from assistant.quantities.dates import DateReading, read_date, read_relative, since_january
from assistant.quantities.numerals import ARABIC, HAN, NUMBER
from assistant.quantities.reading import Reading
from assistant.quantities.vocabulary import Vocabulary
from assistant.records import Kind

# A first character that may start a figure, and at once a look at its neighbours: most 数, 无, 年 are none.
_TRIGGER = re.compile(
    rf"[{ARABIC}{HAN}数几半年翻无未没①-⑳Ⅰ-Ⅻ㈠-㈩*＊Xx×Ｘ_＿{{【〔\[]"
    rf"(?:(?<=[{ARABIC}{HAN}①-⑳Ⅰ-Ⅻ㈠-㈩*＊×_＿XxＸ【〔\[])"
    r"|(?<=[数几])(?=[十百千万亿家户次个处条起人名份场件项])(?!个百分)"
    r"|(?<=[去上今本明前全当]年)|(?<=[上下]半)(?=年)|(?<=半)(?=数)|(?<=[过近]半)(?=[，。；、以的])"
    r"|(?<=翻)(?=了?[一二两三四]?番|倍)|(?<=\{)(?=\{)"
    rf"|(?<=[未没])(?={zeros.AFTER_NOT})|(?<=无)(?={zeros.AFTER_NONE}))"
)
_CIRCLED = frozenset("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩")
_ARABIC = frozenset("0123456789０１２３４５６７８９")
_BEFORE_DATE = frozenset("年月日号季-－—–~～〜至到上下前.:：/ 时点")
_LABELLING = frozenset("+＋×xX*·•・国省县乡-－—")
_SINGLE = frozenset("统唯单逐同专合如归不进某任另这那每初划纯之又再新双大上下后")
_HUNDREDS = frozenset("百千万亿")
_MARKER = frozenset("上近超逾约过足到于")
_TWICE = re.compile(r"翻(?:了?(?P<n>[一二两三四]?)番|倍)")
_RATIO = re.compile(rf"[{ARABIC}.]{{1,6}}[:：∶][{ARABIC}.]{{1,6}}")
_DIGITS = re.compile(rf"[{ARABIC}]+")


def scan(text: str, vocabulary: Vocabulary, year: int | None) -> list[Reading]:
    """Every number mention of the text in order, not yet judged; none overlaps another."""
    return _Scan(text, vocabulary, year).run()


class _Scan:
    def __init__(self, text: str, vocabulary: Vocabulary, year: int | None) -> None:
        self.text, self.vocabulary, self.year = text, vocabulary, year

    def run(self) -> list[Reading]:
        readings: list[Reading] = []
        pos = last = 0
        search = _TRIGGER.search
        while found := search(self.text, pos):
            start = found.start()
            reading, end = self._look(start, self.text[start])
            if reading and reading.start >= last:
                readings.append(reading)
                last = reading.end
            pos = max(end, last, start + 1)
        return readings

    def _look(self, pos: int, char: str) -> tuple[Reading | None, int]:
        if char in _ARABIC:
            return self._arabic(pos)
        if char in "未没无":
            return _with_end(zeros.read_denial(self.text, pos), pos + 1)
        if char in "年半翻":
            return _with_end(self._word(pos, char), pos + 1)
        if char in blanks.STARTS:
            reading, end = blanks.read_blank(self.text, pos, self.vocabulary)
            return (reading, end) if reading or char != "【" else _with_end(names.read_document(self.text, pos), end)
        if char in "〔[":
            return _with_end(names.read_document(self.text, pos), pos + 1)
        if char in _CIRCLED:
            return Reading(pos, pos + 1, Kind.HEADING), pos + 1
        if "Ⅰ" <= char <= "Ⅻ":
            graded = self.text.startswith(("级", "型", "类"), pos + 1)
            value = Decimal(ord(char) - ord("Ⅰ") + 1)
            return Reading(pos, pos + 1 + graded, Kind.ORDINAL, value, "级" * graded, stated=False), pos + 2
        return self._chinese(pos, char)

    def _arabic(self, pos: int) -> tuple[Reading | None, int]:
        text = self.text
        digits = _DIGITS.match(text, pos)
        end = digits.end() if digits else pos + 1
        before, after = text[pos - 1] if pos else "\n", text[end : end + 1]
        name = self._arabic_name(pos, end, before, after)
        if name:
            return name, name.end
        if after in _BEFORE_DATE or end - pos == 4 or before == "前":
            dated = self._dated(pos)
            if dated:
                return dated, dated.end
        if after in ":：∶" and after:
            ratio = _RATIO.match(text, pos)
            if ratio:
                return Reading(pos, ratio.end(), Kind.RATIO, stated=False), ratio.end()
        if after in "条项个" and after:
            measures = names.read_measures(text, pos)
            if measures:
                return measures, measures.end
        reading = read_amount(text, pos, self.vocabulary)
        if (
            reading
            and end - pos == 4
            and not reading.unit
            and reading.end == end
            and text.startswith(("19", "20"), pos)
        ):
            return Reading(pos, end, Kind.DATE, reading.value, "年", stated=False), end
        if reading is None:  # longer than any number: an identifier
            return Reading(pos, end, Kind.DOCNO, stated=False), end
        if reading.value == 0 and reading.unit != "%":
            reading.kind = Kind.ZERO
        return reading, reading.end

    def _arabic_name(self, pos: int, end: int, before: str, after: str) -> Reading | None:
        text, vocabulary = self.text, self.vocabulary
        if before == "第":
            return names.read_ordinal(text, pos, vocabulary)
        if end - pos <= 2 and after in ".．、）)" and after:
            heading = names.read_heading(text, pos)
            if heading:
                return heading
        if before in "（(" and after in "）)" and end - pos == 4:
            document = names.read_document(text, pos - 1)
            if document:
                return document
        if after in "Xx×Ｘ*＊_＿○" and after:
            blank = blanks.BLANK_YEAR.match(text, pos)
            if blank:
                return Reading(pos, blank.end(), Kind.PLACEHOLDER, unit=blanks.blank_unit(blank[0]), stated=False)
        if (
            (before.isascii() and (before.isalpha() or before in " /-+."))
            or text[pos] == "0"
            or (after.isascii() and after.isalpha())
        ):
            code = names.read_code(text, pos, end, vocabulary)
            if code:
                return code
        if end - pos >= 3 or after in _LABELLING or before in '：: “"号':
            return names.read_called(text, pos, end, vocabulary)
        return None

    def _chinese(self, pos: int, char: str) -> tuple[Reading | None, int]:
        text = self.text
        run = NUMBER.match(text, pos)
        end = run.end() if run else pos + 1
        before, after = text[pos - 1] if pos else "\n", text[end : end + 1]
        name = self._chinese_name(pos, end, before, after)
        if name:
            return name, name.end
        slogan = names.read_slogan(text, pos, end, self.vocabulary)
        if slogan:
            return slogan
        if after in "年月日号季时点个" and after and (after != "个" or before == "前"):
            dated = self._dated(pos)
            if dated:
                return dated, dated.end
        if char == "一" and after == "半" and text[end + 1 : end + 2] not in "年天个月小时":
            half = read_half(text, end)
            return half, half.end
        if end == pos + 1 and char == "一" and before in _SINGLE:
            return None, end
        if char in _HUNDREDS and before not in _MARKER and not text.startswith(("余", "多", "来", "分"), pos + 1):
            return None, end
        reading = read_amount(text, pos, self.vocabulary)
        if reading and reading.value == 0:
            reading.kind = Kind.ZERO
        return reading, reading.end if reading else end

    def _chinese_name(self, pos: int, end: int, before: str, after: str) -> Reading | None:
        text = self.text
        if before == "第":
            return names.read_ordinal(text, pos, self.vocabulary)
        if end - pos <= 3 and after in "、.．）)" and after:
            heading = names.read_heading(text, pos)
            if heading:
                return heading
        if after in "是要则" and after:
            listed = names.read_listed(text, pos)
            if listed:
                return listed
        return zeros.read_zero_word(text, pos) if text[pos] == "零" else None

    def _dated(self, pos: int) -> Reading | None:
        if pos and self.text[pos - 1] == "前":
            pos -= 1
        found = read_date(self.text, pos, self.year)
        return self._from_date(pos, found) if found else None

    def _from_date(self, start: int, found: DateReading) -> Reading:
        period = since_january(self.text, start, found.period) if found.period else None
        return Reading(
            start,
            found.end,
            found.kind,
            found.value,
            found.unit,
            low=found.low,
            high=found.high,
            stated=False,
            period=period,
        )

    def _word(self, pos: int, char: str) -> Reading | None:
        """Periods in words (去年同期, 上半年), 翻番, 过半."""
        text, start = self.text, pos - 1
        if char == "翻":
            twice = _TWICE.match(text, pos)
            times = 2 ** {"二": 2, "两": 2, "三": 3, "四": 4}.get(twice["n"] or "", 1) if twice else 0
            return Reading(pos, twice.end(), Kind.MULTIPLE, Decimal(times), "倍") if twice else None
        if char == "年" or text[start] in "上下":
            found = read_relative(text, start, self.year)
            return self._from_date(start, found) if found else None
        return read_half(text, pos)


def _with_end(reading: Reading | None, otherwise: int) -> tuple[Reading | None, int]:
    return reading, reading.end if reading else otherwise
