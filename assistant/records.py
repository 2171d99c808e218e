"""The records that cross stages. Frozen; a stage makes new ones and never edits another's.

Numbers are ``Decimal`` with a unit and a period. Offsets are offsets into the text as given:
``text[start:end] == surface``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

ALL_TOWNS = "*"  # as a town's name: all towns of the database together, a county's


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A span of whole days, both ends included. `assistant.periods` names, parses and compares them."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"period ends before it starts: {self.start} – {self.end}")

    def __contains__(self, other: object) -> bool:
        """Whether a day, or another period whole, lies inside this one."""
        if isinstance(other, Period):
            return self.start <= other.start and other.end <= self.end
        return isinstance(other, date) and self.start <= other <= self.end


# --- Quantities -------------------------------------------------------------------------------


class Approx(StrEnum):
    """How a number is approximated by the words around it."""

    EXACT = "exact"
    MORE_THAN = "more_than"  # 余 多 超 逾 以上 不少于 至少 上千 过半
    LESS_THAN = "less_than"  # 近 不到 不足 以内 不超过
    ABOUT = "about"  # 约 左右
    RANGE = "range"  # 3-5 十几 数十


class Kind(StrEnum):
    """What a number mention is."""

    COUNT = "count"
    MONEY = "money"
    PERCENT = "percent"
    MULTIPLE = "multiple"
    RATIO = "ratio"
    AREA = "area"
    LENGTH = "length"
    WEIGHT = "weight"
    DATE = "date"
    PERIOD = "period"
    DURATION = "duration"
    ORDINAL = "ordinal"
    ARTICLE = "article"
    DOCNO = "docno"
    HEADING = "heading"
    POLICY = "policy"
    PLACEHOLDER = "placeholder"
    ZERO = "zero"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number mention in Chinese text.

    `value` is in base units (万 and 亿 resolved, money in 元, 成 as percent, ‰ as percent); it is
    None for placeholders and where only an interval is known, which `low` and `high` then give.
    """

    start: int
    end: int
    surface: str
    value: Decimal | None
    unit: str
    kind: Kind
    is_claim: bool
    approx: Approx = Approx.EXACT
    low: Decimal | None = None
    high: Decimal | None = None
    period: Period | None = None  # for dates and periods that could be resolved
    denies: str = ""  # for zero statements: what is said not to have happened


# --- Indicators -------------------------------------------------------------------------------


class Aggregation(StrEnum):
    """How an indicator's observations make its fact for a period."""

    SUM = "sum"
    LAST = "last"  # a snapshot: the latest state inside the period
    COUNT = "count"  # rows
    DISTINCT = "distinct"  # different keys
    RATIO = "ratio"  # from a formula over other indicators


@dataclass(frozen=True, slots=True)
class Indicator:
    """An entry of the registry: what is counted, in which unit, under which names."""

    id: str
    topic: str
    name: str
    unit: str
    aggregation: Aggregation
    aliases: tuple[str, ...] = ()
    equal_units: tuple[str, ...] = ()  # 场 for 次: written either way, the same thing
    formula: str = ""  # "hazard.rectified / hazard.found"

    @property
    def names(self) -> tuple[str, ...]:
        """The name and its aliases."""
        return (self.name, *self.aliases)

    @property
    def units(self) -> tuple[str, ...]:
        """The unit and its equals."""
        return (self.unit, *self.equal_units)


# --- Ledger -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell, or a range of cells, of a spreadsheet: the proof of a fact."""

    file: str
    sheet: str
    cell: str  # A1 notation: "D4" or "D4:D31"
    text: str = ""  # what stands there, as written


@dataclass(frozen=True, slots=True)
class Observation:
    """One cell's worth of ledger: indicator × date or period × place × value × unit, and its cell.

    `key` is what a distinct count counts (the enterprise's name, say); empty elsewhere.
    """

    indicator: str
    period: Period
    value: Decimal
    unit: str
    cell: Cell
    town: str = ""
    place: str = ""
    key: str = ""


