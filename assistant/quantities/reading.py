"""What one look at a place in the text found, before it is decided whether it is a claim."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from assistant.records import Approx, Kind, Period


@dataclass(slots=True)
class Reading:
    """A number mention as read. `stated` is False where its form alone shows that it is no claim."""

    start: int
    end: int
    kind: Kind
    value: Decimal | None = None
    unit: str = ""
    approx: Approx = Approx.EXACT
    low: Decimal | None = None
    high: Decimal | None = None
    stated: bool = True
    period: Period | None = None
    denies: str = ""
    digits: int = 0  # where the number itself starts, after 约 and the like
