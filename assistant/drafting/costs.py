"""What a model's work on a section costs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from assistant.records import SectionText

_THOUSAND = Decimal(1000)
_SHOWN = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Prices:
    """What a thousand tokens cost, in 元: those a model reads, those it writes."""

    read: Decimal = Decimal(0)
    written: Decimal = Decimal(0)

    def cost(self, sections: Iterable[SectionText]) -> Decimal | None:
        """What these sections cost, in 元 to a hundredth of a 分; None where no price is set."""
        if not (self.read or self.written):
            return None
        total = sum(
            ((each.tokens - each.answer_tokens) * self.read + each.answer_tokens * self.written for each in sections),
            Decimal(0),
        )
        return (total / _THOUSAND).quantize(_SHOWN, ROUND_HALF_UP)
