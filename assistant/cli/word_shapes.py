"""The shape of a returned Word file in ``--json``, described in docs/json.md."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.cli.shapes import Shape, notice_shape
from assistant.factcheck.report import verdict_shape

if TYPE_CHECKING:
    from assistant.wordfiles import Proposed, Remark, Returned


def returned_shape(returned: Returned) -> Shape:
    """A returned file: its proposals, remarks and notices."""
    return {
        "draft": returned.draft_id,
        "file": returned.file,
        "proposals": [proposal_shape(each) for each in returned.proposals],
        "remarks": [_remark(each) for each in returned.remarks],
        "notices": [notice_shape(each) for each in returned.notices],
    }


def proposal_shape(proposal: Proposed) -> Shape:
    """One proposal; offsets of its verdicts count in `after`."""
    return {
        "number": proposal.number,
        "section": proposal.section,
        "heading": proposal.heading,
        "kind": str(proposal.kind),
        "part": str(proposal.part),
        "before": proposal.before,
        "after": proposal.after,
        "now": proposal.now,
        "conflict": proposal.conflict,
        "moved": proposal.moved,
        "place": proposal.place,
        "tracked": list(proposal.tracked),
        "verdicts": [verdict_shape(each) for each in proposal.verdicts],
        "note": proposal.note,
    }


def _remark(remark: Remark) -> Shape:
    return {"author": remark.author, "text": remark.text, "quote": remark.quote, "written": remark.written}
