"""One pass over a text: where a figure may stand, and who reads it there."""

from __future__ import annotations

import re
from collections.abc import Callable
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
    rf"[{ARABIC}{HAN}数几半年元翻无未没①-⑳Ⅰ-Ⅻ㈠-㈩*＊Xx×Ｘ_＿{{【〔\[]"
    rf"(?:(?<=[{ARABIC}{HAN}①-⑳Ⅰ-Ⅻ㈠-㈩*＊×_＿XxＸ【〔\[])"
    r"|(?<=[数几])(?=[十百千万亿家户次个处条起人名份场件项])(?!个百分)"
    r"|(?<=[去上今本明前全当]年)|(?<=[上下]半)(?=年)|(?<=半)(?=数)|(?<=[过近]半)(?=[，。；、以的])"
    r"|(?<=元)(?=[至到－—–-][0-9一二三四五六七八九十]{1,2}月|月(?!饼))"
    r"|(?<=翻)(?=了?[一二两三四]?番|倍)|(?<=\{)(?=\{)"
    rf"|(?<=[未没])(?={zeros.AFTER_NOT})|(?<=无)(?={zeros.AFTER_NONE}))"
)
_ARABIC = frozenset("0123456789０１２３４５６７８９")
_BEFORE_DATE = frozenset("年月日号季-－—–~～〜至到上下前.:：/ 时点")
_LABELLING = frozenset("后.+＋×xX*·•・国省县乡-－—")
_BLANKS = frozenset("Xx×Ｘ*＊_＿○")
_JOINTS = frozenset(" /-+.")
_LATIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
_TIMES = frozenset("年天个月小")
_SINGLE = frozenset("统唯单逐同专合如归不进某任另这那每初划纯之又再新双大上下后先")
_HUNDREDS = frozenset("百千万亿")
_MARKER = frozenset("上近超逾约过足到于")
_TWICE = re.compile(r"翻(?:了?(?P<n>[一二两三四]?)番|倍)")
_RATIO = re.compile(rf"[{ARABIC}.]{{1,6}}[:：∶/][{ARABIC}.]{{1,6}}")
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
            if reading and reading.start < last <= reading.digits:
                reading.start = reading.digits  # the marker before it belongs to the one before
            if reading and reading.start >= last:
                readings.append(reading)
                last = reading.end
            pos = max(end, last, start + 1)
        return readings

    def _look(self, pos: int, char: str) -> tuple[Reading | None, int]:
        if char in _ARABIC:
            return self._arabic(pos)
        read = _WORDS.get(char)
        if read is None:
            return self._chinese(pos)
        reading = read(self, pos)
        return reading, reading.end if reading else pos + 1

    def _arabic(self, pos: int) -> tuple[Reading | None, int]:
        text = self.text
        digits = _DIGITS.match(text, pos)
        end = digits.end() if digits else pos + 1
        before, after = text[pos - 1] if pos else "\n", text[end] if end < len(text) else "\n"
        name = self._arabic_name(pos, end, before, after) or self._arabic_form(pos, end, before, after)
        if name:
            return name, name.end
        reading = read_amount(text, pos, self.vocabulary)
        if reading is None:  # longer than any number: an identifier
            reading = Reading(pos, end, Kind.DOCNO)
        elif reading.end == end == pos + 4 and text.startswith(("19", "20"), pos):
            reading.kind, reading.unit, reading.stated = Kind.DATE, "年", False
        elif reading.value == 0 and reading.unit != "%":
            reading.kind = Kind.ZERO
        return reading, reading.end

    def _arabic_name(self, pos: int, end: int, before: str, after: str) -> Reading | None:
        """An ordinal, heading, document, code or label; each is tried only where its neighbours allow it."""
        text, vocabulary = self.text, self.vocabulary
        if before == "第":
            return self._ordinal(pos, after)
        name = None
        if end - pos <= 2 and after in ".．、）)":
            name = names.read_heading(text, pos)
        elif end - pos == 4 and before in "（(" and after in "）)":
            name = names.read_document(text, pos - 1)
        elif after in _BLANKS:
            name = blanks.read_blank_year(text, pos) or (
                names.read_document(text, pos - 1) if before in "（(" else None
            )
        if not name and (
            (before.isascii() and (before.isalpha() or before in _JOINTS)) or text[pos] == "0" or after in _LATIN
        ):
            name = names.read_code(text, pos, end, vocabulary)
        if not name and (end - pos >= 3 or after in _LABELLING or before in '：: “"号道'):
            name = names.read_called(text, pos, end, vocabulary)
        return name

    def _arabic_form(self, pos: int, end: int, before: str, after: str) -> Reading | None:
        """A date, a ratio or a policy named by its number."""
        form = None
        if after in _BEFORE_DATE or end - pos == 4 or before == "前":
            form = self._dated(pos)
        if not form and after in ":：∶/":
            ratio = _RATIO.match(self.text, pos)
            form = Reading(pos, ratio.end(), Kind.RATIO, stated=False) if ratio else None
        elif not form and after in "条项个":
            form = names.read_measures(self.text, pos)
        return form

    def _chinese(self, pos: int) -> tuple[Reading | None, int]:
        text = self.text
        run = NUMBER.match(text, pos)
        end = run.end() if run else pos + 1
        before, after = text[pos - 1] if pos else "\n", text[end] if end < len(text) else "\n"
        reading = self._chinese_name(pos, end, before, after)
        if reading is None and (slogan := names.read_slogan(text, pos, end, self.vocabulary)):
            return slogan
        if reading is None and (after in "年月日号季时点○" or (after == "个" and before == "前")):
            reading = self._dated(pos)
        if reading is None and not self._is_mere_word(pos, end, before):
            reading = read_amount(text, pos, self.vocabulary)
            if reading and reading.value == 0:
                reading.kind = Kind.ZERO
        return reading, reading.end if reading else end

    def _is_mere_word(self, pos: int, end: int, before: str) -> bool:
        """统一, 唯一; and 百, 千, 万 without a word that makes them numbers (百姓, 万家)."""
        char = self.text[pos]
        if char == "一":
            return end == pos + 1 and before in _SINGLE
        return (
            char in _HUNDREDS and before not in _MARKER and not self.text.startswith(("余", "多", "来", "分"), pos + 1)
        )

    def _chinese_name(self, pos: int, end: int, before: str, after: str) -> Reading | None:
        text = self.text
        name = None
        if before == "第":
            name = self._ordinal(pos, after)
        elif end - pos <= 3 and after in "、.．）)":
            name = names.read_heading(text, pos)
        elif after in "是要则":
            name = names.read_listed(text, pos)
        elif after == "半" and text[pos] == "一" and text[end + 1 : end + 2] not in _TIMES:
            name = read_half(text, end)
        if name is None and text[pos] == "零":
            name = zeros.read_zero_word(text, pos)
        return name

    def _ordinal(self, pos: int, after: str) -> Reading | None:
        dated = self._dated(pos) if after == "季" else None
        if dated:
            dated.start = pos - 1
        return dated or names.read_ordinal(self.text, pos, self.vocabulary)

    def _denial(self, pos: int) -> Reading | None:
        return zeros.read_denial(self.text, pos)

    def _blank(self, pos: int) -> Reading | None:
        return blanks.read_blank(self.text, pos, self.vocabulary)

    def _bracket(self, pos: int) -> Reading | None:
        return blanks.read_note(self.text, pos) or names.read_document(self.text, pos)

    def _symbol(self, pos: int) -> Reading | None:
        return names.read_symbol(self.text, pos)

    def _doubled(self, pos: int) -> Reading | None:
        """翻番, 翻两番, 翻倍."""
        twice = _TWICE.match(self.text, pos)
        if not twice:
            return None
        times = 2 ** {"二": 2, "两": 2, "三": 3, "四": 4}.get(twice["n"] or "", 1)
        return Reading(pos, twice.end(), Kind.MULTIPLE, Decimal(times), "倍")

    def _half(self, pos: int) -> Reading | None:
        return self._relative(pos) if pos and self.text[pos - 1] in "上下" else read_half(self.text, pos)

    def _relative(self, pos: int) -> Reading | None:
        """去年同期, 全年, 上半年: the trigger is their second character."""
        found = read_relative(self.text, pos - 1, self.year)
        return self._from_date(pos - 1, found) if found else None

    def _dated(self, pos: int) -> Reading | None:
        if pos and self.text[pos - 1] == "前":
            pos -= 1
        found = read_date(self.text, pos, self.year)
        return self._from_date(pos, found) if found else None

    def _from_date(self, start: int, found: DateReading) -> Reading:
        reading = Reading(start, found.end, found.kind, found.value, found.unit, low=found.low, high=found.high)
        reading.period = since_january(self.text, start, found.period) if found.period else None
        return reading


_WORDS: dict[str, Callable[[_Scan, int], Reading | None]] = {
    **dict.fromkeys("未没无", _Scan._denial),
    **dict.fromkeys(blanks.STARTS, _Scan._blank),
    **dict.fromkeys("{【〔[", _Scan._bracket),
    **dict.fromkeys(names.SYMBOLS, _Scan._symbol),
    "翻": _Scan._doubled,
    "半": _Scan._half,
    "年": _Scan._relative,
    "元": _Scan._dated,
}