class Severity(StrEnum):
    """How much a notice matters to the person who reads it."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def label(self) -> str:
        """What people call it."""
        return {"error": "错误", "warning": "注意", "info": "提示"}[self.value]


@dataclass(frozen=True, slots=True)
class Notice:
    """Something an import read, guessed, left out or refused, said to a person."""

    severity: Severity
    kind: str  # e.g. duplicate_row, other_year_row, sum_mismatch, guessed_header
    message: str  # Chinese, complete in itself
    cell: Cell | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """An indicator in a period: value and unit, with the cells, or the formula and facts, behind it.

    `indicator` is a registry id (``inspection.enterprises``), or the name as given when the registry
    does not know it. `measure` says what is stated of the indicator: its ``value`` (the total of the
    period, or for snapshots the last state), or a comparison derived from two facts of it.
    """

    id: str
    indicator: str
    name: str
    topic: str
    period: Period
    value: Decimal
    unit: str
    evidence: tuple[Cell, ...] = ()
    formula: str = ""  # human-readable, e.g. "93 ÷ 96"; empty for a plain fact
    inputs: tuple[str, ...] = ()  # ids of the facts a derived one uses
    measure: str = "value"  # value | yoy_diff | yoy_percent | yoy_points | share | rest
    town: str = ""
    place: str = ""


# --- Check ------------------------------------------------------------------------------------


class VerdictKind(StrEnum):
    """What the check says of one claim."""

    SUPPORTED = "supported"
    APPROX_OK = "approx_ok"
    CONTRADICTED = "contradicted"
    UNSUPPORTED = "unsupported"
    AMBIGUOUS = "ambiguous"

    @property
    def label(self) -> str:
        """What people call it: on the page, in the terminal, in Word and Excel."""
        return _VERDICT_LABELS[self]


_VERDICT_LABELS = {
    VerdictKind.SUPPORTED: "属实",
    VerdictKind.APPROX_OK: "约数相符",
    VerdictKind.CONTRADICTED: "与台账不符",
    VerdictKind.UNSUPPORTED: "查无依据",
    VerdictKind.AMBIGUOUS: "无法判定",
}


@dataclass(frozen=True, slots=True)
class Match:
    """The fact an alignment assigns to a claim, and what spoke for and against it.

    `score` is in points (an int, never a float). `rivals` are other facts that came close.
    """

    claim: Quantity
    fact: Fact | None
    score: int = 0
    spoke_for: tuple[str, ...] = ()
    spoke_against: tuple[str, ...] = ()
    rivals: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """The one verdict of one claim, with its reason and proof."""

    claim: Quantity
    verdict: VerdictKind
    reason: str  # exact, approx_good, wrong_value, stale, wrong_unit, no_row, …; see docs
    fact: Fact | None = None
    expected: str = ""  # what the text should say, rendered: "205家次"
    evidence: tuple[Cell, ...] = ()
    message: str = ""  # Chinese, for the reviewer

    @property
    def start(self) -> int:
        """Offset of the claim's first character."""
        return self.claim.start

    @property
    def end(self) -> int:
        """Offset after the claim's last character."""
        return self.claim.end

    @property
    def surface(self) -> str:
        """The claim as written."""
        return self.claim.surface


@dataclass(frozen=True, slots=True)
class Finding:
    """A defect that is not one claim's. `start == end` where it has no place in the text."""

    kind: str  # numbering_gap, placeholder, period_wording, omission, bad_sum, …
    severity: Severity
    start: int
    end: int
    surface: str
    message: str
    suggestion: str = ""
    about: str = ""  # id of the indicator that is missing from the text


@dataclass(frozen=True, slots=True)
class CheckReport:
    """The check of one text: a verdict for every claim, the findings, and how much chance there was.

    `chance_matches` counts the claims whose value alone fits at least one fact, whatever its subject.
    """

    text: str
    period: Period
    quantities: tuple[Quantity, ...]
    verdicts: tuple[Verdict, ...]
    findings: tuple[Finding, ...]
    chance_matches: int = 0

    def count(self, kind: VerdictKind) -> int:
        """How many claims got this verdict."""
        return sum(1 for verdict in self.verdicts if verdict.verdict is kind)


