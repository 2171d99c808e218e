"""What the rows of a ledger stand for: an inspection, a hazard, a meeting, a training or a drill, an accident."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.ledger.columns import Column
from assistant.ledger.contexts import Context
from assistant.ledger.grids import CellValue
from assistant.ledger.headers import Role
from assistant.ledger.values import is_nothing, plain
from assistant.registry.vocabulary import Event, events

_OF_INSPECTIONS = frozenset(("inspection.enterprises", "inspection.people", "inspection.vehicles", "inspection.times"))
_MIXED = frozenset(("training", "drill", "publicity"))


@dataclass(frozen=True, slots=True)
class Shape:
    """What the rows of a table stand for, and the columns that tell them apart."""

    events: tuple[Event, ...]
    hazards: bool  # every row is a hazard, or says how many it holds
    category: int | None
    topic: int | None
    sums: tuple[Event, ...] = ()  # what the rows may be sums of, each of its category (企业培训 3场, 进村宣传 12场)

    @property
    def people(self) -> frozenset[str]:
        """The attendance indicators among the events."""
        return frozenset(event.people for event in (*self.events, *self.sums) if event.people)

    @property
    def counts(self) -> frozenset[str]:
        """The indicators that count the events."""
        return frozenset(event.counts for event in (*self.events, *self.sums))


def shape_of(columns: list[Column], context: Context) -> Shape:
    """What the rows of a dated table stand for; no events where the rows are sums of a month or a village."""
    by_role = {role: [column.index for column in columns if column.role is role] for role in Role}
    category = next(iter(by_role[Role.CATEGORY]), None)
    topic = next(iter(by_role[Role.TOPIC] or by_role[Role.INDICATOR]), None)
    measured = {candidate.indicator for column in columns for candidate in column.measures}
    hazards = _are_hazards(by_role, context.subject, measured)
    if not (by_role[Role.DATE] or by_role[Role.MONTH] or hazards) and category is not None:
        return Shape((), False, category, None, _sums_of(context.subject, measured))
    if not by_role[Role.DATE] or hazards:
        return Shape((), hazards and "hazard.found" not in measured, category, topic)
    subject = ("inspection",) if measured & _OF_INSPECTIONS and context.subject[:1] == ("hazard",) else context.subject
    return Shape(_events_of(subject, plain(context.title) + plain(context.sheet)), False, category, topic)


def _sums_of(subject: tuple[str, ...], measured: set[str]) -> tuple[Event, ...]:
    """The events that a table of sums by category tells apart, where one of its columns counts any of them."""
    mixed = tuple(event for event in events() if event.subject in _MIXED)
    return mixed if _MIXED & set(subject) and measured & {event.counts for event in mixed} else ()


def _are_hazards(by_role: dict[Role, list[int]], subject: tuple[str, ...], measured: set[str]) -> bool:
    if measured & _OF_INSPECTIONS:
        return False
    told = bool(by_role[Role.STATUS] or by_role[Role.GRADE] or by_role[Role.FINISH] or by_role[Role.DEADLINE])
    if "hazard" in subject:
        return bool(by_role[Role.DETAIL] or told) and bool(by_role[Role.DATE] or by_role[Role.DETAIL])
    return subject[:1] in ((), ("inspection",)) and bool(by_role[Role.DETAIL]) and bool(by_role[Role.GRADE])


def _events_of(subject: tuple[str, ...], title: str) -> tuple[Event, ...]:
    known = [event for event in events() if event.subject in subject]
    if "meeting" in subject:
        return tuple(event for event in known if event.subject == "meeting")
    if _MIXED & set(subject):
        return tuple(event for event in known if event.subject in _MIXED)
    if subject[:1] == ("penalty",):
        return tuple(
            event for event in known if event.subject == "penalty" and event.words and event.words.search(title)
        )
    if subject[:1] in (("inspection",), ("accident",)):
        return tuple(event for event in known if event.subject == subject[0])
    return ()


def classify(shape: Shape, cells: list[CellValue]) -> Event | None:
    """The event a row stands for, by its category, else its topic, else the only one there is."""
    if not shape.events:
        return None
    if len(shape.events) == 1 and shape.events[0].key in ("inspection", "accident", "publicity"):
        return shape.events[0]
    if len(shape.events) == 1:
        return _other_event(shape, cells) or shape.events[0]
    return _told(shape.events, shape, cells)


def summed(shape: Shape, cells: list[CellValue]) -> Event | None:
    """The event whose sums a row of a table by category holds; None where its category names none."""
    return _told(shape.sums, shape, cells)


def _told(among: tuple[Event, ...], shape: Shape, cells: list[CellValue]) -> Event | None:
    for column in (shape.category, shape.topic):
        text = plain(_at(cells, column)) if column is not None else ""
        found = [event for event in among if event.words and event.words.search(text)]
        found = [event for event in found if not (event.without and event.without.search(text))]
        if found:
            return found[0]
        if text and column == shape.category and _excluded(among, text):
            return None
    return None


def _other_event(shape: Shape, cells: list[CellValue]) -> Event | None:
    """In a list of trainings the drill, in a list of drills the training, where the category says so."""
    own = shape.events[0]
    if own.key not in ("training", "drill"):
        return None
    text = plain(_at(cells, shape.category)) if shape.category is not None else ""
    if not text or (own.words and own.words.search(text)):
        return None
    others = [event for event in events() if event.key in ("training", "drill") and event is not own]
    return next((event for event in others if event.words and event.words.search(text)), None)


def _excluded(candidates: tuple[Event, ...], text: str) -> bool:
    return any(event.without and event.without.search(text) for event in candidates)


def _at(cells: list[CellValue], column: int) -> CellValue:
    return cells[column] if column < len(cells) else None


def is_filled(cells: list[CellValue], columns: list[Column]) -> bool:
    """Whether a row says anything beyond its number in the list."""
    return any(not is_nothing(_at(cells, column.index)) for column in columns if column.role is not Role.SEQUENCE)
