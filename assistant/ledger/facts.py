"""The facts of a period: from plain rows, or from the observations of the workspace."""

from __future__ import annotations

from assistant.ledger.plain import facts_from_csv, facts_from_rows

__all__ = ["facts_from_csv", "facts_from_rows"]
