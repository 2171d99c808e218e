"""Reading every figure of a text."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.quantities.amounts import read_amount, read_unit
from assistant.quantities.claims import Context
from assistant.quantities.dates import read_date, read_relative
from assistant.quantities.numerals import HAN, NUMBER, parse_numeral
from assistant.quantities.reading import Reading
from assistant.quantities.vocabulary import Vocabulary, shipped_vocabulary
from assistant.records import Approx, Kind, Quantity

_ARABIC = "0-9０-９"
_TRIGGER = re.compile(
    rf"[{_ARABIC}{HAN}数几半年翻无未没①-⑳Ⅰ-Ⅻ㈠-㈩*＊Xx×Ｘ_＿{{【〔\[]"
    rf"(?:(?<=[{_ARABIC}{HAN}半①-⑳Ⅰ-Ⅻ㈠-㈩*＊×_＿XxＸ【〔\[])"
    r"|(?<=[数几])(?=[十百千万家户次个处条起人名])"
    r"|(?<=[去上今本明前全当]年)|(?<=翻)(?=了?[一二两三四]?番)|(?<=\{)(?=\{)"
    r"|(?<=[未没])(?=有?(?:发生|出现|造成|接到|发现))|(?<=无)(?=[^，。；、\n]{0,8}?(?:事故|伤亡|火灾|火情|一[人起例户家处件名]|溺水|中毒|亡人)))"
)
_HEADING = re.compile(
    rf"[ \t　]*(?:[（(](?:[{_ARABIC}]{{1,2}}|[一二三四五六七八九十]{{1,3}})[）)]|(?:[{_ARABIC}]{{1,2}}[.．、](?![{_ARABIC}])|[一二三四五六七八九十]{{1,3}}、))"
)
_LISTED = re.compile(r"(?:其)?[一二三四五六七八九十]{1,2}(?:是|要|则)")
_DOCNO = re.compile(rf"[〔\[（(【](?:[{_ARABIC}XxＸ×_＿*]{{2,4}})[〕\]）)】]?[ ]?第?[ ]?[{_ARABIC}XxＸ×_＿*]+[ ]?号")
_IDENTIFIER = re.compile(rf"[A-Za-z{_ARABIC}]*[{_ARABIC}][A-Za-z{_ARABIC}/+.\-—–]*(?:至[A-Z][{_ARABIC}][{_ARABIC}+]*)?")
_PHONE = re.compile(
    r"(?:0[0-9]{2,3}[-—]?[0-9]{7,8}|1[3-9][0-9]{9}|400[-—]?[0-9]{3,4}[-—]?[0-9]{3,4}|(?:110|119|120|122|12[0-9]{3}|96[0-9]{3,4})(?![0-9.余多万]))"
)
_FORMULA = re.compile(r"[0-9]+(?:[+＋][0-9XxNn]+)+|7[×xX*]24|[0-9]{1,2}[·•][0-9]{1,2}")
_ROUTE = re.compile(r"[0-9]{1,4}(?:国道|省道|县道|乡道)")
_BLANK_YEAR = re.compile(
    r"(?:20|19)[0-9]?[Xx×ＸＸ*＊_＿○]{1,4}[0-9]?年(?:[0-9Xx×*_＿]{1,2}月(?:[0-9Xx×*_＿]{1,2}日)?)?|[*＊_＿Xx×]{2,4}年(?:[*＊_＿Xx×]{1,2}月)?"
)
_BLANK = re.compile(r"(?:[*＊]{1,8}|[_＿]{2,30}|[XxＸ]{1,4}|×{1,4})(?P<more>[ ]?[余多]?万?[余多]?)")
_MARKED = re.compile(r"\{\{[^{}\n]{0,60}\}\}|【[^【】\n]{0,60}】")
_ORDINAL = re.compile(rf"(?:[{_ARABIC}]{{1,6}}|[零〇一二三四五六七八九十百千]+)")
_ARTICLE_TAIL = re.compile(rf"(?:之[一二三四五六七八九十])?(?:第[零一二三四五六七八九十百{_ARABIC}]+[款项目])*")
_FOURSOME = re.compile(
    r"[一二两三四五六七八九十百千万多][^\W\d_一二两三四五六七八九十百千万]{1,2}[一二两三四五六七八九十百千万][^\W\d_一二两三四五六七八九十百千万]"
)
_MEASURES = re.compile(
    rf"(?:[{_ARABIC}]+|[一二三四五六七八九十]+)(?:[条项]|个)(?:硬|具体|贯彻|落实|安全)*(?:措施|举措|规定|禁令|要求)|[一二两三四五六七八九十]+年(?:专项)?(?:行动|攻坚|整治|规划|计划)"
)
_QUOTED = re.compile(r"[一二两三四五六七八九十百千多][^“”\"\n，。；]{0,9}[”\"]")
_ZERO_WORD = re.compile(r"零(?:事故|死亡|发生|伤亡|火灾|火情|亡人|溺水|中毒|违规|违法|投诉|上访|感染|失误|案件)")
_ZERO = re.compile(r"(?:[未没]有?|无)(?:发生|出现|造成|接到|发现)?(?:一(?P<unit>[人起例户家处件名]))?")
_TWICE = re.compile(r"翻了?(?P<n>[一二两三四]?)番")
_HALF_WORD = re.compile(r"半数(?:以上)?|半(?![年天个月小径])")
_SINGLE = frozenset("统唯单逐同专合如归不进某任另这那每初划纯之又再新第双大周同")
_RATIO = re.compile(rf"[{_ARABIC}.]+[:：∶][{_ARABIC}.]+")


def extract(text: str, vocabulary: Vocabulary | None = None, *, year: int | None = None) -> list[Quantity]:
    """Every quantity of the text, in order of place, never overlapping. `year` is the report's year."""
    readings = _Scan(text, vocabulary or shipped_vocabulary(), year).run()
    share_units(text, readings)
    context = Context(text)
    return [_quantity(text, reading, context) for reading in readings]


