"""What this year's facts show to be wanting: open hazards, rates short of the whole, work that fell off."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from assistant.drafting.factbook import FactBook, wording
from assistant.drafting.slots import Slots
from assistant.periods import short_name
from assistant.records import Fact

_FILE = Path(__file__).with_name("shortfalls.toml")
_WHOLE = 100
_FALL = Decimal(-10)  # percent: a smaller fall is not worth a word in the problems part
_RISE = Decimal(10)
_MOST_FALLEN = 2
_MOST_PLACES = 3


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Something wanting: as an item, as an addition to an item on the same matter, and what to do about it.

    `matter` and `planned` are patterns: an item about the same matter, a plan that has the remedy.
    """

    matter: str
    said: str
    added: str
    remedy: str
    planned: str


def find_shortfalls(book: FactBook, slots: Slots, rankings: tuple[Fact, ...] = ()) -> list[Shortfall]:
    """The shortfalls, the gravest first, in measured words; nothing that is not in the facts."""
    found = [_accidents(book, slots), _major(book, slots)]
    found += [_rate(indicator, book, slots) for indicator in _data()["rate"]]
    found += [_fallen(book, slots), _violations(book, slots), _places(rankings)]
    return [shortfall for shortfall in found if shortfall is not None]


def without_shortfalls(item: str) -> str:
    """An item of a past report without what this program once added to it: this year's facts say it anew."""
    for pattern in _said_before():
        item = pattern.sub("", item)
    return item.strip("，")


@cache
def _said_before() -> tuple[re.Pattern[str], ...]:
    """Patterns of everything this program says of shortfalls, the longest forms first."""
    patterns: list[str] = []
    for form in _forms():
        added = form.get("again") or _blank(form["added"])
        added += f"(?:{_blank(form['rise'])})?" if "rise" in form else ""
        patterns += [_blank(form["said"]).replace(re.escape("{added}"), added), added, _blank(form["remedy"])]
    return tuple(re.compile(f"，?(?:{pattern})") for pattern in sorted(patterns, key=len, reverse=True))


def _forms() -> list[dict[str, str]]:
    data = _data()
    return [*data["rate"].values(), *(form for name, form in data.items() if name != "rate")]


def _blank(form: str) -> str:
    """A form as a pattern, its blanks open."""
    pattern = re.escape(form)
    if form.endswith("{names}"):
        pattern = pattern.removesuffix(re.escape("{names}")) + "[^。；]{2,80}"
    for blank, filling in (
        ("{v}", r"[^，。；]{1,12}"),
        ("{names}", r"[^。；]{2,80}?"),
        ("{period}", r"[^，。；]{1,8}?"),
    ):
        pattern = pattern.replace(re.escape(blank), filling)
    return pattern


def _accidents(book: FactBook, slots: Slots) -> Shortfall | None:
    count = book.fact("accident.count")
    if count is None or count.value == 0:
        return None
    form: dict[str, str] = _data()["accident"]
    added = form["added"].replace("{period}", short_name(book.period)).replace("{v}", slots.put(count, wording(count)))
    difference = book.difference("accident.count")
    if difference is not None and difference.value > 0:
        added += form["rise"].replace("{v}", slots.put(difference, wording(difference)))
    return _shortfall(form, added)


def _major(book: FactBook, slots: Slots) -> Shortfall | None:
    fact = book.fact("hazard.major_found")
    if fact is None or fact.value == 0:
        return None
    return _shortfall(_data()["major"], value=slots.put(fact, wording(fact)))


def _rate(indicator: str, book: FactBook, slots: Slots) -> Shortfall | None:
    fact = book.fact(indicator)
    if fact is None or fact.value >= _WHOLE:
        return None
    return _shortfall(_data()["rate"][indicator], value=slots.put(fact, wording(fact)))


def _fallen(book: FactBook, slots: Slots) -> Shortfall | None:
    """The efforts that fell most, in one item."""
    efforts: dict[str, str] = _data()["fallen"]["efforts"]
    changes = [(change, indicator) for indicator in efforts if (change := book.change(indicator))]
    fallen = sorted((entry for entry in changes if entry[0].value <= _FALL), key=lambda entry: entry[0].value)
    if not fallen:
        return None
    said = [_fall(change, efforts[indicator], book, slots) for change, indicator in fallen[:_MOST_FALLEN]]
    return _shortfall(_data()["fallen"], names="，".join(said))


def _fall(change: Fact, name: str, book: FactBook, slots: Slots) -> str:
    """检查企业184家次、同比下降10.2%: with the value, so that the reader sees what fell."""
    fact = book.fact(change.indicator)
    value = slots.put(fact, wording(fact)) if fact else ""
    return f"{name}{value}、同比下降{slots.put(change, wording(change))}"


def _violations(book: FactBook, slots: Slots) -> Shortfall | None:
    change = book.change("road.violations")
    if change is None or change.value < _RISE:
        return None
    return _shortfall(_data()["road"], value=slots.put(change, wording(change)))


def _places(rankings: tuple[Fact, ...]) -> Shortfall | None:
    """Where most hazards are; places are named, their figures are not."""
    places = list(dict.fromkeys(fact.place for fact in rankings if fact.place and fact.value > 0))[:_MOST_PLACES]
    return _shortfall(_data()["places"], names="、".join(places)) if len(places) > 1 else None


def _shortfall(form: dict[str, str], added: str = "", *, value: str = "", names: str = "") -> Shortfall:
    added = added or form["added"].replace("{v}", value).replace("{names}", names)
    return Shortfall(
        matter=form["matter"],
        said=form["said"].replace("{added}", added),
        added=added,
        remedy=form["remedy"].replace("{names}", names),
        planned=form["planned"],
    )


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
