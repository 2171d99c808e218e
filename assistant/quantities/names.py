"""Numbers that name things: headings, ordinals, articles, documents, roads, standards, telephones, policies."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.quantities.numerals import ARABIC, MAX_DIGITS, parse_numeral
from assistant.quantities.reading import Reading
from assistant.quantities.vocabulary import Vocabulary
from assistant.records import Kind

_H = "一二两三四五六七八九十"
_HEADING = re.compile(
    rf"[（(](?:[{ARABIC}]{{1,2}}|[{_H}]{{1,3}})[）)](?!型)|[{ARABIC}]{{1,2}}(?:[.．](?![{ARABIC}])|、(?![{ARABIC}]))|[{_H}]{{1,3}}[、.．]"
)
_SIZED = re.compile(rf"[（(][{ARABIC}{_H}][）)]型")
_HEADING_BEFORE = frozenset("\n。；：，;:> \t\u3000”")
_LISTED = re.compile(rf"[{_H}]{{1,3}}(?:是|要|则(?!例))|其[{_H}](?=[，、是])")
_DOCNO = re.compile(
    rf"[〔\[（(【](?:[{ARABIC}XxＸ×_＿*]{{2,4}})[〕\]）)】]?"
    r"(?:[ ]?第?|[\u4e00-\u9fff][0-9]{2,6}[\u4e00-\u9fff]{1,3})[ ]?"
    rf"[{ARABIC}XxＸ×_＿*]{{1,6}}[ ]?号"
)
_ORDINAL = re.compile(rf"[{ARABIC}]{{1,6}}(?:[.．][0-9]{{1,3}}){{0,4}}|[零〇一二三四五六七八九十百千]{{1,9}}")
_CLAUSES = re.compile(rf"(?:之[{_H}])?(?:第[零一二三四五六七八九十百{ARABIC}]{{1,5}}[款项目])*")
_CODE = re.compile(
    r"[A-Za-z]{0,6}(?:/[A-Z])?[ ]?[0-9０-９][A-Za-z0-9０-９/+.\-—–]{0,24}(?:[至到～~][A-Z][0-9+]{1,12})?"
)
_LETTERS = re.compile(r"(?:[A-Za-z/]{1,8}|[A-Z]{2,4}(?:/T)?[ ])$")
_STANDARD = re.compile(r"(?:GB|DB|AQ|GA|JGJ|CJJ|TSG|HG|SY|YJ|XF|JTG)[0-9]{0,2}(?:/T)?[ ]$")
_PHONE = re.compile(
    r"0[0-9]{2,3}[-—－ ]?[0-9]{7,8}(?![0-9])|1[3-9][0-9]{9}(?![0-9])|[48]00[-—]?[0-9]{3,4}[-—]?[0-9]{3,4}(?![0-9])"
    r"|(?:110|119|120|122|123[0-9]{2}|12[0-2][0-9]{2}|96[0-9]{3,4})(?![0-9.．余多万])"
)
_CALL = re.compile(
    r"(?:电话|热线|拨打|举报|手机|传真|邮编|号码|编号|代码|QQ群?|微信|群号|账号|索引号|文号|证号|序号|号)[号码：: ]*(?:为|是)?$"
)
_LABEL = re.compile(r"(?:浏览|阅读|点击|访问)(?:次数|量|数)?[：:] *$|[国省县乡]道$")
_FORMULA = re.compile(
    r"[0-9０-９]{1,3}(?:[+＋][0-9０-９XxNn]{1,3})+|[0-9]{1,2}[×xX*][0-9]{1,3}|[0-9]{1,2}[·•・][0-9]{1,2}"
)
_VERSION = re.compile(r"[1-9]\.0(?=版|时代|模式|系统|平台|[，。”])")
_BETWEEN = re.compile(
    r"(?:[.．][0-9]+)?(?:[ ]?[-—–~～至到]{1,4}[0-9]{1,9}(?:[.．][0-9]+)?)?[ ]?[余多来]?[十百千万亿]{0,2}[余多]?[ ]?"
)
_MEASURES = re.compile(
    rf"(?:[{ARABIC}]{{1,3}}|[{_H}]{{1,3}})(?:"
    r"[条项个][（(]?(?:硬|具体|贯彻|落实|安全|工作|刚性|重点)*[）)]?(?:措施|举措|硬措施|规定|禁令|要求|铁律)"
    r"|年(?:专项|攻坚|治本|大)*(?:行动|攻坚|整治|规划|计划(?!内)|提升))"
)
_QUOTED = re.compile(rf"[{_H}百千多][^“”\"\n，。；]{{0,9}}[”\"’]")
_FOURSOME = re.compile(rf"[{_H}百千万多][\u4e00-\u9fff](?:[\u4e00-\u9fff])?[{_H}双百千万][\u4e00-\u9fff]")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"
SYMBOLS = _CIRCLED + "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ"
_NUMERALS = frozenset(_H + "百千万")
_NOT_INSIDE = _NUMERALS | frozenset("至到、，。点余多来几")
_PLACE = re.compile(
    rf"[{_H}百千万](?:[里门堆盘面角眼池顶岔坡石官龙星合][\u4e00-\u9fff]{{0,2}}?"
    r"(?:村(?!民)|[镇路街桥河山峡墩铺寨坝屯湾岭]|社区|水库|小区|小学|中学)|[家口台间头道][铺桥湾岭坪塘沟屯寨坝])"
)
_VALUE = re.compile(rf"[{ARABIC}]+|[零〇一二两三四五六七八九十百千万]+")


def read_heading(text: str, pos: int) -> Reading | None:
    """一、 （一） 1. （1） where a line or a clause starts, and 一是, 二要, 其一."""
    start = pos - 1 if pos and text[pos - 1] in "（(" else pos
    before = text[start - 1] if start else "\n"
    if before in _HEADING_BEFORE or before in "#*":
        found = _HEADING.match(text, start)
        if found and (before != "，" or start < pos) and (before in "\n#* \t\u3000" or text[start] not in _NUMERALS):
            return named(found, Kind.HEADING)
    sized = _SIZED.match(text, start)
    return named(sized, Kind.ORDINAL) if sized else None


def read_listed(text: str, pos: int) -> Reading | None:
    """一是, 二要, 三则 at the start of a clause."""
    before = text[pos - 1] if pos else "\n"
    found = _LISTED.match(text, pos) if before in '，。；：、\n 　其）)"”#*' else None
    return named(found, Kind.ORDINAL) if found else None


def read_ordinal(text: str, pos: int, vocabulary: Vocabulary) -> Reading | None:
    """第二十一条第三款, 第109号, 第23个: what follows the 第 before `pos`."""
    found = _ORDINAL.match(text, pos)
    if not found:
        return None
    value, end = parse_numeral(found[0].partition(".")[0]), found.end()
    after = text[end : end + 1]
    if after == "条":
        tail = _CLAUSES.match(text, end + 1)
        return Reading(pos - 1, tail.end() if tail else end + 1, Kind.ARTICLE, value, "条")
    if after == "号":
        return Reading(pos - 1, end + 1, Kind.DOCNO, value, "号")
    unit = after if after in vocabulary.units or after in ("章", "节", "款", "项") else ""
    return Reading(pos - 1, end + len(unit), Kind.ORDINAL, value, unit)


def read_symbol(text: str, pos: int) -> Reading | None:
    """① as a heading, Ⅳ级 as a grade."""
    char = text[pos]
    if "Ⅰ" <= char <= "Ⅻ":
        graded = text.startswith(("级", "型", "类"), pos + 1)
        return Reading(pos, pos + 1 + graded, Kind.ORDINAL, Decimal(ord(char) - ord("Ⅰ") + 1), "级" * graded)
    return Reading(pos, pos + 1, Kind.HEADING, Decimal(_CIRCLED.index(char) % 20 + 1))


def read_document(text: str, pos: int) -> Reading | None:
    """〔2024〕7号, [2021]12号, （2023）5号, with marks in place of digits too."""
    found = _DOCNO.match(text, pos)
    return named(found, Kind.DOCNO) if found else None


def read_code(text: str, pos: int, end: int, vocabulary: Vocabulary) -> Reading | None:
    """An identifier that holds the Arabic digits at `pos` to `end`: G105, K3+200, GB 50016-2014, 5G."""
    letters = _LETTERS.search(text, max(0, pos - 8), pos)
    if letters and letters[0].endswith(" ") and not _STANDARD.search(letters[0]):
        letters = None
    if letters and not (len(letters[0]) >= 3 and letters[0].isalpha() and _has_unit(text, end, vocabulary)):
        found = _CODE.match(text, letters.start())
        return named(found, Kind.DOCNO) if found else None
    after = text[end : end + 1]
    if (text[pos] == "0" and end > pos + 1 and after != ".") or text.startswith("www.", max(0, pos - 4)):
        found = _CODE.match(text, pos)
        return named(found, Kind.DOCNO) if found else None
    if after.isascii() and after.isalpha() and not _has_unit(text, end, vocabulary):
        found = _CODE.match(text, pos)
        return named(found, Kind.DOCNO) if found else None
    return None


def read_called(text: str, pos: int, end: int, vocabulary: Vocabulary) -> Reading | None:
    """Telephones, hotlines, formulas (1+4+X, 7×24, 11·9), 320国道, and numbers that a word before makes a label."""
    after = text[end] if end < len(text) else "\n"
    formula = _FORMULA.match(text, pos) if after in "+＋×xX*·•・" else None
    if formula:
        return named(formula, Kind.POLICY)
    phone = _PHONE.match(text, pos) if end - pos >= 3 or after in "-—－" else None
    if phone and not _has_unit(text, phone.end(), vocabulary):
        return named(phone, Kind.DOCNO)
    if after in "国省县乡" and text.startswith("道", end + 1) or after == "." and _VERSION.match(text, pos):
        end += 2
    elif after != "后" and not _is_labelled(text, pos, end, vocabulary):
        return None
    return Reading(pos, end, Kind.DOCNO, _value(_VALUE.findall(text[pos:end])[0]))


def _is_labelled(text: str, pos: int, end: int, vocabulary: Vocabulary) -> bool:
    """Alone in quotes (“119”), or after a word like 电话, 编号, 国道, 浏览次数."""
    before = text[max(0, pos - 8) : pos]
    if before[-1:] in ("〔", "["):
        return True  # 〔202563: the closing bracket is lost
    if before[-1:] in ("“", '"') and text[end : end + 1] in ("”", '"'):
        return True
    return bool(_LABEL.search(before)) or (bool(_CALL.search(before)) and not _has_unit(text, end, vocabulary))


def read_measures(text: str, pos: int) -> Reading | None:
    """十五条措施, 50条具体措施, 三年行动: policies named by their number."""
    found = _MEASURES.match(text, pos)
    return named(found, Kind.POLICY) if found else None


def read_slogan(text: str, pos: int, run_end: int, vocabulary: Vocabulary) -> tuple[Reading | None, int] | None:
    """What the Chinese numeral at `pos` is part of, if of a word, place, policy name or slogan; and its end."""
    known = vocabulary.word_at(text, pos)
    if known and known[1] >= run_end:
        if text[known[0] : known[1]] not in vocabulary.policies:
            return None, known[1]
        return Reading(*known, Kind.POLICY, _value(text[pos:run_end])), known[1]
    before = text[pos - 1] if pos else ""
    found = _QUOTED.match(text, pos) if before in '“"‘' and before else None
    if found:
        return Reading(pos, found.end() - 1, Kind.POLICY, _value(text[pos:run_end])), found.end()
    if text[run_end : run_end + 1] in "条项个年":
        measures = read_measures(text, pos)
        if measures:
            return measures, measures.end
    if run_end == pos + 1:
        return _short(text, pos, vocabulary)
    return None


def _short(text: str, pos: int, vocabulary: Vocabulary) -> tuple[Reading | None, int] | None:
    """一岗双责, 三查三改, 两人一组; 十里铺, 三门村."""
    place = _PLACE.match(text, pos)
    if place:
        return None, place.end()
    found = _FOURSOME.match(text, pos)
    if not found or text.startswith("分之", pos + 1):
        return None
    second = found[0][-2]
    counted = found[0][1] in vocabulary.units and found[0][-1] in vocabulary.units
    if text[pos + 1] in _NOT_INSIDE or (counted and not (text[pos] == "一" or second == "一")):
        return None
    if text[pos + 1] in vocabulary.units and second not in "一双":
        return None
    return named(found, Kind.POLICY), found.end()


def named(found: re.Match[str], kind: Kind) -> Reading:
    """A reading of the whole match, with the number that stands in it first (in a document number, last)."""
    numbers = _VALUE.findall(found[0])
    number = (numbers[-1] if kind is Kind.DOCNO and found[0][0] in "〔[（(【" else numbers[0]) if numbers else ""
    return Reading(found.start(), found.end(), kind, _value(number), "号" if found[0][-1] == "号" else "")


def _value(number: str) -> Decimal | None:
    return parse_numeral(number) if len(number) <= MAX_DIGITS else None


def _has_unit(text: str, pos: int, vocabulary: Vocabulary) -> bool:
    """Whether a unit follows, after what may stand between a number and its unit (余, 万, the end of a range)."""
    between = _BETWEEN.match(text, pos)
    start = between.end() if between else pos
    lengths = vocabulary.unit_lengths.get(text[start : start + 1], ())
    return any(text[start : start + length] in vocabulary.units for length in lengths)
