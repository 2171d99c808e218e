"""The parts of a text that speak of what is planned: sections headed 下一步工作打算 and their like."""

from __future__ import annotations

import re

_PLAN = re.compile(
    r"下一步|下步|下一?阶段|打算|努力方向|今后(?:的|一[个段])?(?:工作|努力|打算|思路|方向|措施|时期|重点)"
    r"|(?:明年|来年|下半年|20\d\d年)[^，]{0,12}(?:计划|思路|安排|打算|设想|目标|要点)"
    r"|(?:明年|来年)[^，]{0,8}工作"
)
_MERELY = re.compile(
    r"(?:主要|重点|总体)?(?:工作)?(?:目标|任务|计划|思路|安排|设想|打算|目标任务|目标和任务|目标与任务)[:：。]?"
)
_DONE = re.compile(r"总结|完成情况|执行情况|开展情况|落实情况|情况报告|汇报|述职|问题|不足|困难")
_HEAD = re.compile(
    r"[ \t\u3000#*]*(?:(?P<one>[一二三四五六七八九十]{1,3}[、.．])|(?P<two>[（(][一二三四五六七八九十]{1,3}[）)])"
    r"|(?P<three>\d{1,2}[.．、](?!\d)))"
)
_SECOND_LINE = re.compile(r"\s*(?:以?及|和|暨|与)")  # of a title: 某镇2024年总结 / 及2025年工作打算
_LONGEST = 60
_SLOGAN = 30  # a heading run into its paragraph: 四、下一步打算。明年将…
_BARE = 0  # the level of a heading without a mark


def plan_sections(text: str) -> list[tuple[int, int]]:
    """The spans of the sections whose heading says that they are plans, in order.

    A section ends at the next heading of its own level or a higher one that names no plan; one whose inner
    headings start again at 一、 goes on to the end, for that is where plans stand.
    """
    spans: list[tuple[int, int]] = []
    opened: int | None = None
    level = place = 0
    restarted = False
    for line in text.splitlines(keepends=True):
        depth = _level(line)
        if depth is not None:
            plan = _is_plan(line)
            if opened is not None and not plan:
                restarted = restarted or (depth == level == 1 and "一、" in line[:6])
                if _closes(depth, level) and not restarted:
                    spans.append((opened, place))
                    opened = None
            elif plan and opened is None:
                opened, level, restarted = place, depth, False
        place += len(line)
    if opened is not None:
        spans.append((opened, len(text)))
    return spans


def _level(line: str) -> int | None:
    """1 for 一、, 2 for （一）, 3 for 1.; 0 for a short line without a mark or a full stop; None for prose."""
    full_stop = line.find("。")
    head = _HEAD.match(line)
    if head is None:
        if _SECOND_LINE.match(line):
            return None
        return _BARE if line.strip() and full_stop < 0 and len(line) < _SLOGAN and "，" not in line else None
    if len(line) < _LONGEST or 0 < full_stop < _SLOGAN:
        return 1 if head["one"] else 2 if head["two"] else 3
    return None


def _closes(depth: int, level: int) -> bool:
    return depth == _BARE if level == _BARE else _BARE < depth <= level


def _is_plan(line: str) -> bool:
    """Whether a heading names a plan; one that names problems too leaves it to the sentences."""
    head = line[:_LONGEST].partition("。")[0].strip()
    mark = _HEAD.match(head)
    if _DONE.search(head):
        return False
    return bool(_PLAN.search(head) or _MERELY.fullmatch(head, mark.end() if mark else 0))
