"""The words around each figure: its own clause first, then what it shares with the figures before it.

出动执法人员320人次、车辆58台次 shares the verb; 商超、宾馆各12家 one figure; 人员、车辆分别为320人次、58台次
hands out its subjects in order; 35户113人 continues without a mark.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.alignment.layout import Layout, Sentence
from assistant.alignment.lexicon import WEIGHTS, Token, TokenLine
from assistant.records import Kind, Quantity

_MARKS = frozenset("，,、；;：:（）()。！？!?\n\t —")
_CONJUNCT = re.compile(r"[、，]|以及|和|与|及")
_RESPECTIVE = re.compile(r"分别|依次")
_EACH = re.compile(r"(?:均?各|都是|均为)(?:为|有|达|是|计)?$")
_COUNTED = re.compile(r"[0０]\s*(?:起|人|例|次|处|家|宗|件|名)")
_JOINED = re.compile("(?:和|与|及|以及)$")  # 督促学校和5家幼儿园: the noun comes behind
_TOTAL = re.compile("合计|共计|总计|总共|一共")
_WRITTEN = re.compile(r"[\d０-９%％]|[一二三四五六七八九两]成|分之|半")
_CONTENT = frozenset(("thing", "common", "field", "loose"))
_NAMING = _CONTENT - {"loose"}
_IMPLIED = {"元": "fund", "人次": "people", "人": "people", "名": "people", "台次": "vehicle", "辆次": "vehicle"} | {
    "车次": "vehicle", "辆": "vehicle", "栋": "house", "幢": "house", "户": "household", "户次": "household"
}  # fmt: skip


@dataclass(slots=True)
class Clause:
    """A claim with its words. `nearness` says per concept how close it stands, in percent."""

    claim: Quantity
    sentence: Sentence
    start: int  # where its own words begin
    own: str  # its own words before the figure
    after: str  # its own words behind the figure
    nearness: dict[str, int] = field(default_factory=dict)
    own_tokens: list[Token] = field(default_factory=list)
    also: list[dict[str, int]] = field(default_factory=list)  # the other subjects of 商超、宾馆各12家
    chained: bool = False  # continues the claim before it, with no words of its own
    respective: str = ""  # the words between 分别 and the first figure: 下降
    respective_at: int = 0  # where 分别 stands


class ClauseReader:
    """Reads the clauses of a text's claims."""

    def __init__(self, layout: Layout, tokens: TokenLine, claims: Sequence[Quantity]) -> None:
        """`tokens` are those of the whole text, cut around its quantities; `claims` stand in order."""
        self.layout = layout
        self.text = layout.text
        self.tokens = tokens
        self.claims = claims

    def read(self) -> list[Clause]:
        """A clause for every claim, in order."""
        clauses: list[Clause] = []
        for index, claim in enumerate(self.claims):
            sentence = self.layout.sentence_at(claim.start)
            previous = clauses[-1] if clauses and clauses[-1].sentence is sentence else None
            following = self.claims[index + 1] if index + 1 < len(self.claims) else None
            clauses.append(self._clause(claim, sentence, previous, following))
        self._hand_out(clauses)
        return clauses

    def _clause(
        self, claim: Quantity, sentence: Sentence, previous: Clause | None, following: Quantity | None
    ) -> Clause:
        floor = previous.claim.end if previous else sentence.start
        start = self._left_mark(claim.start, floor)
        stop = min(sentence.end, following.start) if following and following.start < sentence.end else sentence.end
        end = self._right_mark(claim.end, stop)
        clause = Clause(claim, sentence, start, self.text[start : claim.start], self.text[claim.end : end])
        own = self.tokens.within(start, claim.start)
        if speaks(claim):
            own = self.tokens.within(start, claim.end)
        clause.own_tokens = self._without_examples(own, start, claim.start)
        clause.chained = (
            previous is not None and not any(WEIGHTS[token.kind] for token in own) and not _TOTAL.search(clause.own)
        )
        shared = end == stop and following is not None and following.start == stop
        self._weigh(clause, own, self.tokens.within(claim.end, end), shared)
        self._carry(clause, previous)
        self._distribute(clause)
        return clause

    def _left_mark(self, pos: int, floor: int) -> int:
        while pos > floor:
            if self.text[pos - 1] in _MARKS:
                return pos
            pos -= 1
        return floor

    def _right_mark(self, pos: int, stop: int) -> int:
        while pos < stop and self.text[pos] not in _MARKS:
            pos += 1
        return pos

    def _weigh(self, clause: Clause, own: list[Token], after: list[Token], shared: bool) -> None:
        near = clause.nearness
        begin, end = clause.claim.start, clause.claim.end
        joined = bool(_JOINED.search(clause.own)) and bool(after) and not shared
        for token in own:
            points = max(60, min(100, 116 - 2 * (begin - token.end)))
            _raise(near, token, 50 if joined and token.kind in _NAMING else points)
        named = any(token.kind in _NAMING for token in own) and not joined
        loose = any(token.kind == "loose" for token in own)
        top = 30 if named else 50 if shared else 70 if loose else 90
        head = self._noun_end(end, after[-1].end if after else end)
        for token in after:
            points = top - 3 * max(0, token.start - end - 4)
            _raise(near, token, max(20, points if token.start < head else min(points, 40)))
        if not named and not shared:
            kept = [token for token in clause.own_tokens if not (joined and token.kind in _NAMING)]
            clause.own_tokens = kept + [token for token in after if token.start < min(head, end + 6)]

    def _without_examples(self, own: list[Token], start: int, end: int) -> list[Token]:
        """防汛、森林防火等应急演练 counts 演练: what stands before 等 narrows nothing."""
        at = self.text.rfind("等", start, end)
        behind = [token for token in own if token.start > at]
        return behind if at >= 0 and any(token.kind in _NAMING for token in behind) else own

    def _noun_end(self, start: int, end: int) -> int:
        """Where the noun behind a figure ends: 5家幼儿园的消防通道 counts 幼儿园."""
        at = self.text.find("的", start, end)
        return at if at >= 0 else end

    def _carry(self, clause: Clause, previous: Clause | None) -> None:
        """Words of the sentence before the clause; a missing verb or noun is shared, a present one is not."""
        acts = any(token.kind == "act" for token in clause.own_tokens)
        things = any(token.kind in _CONTENT for token in clause.own_tokens)
        act_points, thing_points = (10 if acts else 50), (20 if things else 70)
        if clause.chained and previous is not None:
            for concept, points in previous.nearness.items():
                clause.nearness[concept] = max(clause.nearness.get(concept, 0), points * 4 // 5)
        for token in self.tokens.within(clause.sentence.start, clause.start):
            _raise(clause.nearness, token, act_points if token.kind in ("act", "light") else thing_points)
        implied = _IMPLIED.get(clause.claim.unit)
        if implied and implied not in clause.nearness:
            clause.nearness[implied] = 60
        if implied == "people" and clause.nearness.get("team"):  # 队伍3支58人
            clause.nearness.setdefault("member", 60)

    def _distribute(self, clause: Clause) -> None:
        """商超、宾馆各12家: the figure is said of each."""
        found = _EACH.search(clause.own)
        if not found:
            return
        begin = self._clause_mark(clause.start, clause.sentence.start)
        parts = self._conjuncts(begin, clause.start + found.start())
        if len(parts) < 2:
            return
        shared = dict.fromkeys(clause.nearness, 40)
        clause.also = [self._subject(span, parts[0], shared) for span in parts]
        clause.nearness = clause.also[0]
        clause.own_tokens = self.tokens.within(*parts[0])

    def _hand_out(self, clauses: list[Clause]) -> None:
        """人员、车辆分别为320人次、58台次: the nth subject gets the nth figure."""
        for index, clause in enumerate(clauses):
            found = _RESPECTIVE.search(clause.own)
            if not found:
                continue
            at = clause.start + found.start()
            begin = self._clause_mark(clause.start, clause.sentence.start)
            parts = self._conjuncts(begin, at)
            run = [clause]
            for following in clauses[index + 1 :]:
                if following.sentence is not clause.sentence or not following.chained:
                    break
                run.append(following)
            for each in run:
                each.respective_at = at
                each.respective = self.text[clause.start + found.end() : clause.claim.start]
            if len(parts) != len(run) or len(run) < 2:
                continue
            tail = self.tokens.within(parts[-1][0], at)
            behind = self.tokens.within(at, clause.claim.start)
            for each, span in zip(run, parts, strict=True):
                shared: dict[str, int] = {}
                for token in tail[-2:]:
                    _raise(shared, token, 50)
                for token in behind:
                    _raise(shared, token, 100)
                each.nearness = self._subject(span, parts[0], shared)
                each.own_tokens = self.tokens.within(*span)
                implied = _IMPLIED.get(each.claim.unit)
                if implied:
                    each.nearness.setdefault(implied, 60)

    def _clause_mark(self, pos: int, floor: int) -> int:
        """Back over 、 to the comma before the enumeration."""
        while pos > floor and (self.text[pos - 1] not in _MARKS or self.text[pos - 1] == "、"):
            pos -= 1
        return pos

    def _conjuncts(self, start: int, end: int) -> list[tuple[int, int]]:
        spans, pos = [], start
        for found in _CONJUNCT.finditer(self.text, start, end):
            spans.append((pos, found.start()))
            pos = found.end()
        return [span for span in (*spans, (pos, end)) if span[1] > span[0]]

    def _subject(self, span: tuple[int, int], first: tuple[int, int], shared: dict[str, int]) -> dict[str, int]:
        nearness = dict(shared)
        for token in self.tokens.within(*first):
            if token.kind in ("act", "light"):
                _raise(nearness, token, 60)
        for token in self.tokens.within(*span):
            _raise(nearness, token, 100)
        return nearness


def speaks(claim: Quantity) -> bool:
    """Whether the claim's own surface holds words that say what it is about: 全部整改, 未发生一起."""
    if claim.kind is Kind.ZERO:
        return not is_counted(claim)
    return claim.kind is Kind.PERCENT and not _WRITTEN.search(claim.surface)


def is_counted(claim: Quantity) -> bool:
    """Whether a nought is counted, like any figure: 0起."""
    return claim.kind is Kind.ZERO and _COUNTED.match(claim.surface) is not None


def _raise(nearness: dict[str, int], token: Token, points: int) -> None:
    for concept in token.concepts:
        if nearness.get(concept, 0) < points:
            nearness[concept] = points
