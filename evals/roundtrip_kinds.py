"""The kinds of edit a report may come back with, each with what an import has to find in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.export.changes import ChangeKind
from assistant.export.lines import DraftLine, Part, plain
from evals.office_edits import Operation
from evals.roundtrip_picker import START, Picker


@dataclass(frozen=True)
class Expected:
    """A change that must be found; `other` is what it may be called instead, where two names are as good."""

    kind: ChangeKind
    part: Part
    before: str
    after: str
    other: tuple[ChangeKind, str, str] | None = None


@dataclass(frozen=True)
class Case:
    """One edited file: what is done, and what has to be found."""

    kind: str
    operations: tuple[Operation, ...]
    expected: tuple[Expected, ...] = ()
    remarks: int = 0


def cases(lines: Sequence[DraftLine], seed: int) -> list[Case]:
    """One case of each kind on this draft."""
    return [make(Picker(lines, seed)) for make in KINDS]


def _changed(part: Part, before: str, after: str) -> Expected:
    return Expected(ChangeKind.CHANGED, part, before, after)


def _untouched(_pick: Picker) -> Case:
    return Case("未改动", ())


def _figure(pick: Picker) -> Case:
    index = pick.body(lambda i: bool(re.search(r"[1-9]\d*(?=家|处|次|人|起|份)", pick.text(i)[START:])))
    text = pick.text(index)
    found = re.search(r"[1-9]\d*(?:家|处|次|人|起|份)", text[START:])
    assert found is not None
    wrong = f"{int(found[0][:-1]) + 7}{found[0][-1]}"
    place = text.index(found[0])
    after = text[:place] + wrong + text[place + len(found[0]) :]
    return Case("改一个数字", (("replace", pick.start(index), found[0], wrong),), (_changed(Part.TEXT, text, after),))


def _words(pick: Picker) -> Case:
    index = pick.body(lambda i: len(pick.text(i)) > 40)
    text = pick.text(index)
    old = text[20:24]
    place = text.index(old)
    after = f"{text[:place]}从严从实{text[place + 4 :]}"
    return Case("改几个词", (("replace", pick.start(index), old, "从严从实"),), (_changed(Part.TEXT, text, after),))


def _sentence_added(pick: Picker) -> Case:
    index, new = pick.body(), pick.new()
    text = pick.text(index)
    return Case("加一句", (("retype", pick.start(index), text + new),), (_changed(Part.TEXT, text, text + new),))


def _sentence_cut(pick: Picker) -> Case:
    index = pick.body(lambda i: pick.text(i).count("。") > 1)
    text = pick.text(index)
    last = text[text.rstrip("。").rindex("。") + 1 :]
    after = text[: -len(last)]
    return Case("删一句", (("erase", pick.start(index), last),), (_changed(Part.TEXT, text, after),))


def _rewritten(pick: Picker) -> Case:
    index, new = pick.body(), pick.new()
    text = pick.text(index)
    expected = Expected(ChangeKind.REMOVED, Part.TEXT, text, "", (ChangeKind.CHANGED, text, new))
    added = Expected(ChangeKind.ADDED, Part.TEXT, "", new, (ChangeKind.CHANGED, text, new))
    return Case("整段重写", (("retype", pick.start(index), new),), (expected, added))


def _added(pick: Picker) -> Case:
    index, new = pick.body(), pick.new()
    return Case("加一段", (("after", pick.start(index), new),), (Expected(ChangeKind.ADDED, Part.TEXT, "", new),))


def _removed(pick: Picker) -> Case:
    index = pick.body()
    gone = Expected(ChangeKind.REMOVED, Part.TEXT, pick.text(index), "")
    return Case("删一段", (("remove", pick.start(index)),), (gone,))


def _moved_down(pick: Picker) -> Case:
    index = pick.body(pick.next_body)
    text, other = pick.text(index), pick.text(index + 1)
    moved = Expected(ChangeKind.MOVED, Part.TEXT, text, text, (ChangeKind.MOVED, other, other))
    return Case("与下一段对调", (("down", pick.start(index), "1"),), (moved,))


def _far(pick: Picker) -> tuple[int, int]:
    index = pick.body()
    target = pick.body(lambda i: pick.lines[i].key != pick.lines[index].key and abs(i - index) > 2)
    return index, target


def _moved_away(pick: Picker) -> Case:
    index, target = _far(pick)
    text = pick.text(index)
    cut = ("cut", pick.start(index), pick.start(index), pick.start(target))
    return Case("移到别的节", (cut,), (Expected(ChangeKind.MOVED, Part.TEXT, text, text),))


def _moved_changed(pick: Picker) -> Case:
    index, target = _far(pick)
    text = pick.text(index)
    old = text[18:22]
    place = text.index(old)
    after = f"{text[:place]}精准高效{text[place + 4 :]}"
    cut = ("cut", pick.start(index), pick.start(index), pick.start(target))
    change = ("replace", pick.start(index), old, "精准高效")
    return Case("移走并改动", (change, cut), (Expected(ChangeKind.MOVED, Part.TEXT, text, after),))


def _split(pick: Picker) -> Case:
    index = pick.body(lambda i: "，" in pick.text(i)[15:-10])
    text = pick.text(index)
    place = text.index("，", 15) + 1
    words = text[place : place + 8]
    if text.index(words) != place:
        place = text.index(words)
    after = f"{text[:place]}\n{text[place:]}"
    return Case(
        "拆成两段", (("split", pick.start(index), words),), (Expected(ChangeKind.SPLIT, Part.TEXT, text, after),)
    )


def _line_break(pick: Picker) -> Case:
    case = _split(pick)
    return Case("段内换行", (("line", *case.operations[0][1:]),), case.expected)


def _joined(pick: Picker) -> Case:
    index = pick.body(pick.next_body)
    one, other = pick.text(index), pick.text(index + 1)
    joined = Expected(ChangeKind.JOINED, Part.TEXT, f"{one}\n{other}", one + other)
    return Case("两段并一段", (("join", pick.start(index)),), (joined,))


def _heading(pick: Picker) -> Case:
    index = pick.choice(pick.headings)
    text = pick.text(index)
    number = re.match(r"[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）", text)
    new = f"{number[0] if number else ''}强化统筹协调，凝聚工作合力"
    return Case("改小标题", (("retype", text, new),), (_changed(Part.HEADING, text, new),))


def _section_added(pick: Picker) -> Case:
    last = max(index for index in pick.bodies if pick.lines[index].level >= 1)
    heading, new = "九、有关建议", pick.new()
    operations = (("after", pick.start(last), heading), ("after", heading, new))
    found = (Expected(ChangeKind.ADDED, Part.TEXT, "", heading), Expected(ChangeKind.ADDED, Part.TEXT, "", new))
    return Case("加一节", operations, found)


def _section_removed(pick: Picker) -> Case:
    heading = pick.choice([i for i in pick.headings if i + 1 in pick.bodies and _all_bodies(pick, i)])
    inside = pick.section(heading)
    operations = tuple(("remove", pick.start(index)) for index in inside)
    found = tuple(Expected(ChangeKind.REMOVED, pick.lines[i].part, pick.text(i), "") for i in inside)
    return Case("删一节", operations, found)


def _all_bodies(pick: Picker, heading: int) -> bool:
    return all(index in pick.bodies for index in pick.section(heading)[1:])


def _section_moved(pick: Picker) -> Case:
    pairs = [
        (one, other)
        for one, other in zip(pick.headings, pick.headings[1:], strict=False)
        if pick.lines[one].level == pick.lines[other].level and _all_bodies(pick, one) and _all_bodies(pick, other)
        and pick.section(one)[-1] + 1 == other and pick.section(other)[1:]
    ]  # fmt: skip
    one, other = pick.choice(pairs)
    first, second = ("\n".join(pick.text(i) for i in pick.section(heading)) for heading in (one, other))
    moved = Expected(ChangeKind.MOVED, Part.HEADING, second, second, (ChangeKind.MOVED, first, first))
    cut = ("cut", pick.text(other), pick.start(pick.section(other)[-1]), pick.text(one))
    return Case("两节对调", (cut,), (moved,))


def _head(name: str, part: Part, new: str) -> Callable[[Picker], Case]:
    def make(pick: Picker) -> Case:
        text = pick.text(pick.one(part))
        return Case(name, (("retype", text[:6], new),), (_changed(part, text, new),))

    return make


def _tracked(pick: Picker) -> Case:
    index = pick.body(lambda i: len(pick.text(i)) > 40)
    text = pick.text(index)
    place = text.index(text[20:23])
    operations = (("record", "on"), ("insert", pick.start(index), text[20:23], "持续用力、"), ("record", "off"))
    after = f"{text[:place]}持续用力、{text[place:]}"
    return Case("修订：插入", operations, (_changed(Part.TEXT, text, after),))


def _tracked_removal(pick: Picker) -> Case:
    index = pick.body(lambda i: pick.text(i).count("。") > 1)
    text = pick.text(index)
    last = text[text.rstrip("。").rindex("。") + 1 :]
    operations = (("record", "on"), ("erase", pick.start(index), last), ("record", "off"))
    after = text[: -len(last)]
    return Case("修订：删除", operations, (_changed(Part.TEXT, text, after),))


def _remark(pick: Picker) -> Case:
    index = pick.body()
    return Case("加批注", (("remark", pick.start(index), pick.text(index)[6:10], "请再核实。"),), remarks=1)


def _dressed(pick: Picker) -> Case:
    return Case("只改字体颜色", (("dress", pick.start(pick.body())),))


def _blank(pick: Picker) -> Case:
    one, other = pick.body(), pick.body()
    return Case("只加空行空格", (("blank", pick.start(one)), ("indent", pick.start(other))))


def _three(pick: Picker) -> Case:
    bodies = sorted(pick.sample(pick.bodies, 3))
    new = pick.new()
    operations = (
        ("remove", pick.start(bodies[0])),
        ("retype", pick.start(bodies[1]), pick.text(bodies[1]) + new),
        ("after", pick.start(bodies[2]), "此外，抓好岁末年初重点时段的安全防范。"),
    )
    found = (
        Expected(ChangeKind.REMOVED, Part.TEXT, pick.text(bodies[0]), ""),
        _changed(Part.TEXT, pick.text(bodies[1]), pick.text(bodies[1]) + new),
        Expected(ChangeKind.ADDED, Part.TEXT, "", "此外，抓好岁末年初重点时段的安全防范。"),
    )
    return Case("删、改、加各一处", operations, found)


KINDS: tuple[Callable[[Picker], Case], ...] = (
    _untouched, _figure, _words, _sentence_added, _sentence_cut, _rewritten, _added, _removed, _moved_down, _moved_away,
    _moved_changed, _split, _line_break, _joined, _heading, _section_added, _section_removed, _section_moved,
    _head("改标题", Part.TITLE, "关于2024年度安全生产工作情况的报告"),
    _head("改主送机关", Part.ADDRESSEE, "市安全生产委员会、市应急管理局："),
    _head("改落款", Part.SIGNATURE, "清河镇安全生产委员会"),
    _head("改日期", Part.DATE, "2025年2月18日"),
    _tracked, _tracked_removal, _remark, _dressed, _blank, _three,
)  # fmt: skip


def same(one: str, other: str) -> bool:
    """Whether two texts are the same but for blanks."""
    return [plain(line) for line in one.split("\n")] == [plain(line) for line in other.split("\n")]
