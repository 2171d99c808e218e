"""A draft taken away as a file, and the changes that come back in Word."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from assistant.diffs import character_diff
from assistant.errors import InputError
from assistant.permissions import Operation
from assistant.revising import open_draft
from assistant.workflow import draft_text
from ui.access import current_actor
from ui.editing import Answer, Asked, Editing, given
from ui.failures import Act, answered
from ui.marks import to_utf16
from ui.uploads import accepted

if TYPE_CHECKING:
    from assistant.wordfiles import Proposed, Returned

_WORD = (".docx",)
_KEPT = 20  # returned files that are being looked through


class Returning:
    """Returned files under review on one desk. Safe to use from several threads."""

    def __init__(self, editing: Editing) -> None:
        self._editing = editing
        self._returned: dict[str, Returned] = {}
        self._lock = Lock()

    def acts(self) -> list[Act]:
        """The functions the editor's script may call."""
        return [answered(self.word_back, Operation.EDIT), answered(self.accept_word, Operation.EDIT)]

    def word_back(self, asked: Asked) -> Answer:
        """What was changed in a returned Word file, to be accepted or refused; nothing is saved."""
        from assistant.wordfiles import import_word

        [path] = accepted([str(uploaded(asked.get("path")))], _WORD)
        returned = import_word(self._editing.workspace, path, draft_id=str(asked["id"]))
        token = secrets.token_hex(8)
        with self._lock:
            while len(self._returned) >= _KEPT:
                del self._returned[next(iter(self._returned))]
            self._returned[token] = returned
        return {
            "token": token,
            "proposals": [_proposal(each) for each in returned.proposals],
            "notices": [notice.message for notice in returned.notices]
            + [f"{remark.author or '批注'}：{remark.text}" for remark in returned.remarks],
        }

    def accept_word(self, asked: Asked) -> Answer:
        """The changes a person chose, saved; the editor gets the whole text anew."""
        from assistant.wordfiles import accept_proposals

        draft_id, text, _ = given(asked)
        with self._lock:
            returned = self._returned.get(str(asked.get("token")))
        if returned is None or returned.draft_id != draft_id:
            raise InputError("这份 Word 的对照已经过期（网页服务重启过）。请再导入一次。")
        numbers = [int(number) for number in asked.get("numbers") or ()]
        accept_proposals(self._editing.workspace, returned, numbers, author=current_actor().name)
        with self._lock:
            self._returned.pop(str(asked.get("token")), None)
        return self.anew(draft_id, text)

    def anew(self, draft_id: str, text: str) -> Answer:
        """The draft as it is now, in place of all that stands on the paper."""
        opened = open_draft(self._editing.workspace, draft_id)
        base, now = dict(opened.base), draft_text(opened.draft)
        whole = {"key": "", "start": 0, "end": len(text), "text": now}
        to_utf16(text, [whole])
        return {**self._editing.written(draft_id, now, base), "patches": [whole]}


def uploaded(path: object) -> Path:
    """A file the browser has just sent, and no other file of this machine; raises `InputError` else."""
    root = Path(os.environ.get("GRADIO_TEMP_DIR") or "/nowhere").resolve()
    given_path = Path(str(path or "")).resolve()
    if not given_path.is_relative_to(root) or not given_path.is_file():
        raise InputError("文件没有传上来，请再选一次。")
    return given_path


def _proposal(each: Proposed) -> Answer:
    said = "；".join(
        filter(None, (each.note, "这一处在网页上也改过" if each.conflict else "", "、".join(each.tracked)))
    )
    before = each.now if each.conflict and each.now else each.before
    return {
        "number": each.number,
        "kind": each.label,
        "heading": "：".join(filter(None, (each.heading, said))),
        "conflict": each.conflict,
        "pieces": [[piece.before, piece.after] for piece in character_diff(before, each.after)],
        "figures": [
            {"kind": str(one.verdict), "label": one.verdict.label, "surface": one.surface, "message": one.message}
            for one in each.wrong
        ],
    }


EXPORTS = {"docx": ".docx", "pdf": ".pdf", "md": ".md", "zip": "-证据包.zip"}