# --- Documents and drafts ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of a document, with its place in the document's plain text.

    `level` is 0 for body text, 1–4 for headings 一、（一）1.（1）, and -1 for the title.
    """

    text: str
    start: int
    level: int = 0
    source: str = ""  # where it stands in the file: "第3段", "表1 B2", "第2页"


@dataclass(frozen=True, slots=True)
class Document:
    """A document as read: its plain text (paragraphs joined by newlines) and its blocks."""

    file: str
    text: str
    blocks: tuple[Block, ...]
    title: str = ""
    notices: tuple[Notice, ...] = ()


class ReportKind(StrEnum):
    """Which of the two reports of the year is written."""

    ANNUAL = "annual"
    HALF_YEAR = "half-year"


@dataclass(frozen=True, slots=True)
class SectionText:
    """A written section: heading, body, and how the body came about."""

    key: str  # stable within a draft: "01", "02.03"
    heading: str
    level: int
    text: str
    slots: tuple[str, ...] = ()  # ids of the facts rendered into the text, in order
    writer: str = "offline"  # offline | model | person
    missing: tuple[str, ...] = ()  # must-report indicators without a fact or a sentence
    notices: tuple[Notice, ...] = ()
    prompt_hash: str = ""
    model: str = ""
    tokens: int = 0  # a model read and wrote
    seconds: Decimal = Decimal(0)
    answer_tokens: int = 0  # of the tokens, those the model wrote


@dataclass(frozen=True, slots=True)
class Draft:
    """A report under work: title, sections in order, and the facts it was written from."""

    id: str
    kind: ReportKind
    period: Period
    title: str
    unit_name: str
    sections: tuple[SectionText, ...]
    facts: tuple[Fact, ...] = ()
    notices: tuple[Notice, ...] = ()
    addressee: str = ""  # 主送机关
    signature: str = ""  # 落款
    signed_on: str = ""  # 成文日期
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def town(self) -> str:
        """The town of a database of many towns that it was written for; empty where there is only one."""
        return self.extra.get("town", "")


# --- Passages and answers ---------------------------------------------------------------------


class SourceKind(StrEnum):
    """What a passage comes from."""

    LAW = "law"  # a statute or regulation, split by article
    SUMMARY = "summary"  # a past summary of the town, split by heading
    OTHER = "other"  # a notice, a plan, a policy document


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a past summary or a regulation, with its source and its place there.

    `text` stands at `start:end` of the source's text as imported. For a law `article` is its number
    (21; 21.1 for 第二十一条之一) and `in_force` false for a version that a newer one has replaced.
    """

    id: str
    kind: SourceKind
    source: str  # the file's name
    title: str  # the law's or the summary's title, without version
    path: tuple[str, ...]  # chapter and section, or headings
    text: str
    start: int
    end: int
    article: str = ""
    version: str = ""  # of a law: the date of its text, 2021-06-10
    in_force: bool = True
    period: Period | None = None  # of a summary
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, with how it was found. `score` is in points (0–1000); `spans` are highlights in its text.

    The score compares hits of one search. `related` judges the passage by itself: true where its vector is so like
    the question's that it is about the same matter, false where it is not, None where that cannot be told.
    """

    passage: Passage
    score: int
    found_by: tuple[str, ...] = ()  # article, keywords, vectors
    spans: tuple[tuple[int, int], ...] = ()
    related: bool | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A quote that stands verbatim in its source."""

    law: str  # the law's or the document's title
    article: str  # "第二十一条"; empty for what has no articles
    version: str
    quote: str
    source: str  # file name
    passage: str = ""  # id


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, with the facts and quotes it stands on; `declined` where nothing supports one."""

    text: str
    figures: tuple[Fact, ...] = ()
    citations: tuple[Citation, ...] = ()  # best first
    declined: bool = False
    reason: str = ""  # why declined, and the nearest thing there is
    notices: tuple[Notice, ...] = ()
    tokens: int = 0
    seconds: Decimal = Decimal(0)
