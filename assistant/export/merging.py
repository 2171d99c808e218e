"""A draft with some changes of a returned file taken over: its lines, and its sections made from them again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.export.changes import ONCE, Change, ChangeKind, Comparison
from assistant.export.lines import Part, plain
from assistant.export.matching import heaviest_order
from assistant.office.headings import number_level
from assistant.records import CheckReport, Draft, SectionText, Verdict


@dataclass(slots=True, eq=False)
class Node:
    """A line of the draft as it becomes; `base` are the lines of the exported draft it comes from."""

    text: str
    part: Part
    key: str
    level: int = 0
    tail: str = ""
    base: tuple[int, ...] = ()
    fresh: bool = False  # put here by the file


class Merging:
    """One taking over: the draft's lines as they become, and where each line of the file went."""

    def __init__(self, comparison: Comparison, accepted: Sequence[Change]) -> None:
        self._of = comparison
        self._accepted = accepted
        self.made: list[list[Node]] = [[] for _ in accepted]  # the lines each change put there
        self.nodes, self._of_base = _nodes(comparison)
        self._placed: dict[int, Node] = {}
        moves = {id(group) for change in accepted if change.moved for group in change.groups}
        for group in comparison.groups:
            mine = [self._of_base[index] for index in group.olds if index in self._of_base]
            if mine and (not group.moved or id(group) in moves):
                self._placed |= dict.fromkeys(group.news, mine[-1])
        for number, change in enumerate(accepted):
            self._rewrite(number, change)
        order = [(group.news[0], number) for number, each in enumerate(accepted) for group in each.groups if group.news]
        for new, number in sorted(order):
            self._put(new, number)

    def _rewrite(self, number: int, change: Change) -> None:
        """Put the new words where the old ones stand; lines that were joined or removed go."""
        same = plain(change.after) in (plain(change.before), plain(change.now)) and change.kind is ChangeKind.MOVED
        for group in change.groups:
            mine = dict.fromkeys(self._of_base[index] for index in group.olds if index in self._of_base)
            present = [node for node in mine if node in self.nodes]
            for node in present[1:] if group.news else present:
                self.nodes.remove(node)
            if not present or not group.news:
                continue
            if not same:
                alone = len(change.groups) == 1
                present[0].text = change.after if alone else "\n".join(self._of.file[new].text for new in group.news)
            self._placed |= dict.fromkeys(group.news, present[0])
            self.made[number].append(present[0])

    def _put(self, new: int, number: int) -> None:
        """Bring a moved or added line to its place."""
        change, node = self._accepted[number], self._placed.get(new)
        if node is not None and node in self.nodes:
            if change.moved:
                self.nodes.remove(node)
                self._insert(node, new)
            return
        line = self._of.file[new]
        text = change.after if len(change.groups) == 1 else line.text
        node = Node(text, change.part, change.key, max(line.level, 0), fresh=True)
        self._insert(node, new)
        self.made[number].append(node)

    def _insert(self, node: Node, new: int) -> None:
        """Put a node after the line that stands before it in the file, into that line's section."""
        self._placed[new] = node
        node.fresh = True
        if node.part in ONCE:
            self.nodes.insert(_place_of(node.part, self.nodes), node)
            return
        earlier = (self._placed.get(index) for index in range(new - 1, -1, -1))
        before = next((each for each in earlier if each is not None and each in self.nodes), None)
        if before is not None and before.part in (Part.SIGNATURE, Part.DATE):
            before = next((each for each in reversed(self.nodes) if each.part not in ONCE), None)
        if node.part is not Part.HEADING:
            keys = [each.key for each in self.nodes if each.key]
            node.key = before.key if before is not None and before.key else keys[0] if keys else node.key
        place = _place_of(Part.TEXT, self.nodes) if before is None else self.nodes.index(before) + 1
        self.nodes.insert(place, node)


def _nodes(comparison: Comparison) -> tuple[list[Node], dict[int, Node]]:
    """The draft's lines as they are now, and which of them each exported line has become."""
    olds = {new: group.olds for group in comparison.since for new in group.news}
    nodes = [
        Node(line.text, line.part, line.key, line.level, line.tail, olds.get(index, ()))
        for index, line in enumerate(comparison.current)
    ]
    of_base: dict[int, Node] = {}
    for node in nodes:
        for index in node.base:
            of_base.setdefault(index, node)
    return nodes, of_base


def _place_of(part: Part, nodes: Sequence[Node]) -> int:
    """Where a line of this part goes that has no line before it."""
    parts = list(Part)
    later = (place for place, node in enumerate(nodes) if parts.index(node.part) > parts.index(part))
    if part in (Part.TEXT, Part.HEADING):
        return next((place for place, node in enumerate(nodes) if node.part not in (Part.TITLE, Part.ADDRESSEE)), 0)
    return next(later, len(nodes))


@dataclass(slots=True)
class _Group:
    """A section under way."""

    key: str
    heading: str = ""
    level: int = 0
    texts: list[str] = field(default_factory=list)
    new: bool = False


