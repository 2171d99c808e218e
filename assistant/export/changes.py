"""What a returned file changed in the draft it was exported from.

Three-way: the draft may have been worked on since. What was changed on both sides is a conflict, shown with both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from assistant.export.lines import DraftLine, Part, plain
from assistant.export.manuscript import DATE
from assistant.export.matching import Group, Side, match_lines
from assistant.export.returned import FileLine
from assistant.export.threeway import merge_texts
from assistant.office.headings import heading_level

_LONGEST_NAME = 30  # characters of an office's name
_FOOT = (Part.SIGNATURE, Part.DATE)
ONCE = (Part.TITLE, Part.ADDRESSEE, Part.SIGNATURE, Part.DATE)


class ChangeKind(StrEnum):
    """What happened to a line."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    SPLIT = "split"
    JOINED = "joined"

    @property
    def label(self) -> str:
        """What people call it."""
        return {
            "changed": "改动",
            "added": "新增",
            "removed": "删除",
            "moved": "移动",
            "split": "拆分",
            "joined": "合并",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Change:
    """One change of the file. `now` is what the draft says today where that is not `before`."""

    kind: ChangeKind
    part: Part
    key: str  # the section it belongs to, "" for title, addressee, signature and date
    before: str
    after: str
    groups: tuple[Group, ...]
    moved: bool = False
    conflict: bool = False
    now: str = ""
    place: str = ""  # the line it stands after in the file


@dataclass(slots=True)
class Comparison:
    """The draft as exported, the file, and the draft as it is now."""

    base: Sequence[DraftLine]
    file: Sequence[FileLine]
    current: Sequence[DraftLine]
    groups: list[Group] = field(init=False)
    since: list[Group] = field(init=False)
    heads: Mapping[int, Part] = field(init=False)

    def __post_init__(self) -> None:
        base = [_side(line) for line in self.base]
        self.groups = match_lines(base, [_file_side(line) for line in self.file])
        self.groups = [replace(g, moved=g.moved and self.base[g.olds[0]].part not in ONCE) for g in self.groups]
        same = [line.text for line in self.base] == [line.text for line in self.current]
        self.since = (
            [Group((index,), (index,)) for index in range(len(base))]
            if same
            else match_lines(base, [_side(line) for line in self.current])
        )
        self.heads = self._new_heads()
        self.groups = sorted((*self.groups, *self._replaced_heads()), key=lambda group: group.news)

    def _new_heads(self) -> dict[int, Part]:
        """Lines of the file that stand where title, addressee, signature or date do, and are none of the draft's lines."""
        parts = {new: self.base[group.olds[0]].part for group in self.groups for new in group.news}
        known = set(parts.values())
        found: dict[int, Part] = {}

        def take(new: int, part: Part, *, fits: bool) -> None:
            if 0 <= new < len(self.file) and new not in parts and part not in known and fits:
                found[new] = parts[new] = part

        last = len(self.file) - 1
        if self.file:
            take(0, Part.TITLE, fits=self.file[0].level < 0)
            take(last, Part.DATE, fits=bool(DATE.fullmatch(plain(self.file[last].text))))
            dated = parts.get(last) is Part.DATE
            take(last - 1, Part.SIGNATURE, fits=dated and last > 1 and self._is_name(last - 1))
        if len(self.file) > 1:
            after_title = parts.get(0) is Part.TITLE
            take(1, Part.ADDRESSEE, fits=after_title and self.file[1].text.endswith(("：", ":")))
        return found

    def _replaced_heads(self) -> list[Group]:
        """A signature, say, that nothing of the old one is left of."""
        matched = {old for group in self.groups for old in group.olds}
        gone = {line.part: old for old, line in enumerate(self.base) if line.part in ONCE and old not in matched}
        return [Group((gone[part],), (new,)) for new, part in self.heads.items() if part in gone]

    def _is_name(self, new: int) -> bool:
        return len(self.file[new].text) <= _LONGEST_NAME and self.file[new].text[-1] not in "。；：！？"

    def changes(self) -> list[Change]:
        """Every change of the file that the draft does not have yet, in the order of the file."""
        if _words(self.file) == _words(self.current):
            return []
        found = [*self._of_groups(), *self._added(), *self._removed()]
        kept = [change for change in (self._against_now(each) for each in found) if change is not None]
        return sorted(kept, key=self._order)

    def _order(self, change: Change) -> tuple[int, int]:
        news = [index for group in change.groups for index in group.news]
        if news:
            return min(news), 1
        old = change.groups[0].olds[0]
        before = [group.news[-1] for group in self.groups if group.olds[-1] < old and not group.moved]
        return max(before, default=-1), 2

    def _of_groups(self) -> Iterator[Change]:
        for run in _runs(self.groups):
            before = "\n".join(self.base[index].text for group in run for index in group.olds)
            after = "\n".join(self.file[index].text for group in run for index in group.news)
            first, part = run[0], self.base[run[0].olds[0]].part
            if part is Part.TITLE:
                after = after if "\n" in before else after.replace("\n", "")
                if plain(after.replace("\n", "")) == plain(before.replace("\n", "")):
                    continue
                yield Change(ChangeKind.CHANGED, part, "", before, after, run)
                continue
            kind = ChangeKind.CHANGED
            if len(run) == 1 and max(len(first.olds), len(first.news)) > 1:
                kind = ChangeKind.SPLIT if len(first.news) > 1 else ChangeKind.JOINED
            elif first.moved:
                kind = ChangeKind.MOVED
            elif plain(before) == plain(after):
                continue
            yield self._change(kind, part, self.base[first.olds[0]].key, before, after, run, moved=first.moved)

    def _change(
        self, kind: ChangeKind, part: Part, key: str, before: str, after: str, run: tuple[Group, ...], *, moved: bool
    ) -> Change:
        news = run[0].news
        place = self.file[news[0] - 1].text if news and news[0] and (moved or kind is ChangeKind.ADDED) else ""
        return Change(kind, part, key, before, after, run, moved, place=place)

    def _added(self) -> Iterator[Change]:
        matched = {index for group in self.groups for index in group.news}
        for index, line in enumerate(self.file):
            if index in matched:
                continue
            part = self.heads.get(index, Part.TEXT)
            key = "" if part in ONCE else self.section_at(index)
            yield self._change(ChangeKind.ADDED, part, key, "", line.text, (Group((), (index,)),), moved=False)

    def tracked(self, change: Change) -> tuple[str, ...]:
        """Who made a change with 修订 switched on."""
        return tuple(
            dict.fromkeys(who for group in change.groups for new in group.news for who in self.file[new].tracked)
        )

    def is_below(self, change: Change) -> bool:
        """Whether a line was added under the signature, where a draft holds nothing."""
        foot = [new for group in self.groups for new in group.news if self.base[group.olds[0]].part in _FOOT]
        return (
            change.kind is ChangeKind.ADDED
            and change.part not in ONCE
            and bool(foot)
            and (change.groups[0].news[0] > min(foot))
        )

    def section_at(self, new: int) -> str:
        """The section a line of the file stands in: that of the line before it that stayed."""
        owner = {index: self.base[group.olds[0]] for group in self.groups if not group.moved for index in group.news}
        before = next((owner[index] for index in range(new - 1, -1, -1) if index in owner), None)
        if before is not None and before.key:
            return before.key
        keys = [line.key for line in self.base if line.key]
        if before is not None and before.part in _FOOT:
            return keys[-1] if keys else ""
        return keys[0] if keys else ""

    def _removed(self) -> Iterator[Change]:
        matched = {index for group in self.groups for index in group.olds}
        for index, line in enumerate(self.base):
            if index not in matched:
                yield Change(ChangeKind.REMOVED, line.part, line.key, line.text, "", (Group((index,), ()),))

    def _against_now(self, change: Change) -> Change | None:
        """The change with what the draft says now; None where the draft already says it."""
        olds = [index for group in change.groups for index in group.olds]
        if not olds:
            known = {index for group in self.since for index in group.news}
            fresh = {plain(line.text) for index, line in enumerate(self.current) if index not in known}
            return None if plain(change.after) in fresh else change
        here = [group for group in self.since if any(index in group.olds for index in olds)]
        if not here:
            return None if change.kind is ChangeKind.REMOVED else replace(change, conflict=True)
        now = "\n".join(self.current[index].text for group in here for index in group.news)
        if change.moved and plain(now) == plain(change.after) and self._stands_there(change, here):
            return None
        if plain(now) == plain(change.before):
            return replace(change, conflict=change.moved and any(group.moved for group in here))
        return _beside(replace(change, now=now))

    def _stands_there(self, change: Change, here: Sequence[Group]) -> bool:
        """Whether moved lines stand in the draft where the file has them: after the same line."""
        now, then = here[0].news[0], change.groups[0].news[0]
        return (plain(self.current[now - 1].text) if now else "") == (plain(self.file[then - 1].text) if then else "")


def _beside(change: Change) -> Change | None:
    """A change of lines that somebody else has changed too."""
    if plain(change.now) == plain(change.after):
        return change if change.moved else None
    if change.kind is ChangeKind.MOVED and plain(change.before) == plain(change.after):
        return replace(change, after=change.now)
    both = merge_texts(change.before, change.after, change.now) if change.kind is ChangeKind.CHANGED else None
    return replace(change, conflict=True) if both is None else replace(change, after=both)


def _words(lines: Sequence[DraftLine] | Sequence[FileLine]) -> list[str]:
    return [plain(line.text.replace("\n", "")) for line in lines]


def _side(line: DraftLine) -> Side:
    level = heading_level(line.text) or (line.level if line.part is Part.HEADING else 0)
    single = str(line.part) if line.part in ONCE else ""
    return Side(line.text.replace("\n", ""), frozenset({line.mark}), 0 if single else level, single)


def _file_side(line: FileLine) -> Side:
    return Side(line.text.replace("\n", ""), line.marks, max(line.level, 0), str(Part.TITLE) if line.level < 0 else "")


def _runs(groups: Sequence[Group]) -> Iterator[tuple[Group, ...]]:
    """The groups one by one; moved lines that stay together, as one."""
    run: list[Group] = []
    for group in groups:
        follows = run and run[-1].moved and group.moved and group.olds[0] == run[-1].olds[-1] + 1
        if run and not (follows and group.news[0] == run[-1].news[-1] + 1 and _plain_group(group, run[-1])):
            yield tuple(run)
            run = []
        run.append(group)
    if run:
        yield tuple(run)


def _plain_group(*groups: Group) -> bool:
    return all(len(group.olds) == len(group.news) == 1 for group in groups)
