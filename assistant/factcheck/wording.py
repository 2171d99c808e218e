"""Defects of wording a reviewer marks: remains of web pages and templates, substituted words, signs and markers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.alignment.layout import Layout
from assistant.records import Approx, Finding, Kind, Quantity, Severity

_REMAINS = re.compile(
    r"#{2}\s*[A-Za-z_]{3,}\s*#{2}|#{1,6}(?=\s)|\*\*(?=[\u4e00-\u9fff“《])[^*\n]{1,30}\*\*"
    r"|[（(]?(?:此处|开头部分|中间部分|以下|文中)(?:已)?(?:隐藏|省略)\s*\d*\s*字[^。\n]{0,10}[)）]?"
    r"|本站声明[^。\n]*|本文来(?:自|源)[^。\n]{0,40}|浏览次数[:：]?\d*|阅读\d+分钟|转载请注明[^。\n]{0,20}"
    r"|&(?:nbsp|ldquo|rdquo|quot|amp|lt|gt);|</?[a-zA-Z]{1,10}[^>\n]{0,40}>|https?://[\w./?=&%-]+"
)
_BLANKS = re.compile(
    r"[\[【](?:姓名|日期|时间|地点|单位|数字|数据|名称|镇名|待填|待补充|请填写)[^\]】\n]{0,10}[\]】]"
    r"|【待[^】\n]{0,60}】|\{\{[^}\n]{1,30}\}\}"
    r"|(?<![A-Za-z])[XxＸ×]{2,}(?![A-Za-z])(?:街道|社区|国道|余?[镇乡县市村省区人次家份起户栋年月日名处项条号座])?|＊+[\u4e00-\u9fff]?|(?<!\*)\*{1,3}[\u4e00-\u9fff]|_{2,}[\u4e00-\u9fff]?"
    r"|20(?:[xX×_*]{1,2}|\d[xX×_*])年"
)
_SUBSTITUTED = {
    r"平安生产": "安全生产",
    r"平安隐患": "安全隐患",
    r"平安事故": "安全事故",
    r"平安检查": "安全检查",
    r"平安意识": "安全意识",
    r"平安责任": "安全责任",
    r"平安监管": "安全监管",
    r"现患": "隐患",
    r"劢员": "动员",
    r"事敀": "事故",
    r"戓略": "战略",
    r"岀": "出",
    r"查抄(?=隐患|企业|问题)": "检查",
    r"比效": "比较",
    r"提出供": "提供",
    r"进了认真": "进行了认真",
    r"(?<=安全生)(?=监管|考核|检查)": "产",
}
_SUBSTITUTIONS = re.compile("|".join(f"(?:{pattern})" for pattern in _SUBSTITUTED))
_UNTIL = re.compile(
    r"截止(?=到?目前|到?20|到?\d|到?今年|到?年底|到?[一二三四五六七八九十]+月)|(?<![截为至终停防禁])止目前"
)
_PERCENT = re.compile("[%％﹪]")
_YEARS = range(2015, 2040)
_LONG = 14  # characters from which a repeated sentence is no set phrase


@dataclass(frozen=True, slots=True)
class _Style:
    kind: str
    severity: Severity
    suggestion: str


def find_wording(layout: Layout, quantities: Sequence[Quantity]) -> Iterator[Finding]:
    """All defects of wording, in no order."""
    text = layout.text
    yield from _find_blanks(text, quantities)
    for found in _SUBSTITUTIONS.finditer(text):
        right = next(word for pattern, word in _SUBSTITUTED.items() if re.compile(pattern).match(text, found.start()))
        surface = found.group() or text[found.start() - 3 : found.end() + 2]
        start = found.start() if found.group() else found.start() - 3
        yield _found(
            "substitution",
            Severity.WARNING,
            start,
            surface,
            f"“{surface}”疑为误写或机器替换。",
            f"应为“{right}”" if found.group() else f"疑漏“{right}”字",
        )
    for found in _UNTIL.finditer(text):
        message = "“截止”指停止，表示到某时为止应写“截至”。"
        yield _found("wrong_word", Severity.INFO, found.start(), found.group(), message, "改为“截至”")
    yield from _find_percent_signs(text)
    yield from _find_markers(quantities)
    yield from _find_repeats(layout)


def _find_blanks(text: str, quantities: Sequence[Quantity]) -> Iterator[Finding]:
    spans: list[tuple[int, int, str]] = []
    for found in _REMAINS.finditer(text):
        spans.append((found.start(), found.end(), "web_remains"))
    for found in _BLANKS.finditer(text):
        spans.append((found.start(), found.end(), "placeholder"))
    spans += [(each.start, each.end, "placeholder") for each in quantities if each.kind is Kind.PLACEHOLDER]
    end = -1
    for start, stop, kind in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start < end:
            continue
        end = stop
        surface = text[start:stop]
        message = f"“{surface}”是网页或模板的残留。" if kind == "web_remains" else f"“{surface}”是没有填写的空位。"
        yield _found(kind, Severity.ERROR, start, surface, message, "删除" if kind == "web_remains" else "补上内容")


def _find_percent_signs(text: str) -> Iterator[Finding]:
    signs = [found.group() for found in _PERCENT.finditer(text)]
    mixed = len(set(signs)) > 1
    for found in _PERCENT.finditer(text):
        if found.group() != "%":
            begin = found.start()
            while begin and (text[begin - 1].isdigit() or text[begin - 1] in ".．"):
                begin -= 1
            surface = text[begin : found.end()]
            message = "同一篇中“%”与“％”混用。" if mixed else "百分号用了全角。"
            yield _found("percent_sign", Severity.INFO, begin, surface, message, "统一为“%”")


def _find_markers(quantities: Sequence[Quantity]) -> Iterator[Finding]:
    for each in quantities:
        surface = each.surface
        if each.approx is not Approx.MORE_THAN or not re.search("[余多](?!于)", surface) or each.value is None:
            continue
        if re.match("[约近]|大约|超过?|逾", surface):
            yield _found("approx_twice", Severity.INFO, each.start, surface, f"“{surface}”约数词重复。", "只留一个")
        if each.value in _YEARS and re.search(r"\d{4}", surface):
            message = f"“{surface}”疑为年份被误填入数字。"
            yield _found("year_as_number", Severity.WARNING, each.start, surface, message, "核对实际数")
        elif (
            each.value > 10
            and each.value == each.value.to_integral_value()
            and int(each.value) % 10
            and "万" not in surface
        ):
            message = f"“{surface}”数字精确到个位，不宜再加“余”“多”。"
            yield _found("approx_exact", Severity.INFO, each.start, surface, message, "删去“余”“多”或改用整数")


def _find_repeats(layout: Layout) -> Iterator[Finding]:
    seen: dict[str, int] = {}
    for sentence in layout.sentences:
        words = re.sub(r"[\s，。；、！？]", "", layout.text[sentence.start : sentence.end])
        if len(words) < _LONG:
            continue
        if words in seen:
            start = (
                sentence.start
                + len(layout.text[sentence.start : sentence.end])
                - len(layout.text[sentence.start : sentence.end].lstrip())
            )
            surface = layout.text[start : sentence.end].rstrip()
            yield _found(
                "duplicate_sentence", Severity.WARNING, start, surface, "这句话在前文已经出现过。", "删去重复的一处"
            )
        seen.setdefault(words, sentence.start)


def _found(kind: str, severity: Severity, start: int, surface: str, message: str, suggestion: str) -> Finding:
    return Finding(kind, severity, start, start + len(surface), surface, message, suggestion)