def _quantity(text: str, reading: Reading, context: Context) -> Quantity:
    return Quantity(
        reading.start,
        reading.end,
        text[reading.start : reading.end],
        reading.value,
        reading.unit,
        reading.kind,
        context.states(reading),
        reading.approx,
        reading.low,
        reading.high,
        reading.period,
        reading.denies,
    )


_SHARED = re.compile(r"[ ]?[、，,/和与及][ ]?")
_UNIT_NOTE = re.compile(r"[（(]单位[:：](?P<unit>[^）)]{1,4})[）)]")


def share_units(text: str, readings: list[Reading]) -> None:
    """Gives the numbers of 45、32、18处 and of a list closed by （单位：处） the unit they share."""
    for before, after in zip(reversed(readings[:-1]), reversed(readings[1:]), strict=True):
        if (
            before.kind is Kind.COUNT
            and not before.unit
            and after.unit
            and after.stated
            and _SHARED.fullmatch(text, before.end, after.start)
        ):
            before.unit, before.kind = after.unit, after.kind
    for note in _UNIT_NOTE.finditer(text):
        for reading in reversed(readings):
            if reading.end > note.start():
                continue
            if re.search("[。\n]", text[reading.end : note.start()]) or note.start() - reading.end > 200:
                break
            if reading.kind is Kind.COUNT and not reading.unit:
                reading.unit = note["unit"]


