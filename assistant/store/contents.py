"""What a report says, as one hash: the same words in the same order, the same hash, on every machine."""

from __future__ import annotations

import hashlib
import json

from assistant.records import Draft

_FORM = "jushi-content-1"  # goes into the hash: another way of writing content down is another hash


def content_hash(draft: Draft) -> str:
    """SHA-256 over title, addressee, the sections in order (key, level, heading, text), signature and date.

    How the words came about (writer, model, facts, notices) is not part of it.
    """
    sections = [[each.key, each.level, each.heading, each.text] for each in draft.sections]
    told = [_FORM, draft.title, draft.addressee, sections, draft.signature, draft.signed_on]
    written = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()
