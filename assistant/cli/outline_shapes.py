"""The shape of an outline in ``--json`` output."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from assistant.drafting.outline_file import Missing
from assistant.drafting.sections import SectionSpec


def outline_shape(sections: Sequence[SectionSpec], missing: Sequence[Missing]) -> dict[str, Any]:
    """An outline, and by section the names of indicators the ledger has no data for."""
    return {
        "sections": [
            {**asdict(spec), "role": str(spec.role), "must": list(spec.must), "may": list(spec.may)}
            for spec in sections
        ],
        "missing": [{"heading": each.heading, "names": list(each.names)} for each in missing],
    }