class _Scan:
    def __init__(self, text: str, vocabulary: Vocabulary, year: int | None) -> None:
        self.text, self.vocabulary, self.year = text, vocabulary, year
        self.readings: list[Reading] = []

    def run(self) -> list[Reading]:
        pos = 0
        search = _TRIGGER.search
        while found := search(self.text, pos):
            start = found.start()
            reading, end = self._look(start, self.text[start])
            if reading and (not self.readings or reading.start >= self.readings[-1].end):
                self.readings.append(reading)
            pos = max(end, reading.end if reading else 0, start + 1)
        return self.readings

    def _look(self, pos: int, char: str) -> tuple[Reading | None, int]:
        if char in "*＊Xx×Ｘ_＿{【":
            return self._placeholder(pos), pos + 1
        if char in "〔[":
            return self._plain(_DOCNO.match(self.text, pos), Kind.DOCNO), pos + 1
        if char in "未没无":
            return self._nothing(pos), pos + 1
        if char in "年半" or (char == "翻"):
            return self._word(pos, char), pos + 1
        if char in "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩":
            return Reading(pos, pos + 1, Kind.HEADING), pos + 1
        if "Ⅰ" <= char <= "Ⅻ":
            end = pos + 2 if self.text[pos + 1 : pos + 2] == "级" else pos + 1
            return Reading(
                pos, end, Kind.ORDINAL, Decimal(ord(char) - ord("Ⅰ") + 1), "级" if end > pos + 1 else "", stated=False
            ), end
        return self._numeral(pos, char)

    def _plain(self, found: re.Match[str] | None, kind: Kind) -> Reading | None:
        if not found:
            return None
        digits = re.findall(rf"[{_ARABIC}]+|[零〇一二两三四五六七八九十百千万]+", found[0])
        value = (
            parse_numeral(digits[-1 if kind is Kind.DOCNO and len(digits) == 2 else 0])
            if digits and len(digits[0]) < 16
            else None
        )
        return Reading(found.start(), found.end(), kind, value, stated=False)

    def _placeholder(self, pos: int) -> Reading | None:
        text = self.text
        found = _MARKED.match(text, pos) or _BLANK_YEAR.match(text, pos)
        if found:
            return (
                Reading(found.start(), found.end(), Kind.PLACEHOLDER, stated=False)
                if found[0][0] != "【" or re.search("待|补|填|核|[XＸ×*_]", found[0])
                else None
            )
        found = _BLANK.match(text, pos)
        if not found:
            return None
        end, unit, _ = read_unit(text, found.end(), self.vocabulary)
        dated = re.compile("[年月日%％]").match(text, found.end())
        if dated:
            end, unit = dated.end(), dated[0]
        if not unit and text[pos] not in "_＿":
            return None
        return Reading(
            pos,
            end,
            Kind.PLACEHOLDER,
            unit=unit,
            approx=Approx.MORE_THAN if found["more"].strip(" 万") else Approx.EXACT,
            stated=False,
        )

    def _nothing(self, pos: int) -> Reading | None:
        found = _ZERO.match(self.text, pos)
        if not found or (found[0] == "没" or found[0] == "未"):
            return None
        denied = re.compile(r"[^，。；、：\n]{0,30}").match(self.text, found.end())
        return Reading(pos, found.end(), Kind.ZERO, Decimal(0), found["unit"] or "", denies=denied[0] if denied else "")

    def _word(self, pos: int, char: str) -> Reading | None:
        text = self.text
        if char == "翻":
            twice = _TWICE.match(text, pos)
            times = {"": 2, "一": 2, "二": 4, "两": 4, "三": 8, "四": 16}[twice["n"]] if twice else 2
            return Reading(pos, twice.end(), Kind.MULTIPLE, Decimal(times), "倍") if twice else None
        start = pos - 1
        if pos and (char == "年" or text[start] in "上下"):
            found = read_relative(text, start, self.year)
            return (
                None
                if not found
                else Reading(
                    start,
                    found.end,
                    found.kind,
                    found.value,
                    found.unit,
                    low=found.low,
                    high=found.high,
                    period=found.period,
                    stated=False,
                )
            )
        half = _HALF_WORD.match(text, pos) if char == "半" and pos and text[start] in "过近" else None
        if half:
            return Reading(
                start,
                half.end(),
                Kind.RATIO,
                Decimal("0.5"),
                "",
                Approx.MORE_THAN if text[start] == "过" else Approx.LESS_THAN,
            )
        return None

    def _numeral(self, pos: int, char: str) -> tuple[Reading | None, int]:
        text = self.text
        run = NUMBER.match(text, pos)
        run_end = run.end() if run else pos + 1
        special = self._special(pos, char)
        if special:
            return special, special.end
        if char not in "0123456789０１２３４５６７８９":
            covered = self._covered(pos, run_end)
            if covered:
                return covered
        dated = read_date(text, pos, self.year)
        if dated:
            return Reading(
                pos,
                dated.end,
                dated.kind,
                dated.value,
                dated.unit,
                low=dated.low,
                high=dated.high,
                period=dated.period,
                stated=False,
            ), dated.end
        ratio = _RATIO.match(text, pos)
        if ratio:
            return Reading(pos, ratio.end(), Kind.RATIO, None, "", stated=False), ratio.end()
        reading = read_amount(text, pos, self.vocabulary)
        if reading and reading.value == 0 and reading.unit:
            reading.kind = Kind.ZERO
        return reading, reading.end if reading else run_end

    def _special(self, pos: int, char: str) -> Reading | None:
        """Ordinals, headings, identifiers, blanks: what is no amount by its form."""
        text = self.text
        before = text[pos - 1] if pos else "\n"
        if before == "第":
            return self._ordinal(pos)
        if before in "\n（( \t　" or not pos:
            heading = self._heading(pos, before)
            if heading:
                return heading
        if char in "0123456789０１２３４５６７８９":
            return self._identifier(pos, before)
        listed = _LISTED.match(text, pos)
        if listed and before in '，。；：、\n 　其）"”':
            return Reading(pos, listed.end(), Kind.ORDINAL, parse_numeral(listed[0][:-1]), stated=False)
        zero = _ZERO_WORD.match(text, pos) if char == "零" else None
        if zero:
            return Reading(pos, zero.end(), Kind.ZERO, Decimal(0), denies=zero[0][1:])
        return None

    def _ordinal(self, pos: int) -> Reading | None:
        found = _ORDINAL.match(self.text, pos)
        if not found:
            return None
        value, end = parse_numeral(found[0]), found.end()
        if self.text[end : end + 1] in "条" and end < len(self.text):
            tail = _ARTICLE_TAIL.match(self.text, end + 1)
            return Reading(pos - 1, tail.end() if tail else end + 1, Kind.ARTICLE, value, "条", stated=False)
        if self.text.startswith("号", end):
            return Reading(pos - 1, end + 1, Kind.DOCNO, value, "号", stated=False)
        dated = read_date(self.text, pos, self.year)
        if dated and dated.kind is Kind.ORDINAL:
            return Reading(pos - 1, dated.end, Kind.ORDINAL, value, "季度", period=dated.period, stated=False)
        stop, unit, _ = read_unit(self.text, end, self.vocabulary)
        return Reading(pos - 1, stop, Kind.ORDINAL, value, unit, stated=False)

    def _heading(self, pos: int, before: str) -> Reading | None:
        text = self.text
        line = text.rfind("\n", max(0, pos - 8), pos) + 1 or (0 if pos < 8 else -1)
        if line < 0 or text[line : pos - 1 if before in "（(" else pos].strip(" \t　#*"):
            return None
        start = pos - 1 if before in "（(" else pos
        found = _HEADING.match(text, start)
        return self._plain(found, Kind.HEADING)

    def _identifier(self, pos: int, before: str) -> Reading | None:
        text = self.text
        blank = _BLANK_YEAR.match(text, pos)
        if blank:
            return Reading(pos, blank.end(), Kind.PLACEHOLDER, unit="月" if "月" in blank[0] else "年", stated=False)
        if (before.isascii() and before.isalpha()) or (
            before in "-/—" and pos > 1 and text[pos - 2].isascii() and text[pos - 2].isalnum()
        ):
            start = pos
            while (
                start
                and text[start - 1].isascii()
                and (text[start - 1].isalnum() or text[start - 1] in "/-")
                and pos - start < 8
            ):
                start -= 1
            found = _IDENTIFIER.match(text, start)
            return self._plain(found, Kind.DOCNO)
        if before in "+＋":
            return None
        for form, kind in (
            (_PHONE, Kind.DOCNO),
            (_FORMULA, Kind.POLICY),
            (_ROUTE, Kind.DOCNO),
            (_MEASURES, Kind.POLICY),
        ):
            found = form.match(text, pos)
            if found and not (
                kind is Kind.DOCNO and form is _PHONE and read_unit(text, found.end(), self.vocabulary)[1]
            ):
                return self._plain(found, kind)
        return None

    def _covered(self, pos: int, run_end: int) -> tuple[Reading | None, int] | None:
        """A word, policy name or quoted slogan that holds the numeral; (None, end) to pass over an idiom."""
        text = self.text
        known = self.vocabulary.word_at(text, pos)
        if known and known[1] >= run_end:
            word = text[known[0] : known[1]]
            if word not in self.vocabulary.policies:
                return None, known[1]
            return Reading(*known, Kind.POLICY, parse_numeral(text[pos:run_end]), stated=False), known[1]
        quoted = _QUOTED.match(text, pos) if pos and text[pos - 1] in '“"' else None
        if quoted:
            return Reading(
                pos, quoted.end() - 1, Kind.POLICY, parse_numeral(text[pos:run_end]), stated=False
            ), quoted.end()
        named = _MEASURES.match(text, pos)
        if named:
            return self._plain(named, Kind.POLICY), named.end()
        foursome = _FOURSOME.match(text, pos)
        if foursome and run_end == pos + 1 and (text[pos] == "一" or text[pos + 1] not in self.vocabulary.units):
            return self._plain(foursome, Kind.POLICY), foursome.end()
        if run_end == pos + 1 and text[pos] == "一" and pos and text[pos - 1] in _SINGLE:
            return None, run_end
        if (
            text[pos] in "百千万亿"
            and not (pos and text[pos - 1] in "上近超逾约过")
            and not re.match("[百千万亿][余多来]", text[pos : pos + 2])
        ):
            return None, run_end
        return None
