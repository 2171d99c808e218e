"""From the lines of a document to its text, blocks, heading levels and title."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from assistant.errors import UnreadableFile
from assistant.office.headings import heading_level, levels_of, markdown_level, number_level, run_in_end
from assistant.records import Block, Document, Notice, Severity

_BLANK = " \t\u3000\xa0\ufeff"
_TITLE_WORDS = re.compile(
    r"总结|小结|报告|汇报|计划|打算|要点|方案|意见|通知|述职|讲话|规划|预案|情况|办法|细则|条例|规定|责任书|简报|法"
)
_SENTENCE_END = "。；：，！？;:,!?、"
_LETTERHEAD = re.compile(  # what stands above a title: a red head, document number, urgency, 附件1
    r".{2,40}文件|.*[〔\[（(]\d{4}[〕\]）)]\s*\d+\s*号.*|(?:绝密|机密|秘密|特急|加急).{0,6}|签发人.*|附件\s*\d*\s*[:：]?|[-—─_*=]+"
)
_TITLE_LONGEST = 60
_TITLE_LINE_LONGEST = 30  # a title broken over lines has short lines
_GOES_ON = ("及", "暨", "和", "与")  # how a title's next line begins: …工作总结 / 及2025年工作打算
_TITLE_LINES = 3
_TITLE_WITHIN = 5  # blocks from the top in which a title may stand, web leftovers before it included
_STYLED_LONGEST = 80
_LEFTOVER = re.compile(
    r"#{2}\s*\w+\s*#{2}|此处隐藏\d*字|(?:开头|中间|结尾)?部分已省略|未完，?继续(?:阅读|浏览)|转载请注明|本站声明|版权(?:所有|归原)"
    r"|浏览次数|点击(?:次数|数|量)[:：]|阅读\d+分钟|(?:上|下)一篇[:：]|责任编辑[:：]|来源[:：]\s*(?:网络|本站)|下载(?:文档|本文|全文)"
)
_MOST_LEFTOVERS = 20


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a document before it has its place in the text.

    `hint` is the level its style gives it (-1 title, 1–4 heading), None where the style says nothing.
    """

    text: str
    source: str
    hint: int | None = None
    centred: bool = False


def build_document(file: str, lines: Iterable[Line], notices: Iterable[Notice] = ()) -> Document:
    """The document of these lines, joined by newlines as they are. Raises `UnreadableFile` where they say nothing."""
    lines = list(lines)
    text = "\n".join(line.text for line in lines)
    if not text.strip(_BLANK + "\n"):
        raise UnreadableFile(f"“{file}”里没有文字，没有可核对的内容。请确认选对了文件。")
    blocks: list[Block] = []
    centred: set[int] = set()
    start = 0
    for line in lines:
        made = _blocks_of(line, start)
        if line.centred:
            centred.update(block.start for block in made)
        blocks += made
        start += len(line.text) + 1
    levels = levels_of([(block.level, block.text) for block in blocks])
    blocks = [replace(block, level=level) for block, level in zip(blocks, levels, strict=True)]
    blocks = _mark_title(blocks, centred)
    title = "".join(block.text for block in blocks if block.level == -1)
    return Document(file, text, tuple(blocks), title, (*notices, *_leftovers(file, blocks)))


def _blocks_of(line: Line, start: int) -> list[Block]:
    """No block for a blank line, one for most, two where a heading runs on into its paragraph."""
    body = line.text.lstrip(_BLANK)
    hashes = markdown_level(body)
    if hashes:
        body = body.lstrip(_BLANK)[hashes:].lstrip(_BLANK)
    start += len(line.text) - len(body)
    body = body.rstrip(_BLANK)
    if not body:
        return []
    end = run_in_end(body)
    if end:
        rest = body[end:].lstrip(_BLANK)
        heading = Block(body[:end].rstrip(_BLANK), start, number_level(body), line.source)
        return [heading, Block(rest, start + len(body) - len(rest), 0, line.source)]
    return [Block(body, start, _level(body, line.hint, hashes), line.source)]


def _level(body: str, hint: int | None, hashes: int) -> int:
    """A level by number first, since that is what readers see; by style or Markdown where there is no number."""
    by_number = heading_level(body)
    if by_number or number_level(body):
        return by_number
    if hint is not None and len(body) <= _STYLED_LONGEST and not body.endswith("。"):
        return hint
    return max(1, min(hashes - 1, 4)) if hashes else 0


def _mark_title(blocks: list[Block], centred: set[int]) -> list[Block]:
    """Level -1 on the title's lines: by style, or short lines at the top that read like one."""
    if any(block.level == -1 for block in blocks):
        return blocks
    top = [block for block in blocks[:_TITLE_WITHIN] if not _LEFTOVER.search(block.text)]
    while top and _LETTERHEAD.fullmatch(top[0].text):
        top.pop(0)
    found = _title_lines(top, centred)
    return [replace(block, level=-1) if block in found else block for block in blocks]


def _title_lines(top: list[Block], centred: set[int]) -> list[Block]:
    lines: list[Block] = []
    for block in top[:_TITLE_LINES]:
        if number_level(block.text) or block.text[-1] in _SENTENCE_END or len(block.text) > _TITLE_LONGEST:
            break
        if lines and (len(block.text) > _TITLE_LINE_LONGEST or len(lines[0].text) > _TITLE_LINE_LONGEST):
            break
        if lines and lines[0].start in centred and block.start not in centred:
            break
        lines.append(block)
    while lines and not _TITLE_WORDS.search(lines[-1].text):
        lines.pop()
    first = next((index for index, line in enumerate(lines) if _TITLE_WORDS.search(line.text)), -1)
    last = first
    while first >= 0 and last + 1 < len(lines) and lines[last + 1].text.startswith(_GOES_ON):
        last += 1
    return lines[: last + 1]


def _leftovers(file: str, blocks: list[Block]) -> list[Notice]:
    """What scraping left in the text. It stays there: the check is the one to point at it."""
    found = [(block.source, hit[0]) for block in blocks if (hit := _LEFTOVER.search(block.text))]
    return [
        Notice(Severity.WARNING, "web_leftover", f"“{file}”{source}有网页残留“{text}”，已按原样读入，请核对后删去。")
        for source, text in found[:_MOST_LEFTOVERS]
    ]
