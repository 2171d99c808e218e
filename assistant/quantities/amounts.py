"""Numbers with their markers and units: 约800余人次, 480余万元, 九成以上, 3-5人, 三分之二, 640余次/人."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.quantities.dates import DASH
from assistant.quantities.numerals import HAN, NUMBER, Number, read_number
from assistant.quantities.reading import Reading
from assistant.quantities.vocabulary import Vocabulary
from assistant.records import Approx, Kind

_SPACES = " \u00a0\u3000"
_BEFORE = re.compile(
    r"(?:(?P<more>不少于|不低于|不小于|不得少于|不得低于|不下于|不下|超过了?|超出|多于|高于|大于|(?<![商赶反])超(?:过)?|逾|至少|最少|[≥>＞])"
    r"|(?P<less>不超过|不多于|不高于|不大于|不得超过|未超过|不足|不到|少于|低于|小于|将近|接近|几近|(?<![附最临邻靠就相远])近|至多|最多|[≤<＜])"
    r"|(?P<about>大约|约为|(?<![节预公签违合契履解邀])约))[ ]?$"
)
_LAST_OF_MARKER = frozenset("于下过出超逾少≥>＞足到近多≤<＜约为了 ")
_AFTER = re.compile(
    r"[ ]?(?:(?P<more>及?以上|开外)|(?P<less>及?以下|(?:之|以)内|内(?![部容河设涝控外务科销需陆地]))|(?P<about>左右|上下(?!班|游|级|学|车|联)|许(?![多可])))"
)
_EXTRA = re.compile(
    r"[（(][次人名个件期场份处家户台套条辆车]次?[）)]"
    r"|/(?:[千百万]?[次人名个件期场份处家户台套条辆月年天日座亩吨村]|小时|季度|平方米)"
)
_RANGE = re.compile(rf"{DASH}(?={NUMBER.pattern})")
_PERCENT_WORDS = re.compile(r"(百|千|万)分之")
_TAIL = re.compile(r"多(?=$|[，。；、的）])|余(?=$|[，。；、）])")
_SCALES = {"成": Decimal(10), "‰": Decimal("0.1")}
_AND_MORE = re.compile(r"[ ]?个多(月|小时|星期|季度|学期|工作日)")
_TENTH = re.compile(r"多|(?P<digit>[一二三四五六七八九])(?=$|[，。；、）的以左])")
_LISTED = re.compile(rf"[{HAN}]*[十百千][{HAN}]*[、，和与及][{HAN}0-9]")  # 四十五、三十二、十八处
_YEARS = (1990, 2100)
_TORN = re.compile(r" [0-9]")  # 2 80处: a number torn by PDF export says nothing
_AFTER_STARTS = frozenset(" 及以开之内左上下许")
_DASHES = frozenset(" -－—–─~～〜至到")
_EXTRA_STARTS = frozenset("（(/")
_EXTENDED = frozenset({Kind.COUNT, Kind.MONEY, Kind.WEIGHT})
_NORMAL = {"％": "%", "﹪": "%", "个百分点": "百分点"}
_SPOKEN = re.compile(r"点([零〇一二三四五六七八九]+)")


def read_amount(text: str, pos: int, vocabulary: Vocabulary) -> Reading | None:
    """The quantity whose number starts at `pos`; None where the numeral there has no unit and needs one."""
    found = NUMBER.match(text, pos)
    number = read_number(found[0]) if found else None
    if found is None or number is None:
        return None
    share = _share(text, found, number) if text.startswith("分之", found.end()) else None
    if share:
        return _finish(text, share)
    end, unit, kind = read_unit(text, found.end(), vocabulary)
    more = _AND_MORE.match(text, found.end()) if text[end : end + 1] == "多" else None
    if more:
        end, unit, kind, number = more.end(), "个" + more[1], Kind.DURATION, Number(number.value, Approx.MORE_THAN)
    reading = Reading(pos, end, kind, number.value, unit, number.approx, number.low, number.high, digits=pos)
    _extend_range(text, reading, found.end(), vocabulary)
    if not reading.unit:
        if not found[0][0].isdigit() and not _LISTED.match(text, pos):
            return None
        reading.stated = not _TORN.match(text, reading.end)
    _scale(reading)
    if reading.unit == "%" and text[reading.end - 1] == "成":
        _add_tenth(text, reading)
    return _finish(text, reading)


def read_half(text: str, pos: int) -> Reading:
    """一半, 过半, 近半数, 半数以上: the half whose 半 stands at `pos`."""
    start = pos - 1 if text[pos - 1 : pos] == "一" else pos
    end = pos + 2 if text[pos + 1 : pos + 2] == "数" else pos + 1
    return _finish(text, Reading(start, end, Kind.RATIO, Decimal("0.5"), digits=start))


def read_unit(text: str, pos: int, vocabulary: Vocabulary) -> tuple[int, str, Kind]:
    """The unit written at `pos`: its end, its name without brackets, its kind ("" and count where there is none)."""
    start = pos
    while start < pos + 2 and text[start : start + 1] in _SPACES and start < len(text):
        start += 1
    for length in vocabulary.unit_lengths.get(text[start : start + 1], ()):
        piece = text[start : start + length]
        unit = vocabulary.units.get(piece)
        if unit is None:
            continue
        end = start + len(piece)
        if unit.never_before and text[end : end + 1] in unit.never_before and end < len(text):
            continue
        name = unit.name
        extra = _EXTRA.match(text, end) if text[end : end + 1] in _EXTRA_STARTS else None
        if extra and unit.kind in _EXTENDED:
            end = extra.end()
            name += extra[0].strip("（）()")
        return end, _NORMAL.get(name, name), unit.kind
    return pos, "", Kind.COUNT


def _share(text: str, found: re.Match[str], number: Number) -> Reading | None:
    """百分之九十, 三分之二, 千分之三."""
    end, pos = found.end(), found.start()
    if not number.value:
        return None
    second = NUMBER.match(text, end + 2)
    upper = read_number(second[0]) if second else None
    if second is None or upper is None or upper.value is None:
        return None
    stop, value = second.end(), upper.value
    decimals = _SPOKEN.match(text, stop)
    if decimals:
        digits = "".join(str("零一二三四五六七八九".index(char)) for char in decimals[1].replace("〇", "零"))
        stop, value = decimals.end(), value + Decimal(f"0.{digits}")
    hundred = number.value in (100, 1000, 10000)
    value = value * 100 / number.value
    if not hundred:
        value = (value / 100).quantize(Decimal("0.0001"))
    kind = Kind.PERCENT if hundred else Kind.RATIO
    return Reading(pos, stop, kind, value, "%" if hundred else "", upper.approx, digits=pos)


def _extend_range(text: str, reading: Reading, number_end: int, vocabulary: Vocabulary) -> None:
    """3-5人, 10户至20户: takes in the second number where it is larger and has the same unit."""
    for start in {number_end, reading.end}:
        if text[start : start + 1] not in _DASHES:
            continue
        dash = _RANGE.match(text, start)
        second = NUMBER.match(text, dash.end()) if dash else None
        upper = read_number(second[0]) if second else None
        if second is None or upper is None or upper.value is None or reading.value is None:
            continue
        end, unit, kind = read_unit(text, second.end(), vocabulary)
        if (not unit and not second[0].isdigit()) or (reading.unit and reading.unit != unit):
            continue
        low = reading.value
        if re.search("[万亿]", second[0]) and low < 10000 and not reading.unit:
            low *= 100_000_000 if "亿" in second[0] else 10_000
        if low < upper.value:
            reading.end, reading.unit, reading.kind = end, unit, kind
            reading.low, reading.high, reading.value, reading.approx = low, upper.value, None, Approx.RANGE
            if _YEARS[0] < low < _YEARS[1] and unit in ("", "学年", "年度"):
                reading.kind = Kind.PERIOD  # 2023-2024学年
            return


def _scale(reading: Reading) -> None:
    factor = _SCALES.get(reading.unit)
    if factor is None:
        return
    reading.unit = "%"
    reading.value = None if reading.value is None else reading.value * factor
    reading.low = None if reading.low is None else reading.low * factor
    reading.high = None if reading.high is None else reading.high * factor


def _add_tenth(text: str, reading: Reading) -> None:
    """九成五 is 95 %, 三成多 more than 30."""
    tenth = _TENTH.match(text, reading.end)
    if tenth and reading.value is not None:
        reading.end = tenth.end()
        if tenth["digit"]:
            reading.value += "零一二三四五六七八九".index(tenth["digit"])
        else:
            reading.approx = Approx.MORE_THAN


def _finish(text: str, reading: Reading) -> Reading:
    """Takes in the markers before and after."""
    before = text[max(0, reading.start - 5) : reading.start]
    if before and before[-1] in _LAST_OF_MARKER:
        found = _BEFORE.search(before)
        if found:
            reading.start -= len(found[0])
            _mark(reading, found)
    if before[-1:] in ("上", "过") and text[reading.start] in "百千万亿半":
        reading.start -= 1
        reading.approx = Approx.MORE_THAN
    if reading.unit and _TAIL.match(text, reading.end):
        reading.end, reading.approx = reading.end + 1, Approx.MORE_THAN
    after = _AFTER.match(text, reading.end) if text[reading.end : reading.end + 1] in _AFTER_STARTS else None
    if after:
        reading.end = after.end()
        _mark(reading, after)
    return reading


def _mark(reading: Reading, found: re.Match[str]) -> None:
    if reading.approx is Approx.RANGE:
        return
    for name, approx in (("more", Approx.MORE_THAN), ("less", Approx.LESS_THAN), ("about", Approx.ABOUT)):
        if found[name] and (reading.approx is Approx.EXACT or name != "about"):
            reading.approx = approx