def rebuild(draft: Draft, nodes: Sequence[Node]) -> Draft:
    """The draft that these lines make. A section whose lines are all gone stays with empty heading and text.

    A heading put in by the file begins a section of its own; sections that were moved get new keys at their
    new place, since keys are the sections' order.
    """
    head = {str(part): "" for part in ONCE}
    head |= {str(node.part): node.text for node in nodes if node.part in ONCE}
    old = {section.key: section for section in draft.sections}
    groups = _rekeyed(_groups(nodes, old), [section.key for section in draft.sections])
    made = {group.key: _section(group, old) for group in groups}
    gone = {key: replace(old[key], heading="", text="") for key in old if key not in made}
    sections = tuple(section for _, section in sorted({**gone, **made}.items()))
    return replace(draft, **head, sections=sections)  # type: ignore[arg-type] # only strings among them


def _groups(nodes: Sequence[Node], old: Mapping[str, SectionText]) -> list[_Group]:
    """The sections in the order of the lines: each begins with its heading, or with its first line that stayed."""
    groups: list[_Group] = []
    started: set[str] = set()
    headed = {node.key for node in nodes if node.part is Part.HEADING}
    for node in nodes:
        if node.part in ONCE:
            continue
        begins = node.part is Part.HEADING or (node.key not in headed and not node.fresh)
        if _is_new_section(node, old):
            groups.append(_Group("", node.text, node.level, new=True))
        elif not groups or (begins and node.key not in started):
            started.add(node.key)
            groups.append(_Group(node.key, level=node.level))
            _take(groups[-1], node)
        else:
            groups[-1].texts.append(node.text + node.tail)
    return groups


def _take(group: _Group, node: Node) -> None:
    """A section's first line: its heading, and what was split off it, or a paragraph."""
    if node.part is not Part.HEADING:
        group.texts.append(node.text + node.tail)
        return
    group.heading, _, rest = node.text.partition("\n")
    if len(group.heading) > _LONGEST_HEADING:  # joined with the paragraph under it
        group.heading, rest = "", node.text
    group.texts += [rest] if rest else []


_LONGEST_HEADING = 60


def _is_new_section(node: Node, old: Mapping[str, SectionText]) -> bool:
    within = old[node.key].level if node.key in old else 0
    return (
        node.fresh
        and not node.base
        and node.part is Part.TEXT
        and 0 < node.level <= within
        and not node.text.endswith(("。", "；"))
    )


def _section(group: _Group, old: Mapping[str, SectionText]) -> SectionText:
    text = "\n".join(group.texts)
    before = old.get(group.key)
    if before is None:
        return SectionText(group.key, group.heading, group.level, text, writer="person")
    level = group.level or before.level
    if group.heading and number_level(group.heading) and number_level(before.heading):
        level = number_level(group.heading) if number_level(group.heading) != number_level(before.heading) else level
    return replace(before, heading=group.heading, text=text, level=level)


def _rekeyed(groups: list[_Group], keys: Sequence[str]) -> list[_Group]:
    """New sections and moved ones get a key of their own between their neighbours'."""
    order = {key: place for place, key in enumerate(keys)}
    known = [group for group in groups if not group.new and group.key in order]
    stay = heaviest_order([order[group.key] for group in known], [1 + sum(map(len, g.texts)) for g in known])
    fixed = {id(group) for place, group in enumerate(known) if place in stay}
    taken = set(keys)
    before = ""
    for place, group in enumerate(groups):
        if id(group) not in fixed:
            after = next((each.key for each in groups[place + 1 :] if id(each) in fixed), "")
            group.key = key_between(before, after, taken)
            taken.add(group.key)
        before = group.key
    return groups


def key_between(before: str, after: str, taken: set[str]) -> str:
    """A key that sorts after `before` and before `after` (\"\": no bound) and is not taken."""
    candidates = [f"{before}{tail}" for tail in ("a", "b", "c", ".0a", ".00a", "0a")]
    for step in range(_MOST_KEYS):
        for candidate in candidates:
            if before < candidate and (not after or candidate < after) and candidate not in taken:
                return candidate
        candidates = [f"{candidate}{'0' * (step + 1)}1" for candidate in candidates]
    raise ValueError(f"no key between {before} and {after}")


_MOST_KEYS = 5


def verdicts_of(merging: Merging, report: CheckReport) -> list[tuple[Verdict, ...]]:
    """The verdicts on each change's own lines in the check of the rebuilt draft; offsets in its `after`."""
    starts = _starts(merging.nodes, report.text)
    found: list[tuple[Verdict, ...]] = []
    for nodes in merging.made:
        inside: list[Verdict] = []
        offset = 0
        for node in nodes:
            start = starts.get(id(node), -1)
            inside += [
                _shifted(each, offset - start)
                for each in report.verdicts
                if 0 <= start <= each.start and each.end <= start + len(node.text)
            ]
            offset += len(node.text) + 1
        found.append(tuple(inside))
    return found


def _starts(nodes: Sequence[Node], text: str) -> dict[int, int]:
    """Where each line stands in the text; lines are looked for in order, from where the one before ended."""
    starts: dict[int, int] = {}
    position = 0
    for node in nodes:
        found = text.find(node.text, position)
        if found >= 0 and node.text:
            starts[id(node)], position = found, found + len(node.text)
    return starts


def _shifted(verdict: Verdict, by: int) -> Verdict:
    claim = verdict.claim
    return replace(verdict, claim=replace(claim, start=claim.start + by, end=claim.end + by))
