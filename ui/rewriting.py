"""Sections written again and figures brought up to date, as the editor asks for them; locks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from threading import Event, Lock
from typing import Any

from assistant import revising, reworking
from assistant.diffs import character_diff
from assistant.drafting.clauses import split_sentences
from assistant.errors import InputError
from assistant.permissions import Operation
from assistant.records import SectionText, VerdictKind
from assistant.reworking import Offer, find_section
from assistant.store import drafts, locks
from assistant.store.proposals import load_proposals, save_proposals
from assistant.store.revisions import revision_numbers
from ui.access import current_actor
from ui.editing import Answer, Asked, Editing, given
from ui.failures import Act, answered

_LONGEST_WISH = 200
_GOOD = (VerdictKind.SUPPORTED, VerdictKind.APPROX_OK)


class Rewriting:
    """What the program does to a section on a person's word. Safe to use from several threads."""

    def __init__(self, editing: Editing) -> None:
        self._editing = editing
        self._stops: dict[tuple[str, str], Event] = {}
        self._lock = Lock()

    def acts(self) -> list[Act]:
        """The functions the editor's script may call."""
        return [
            answered(self.offers),
            answered(self.outdated),
            answered(self.redo, Operation.DRAFT),
            answered(self.stop_redo, Operation.DRAFT),
            answered(self.take, Operation.EDIT),
            answered(self.refuse, Operation.EDIT),
            answered(self.update, Operation.EDIT),
            answered(self.lock, Operation.EDIT),
            answered(self.lock_sentence, Operation.EDIT),
        ]

    def redo(self, asked: Asked) -> Answer:
        """Other wordings of a section, each with its changes against what stands there now."""
        draft_id, key, wish = str(asked["id"]), str(asked["key"]), str(asked.get("wish") or "").strip()
        if len(wish) > _LONGEST_WISH:
            raise InputError(f"要求太长了（{len(wish)} 字）。请用 {_LONGEST_WISH} 字以内的一两句话说明。")
        stop = Event()
        with self._lock:
            if (draft_id, key) in self._stops:
                raise InputError("这一节正在重写，请等它写完，或先点“停止”。")
            self._stops[draft_id, key] = stop
        try:
            count = int(asked.get("count") or 1)
            offers = reworking.redo_section(
                self._editing.workspace, draft_id, key, wish=wish, alternatives=count, cancelled=stop.is_set
            )
        finally:
            with self._lock:
                self._stops.pop((draft_id, key), None)
        if not offers:
            raise InputError("没有写出与现在不同的写法。可以换一个要求再试，或直接在正文里改。")
        return self._offered(draft_id, key, offers)

    def stop_redo(self, asked: Asked) -> Answer:
        """Stop writing a section again."""
        with self._lock:
            stop = self._stops.get((str(asked["id"]), str(asked["key"])))
        if stop:
            stop.set()
        return {"stopped": stop is not None}

    def offers(self, asked: Asked) -> Answer:
        """The wordings made before that nobody has decided on."""
        draft_id, key = str(asked["id"]), str(asked["key"])
        kept = reworking.offers(self._editing.workspace, draft_id, key)
        if not kept:
            raise InputError("这些写法已经采用过或放弃了。要别的写法，请再点“重写这一节”。")
        return self._offered(draft_id, key, kept)

    def refuse(self, asked: Asked) -> Answer:
        """None of the wordings is wanted."""
        save_proposals(self._editing.workspace.engine, str(asked["id"]), str(asked["key"]), ())
        return {"refused": True}

    def take(self, asked: Asked) -> Answer:
        """A wording taken over: whole, as it was written, or with some of its changes, as the person's."""
        draft_id, text, base = given(asked)
        key, engine = str(asked["key"]), self._editing.workspace.engine
        _, section = find_section(self._editing.workspace, draft_id, key)
        number, words = int(asked.get("number") or 0), str(asked["words"])
        kept = load_proposals(engine, draft_id, key)
        if 0 < number <= len(kept) and kept[number - 1].based_on == revision_numbers(engine, draft_id).get(key):
            reworking.accept(self._editing.workspace, draft_id, key, number, by=current_actor().name)
            return self._editing.written(draft_id, text, base)
        if section.text != str(asked["was"]):  # changed while the person was choosing
            return {"stale": self._offered(draft_id, key, reworking.offers(self._editing.workspace, draft_id, key))}
        self._keep_locked(draft_id, section, words)
        drafts.save_section(
            engine,
            draft_id,
            replace(section, text=words, writer="person"),
            author=current_actor().name,
            why=f"重写：{asked.get('label') or ''}，逐处采用",
            based_on=base.get(key),
        )
        save_proposals(engine, draft_id, key, ())
        return self._editing.written(draft_id, text, base)

    def outdated(self, asked: Asked) -> Answer:
        """The sections whose figures the ledger has changed since they were written."""
        draft_id = str(asked["id"])
        stale: dict[str, Answer] = {}
        for each in revising.outdated(self._editing.workspace, draft_id):
            group = stale.setdefault(each.section, {"key": each.section, "heading": each.heading, "figures": []})
            fact = each.now or each.then
            name = fact.name if fact else ""
            group["figures"].append(
                {"name": name, "then": each.surface, "now": each.expected or "台账里已没有", "message": each.message}
            )
        return {"sections": list(stale.values())}

    def update(self, asked: Asked) -> Answer:
        """A section's figures brought up to date; nothing else of it changes."""
        draft_id, text, base = given(asked)
        key = str(asked["key"])
        revising.update_figures(self._editing.workspace, draft_id, key, author=current_actor().name)
        return self._editing.written(draft_id, text, base)

    def lock(self, asked: Asked) -> Answer:
        """A section locked against being written anew, or opened again."""
        draft_id, text, base = given(asked)
        key, by = str(asked["key"]), current_actor().name
        if asked.get("on"):
            reworking.lock_section(self._editing.workspace, draft_id, key, by=by)
        else:
            locks.unlock(self._editing.workspace.engine, draft_id, key, locks.WHOLE, by=by)
        return {"sections": self._editing.sections(draft_id, text, base)}

    def lock_sentence(self, asked: Asked) -> Answer:
        """The sentences a person selected locked; those locked already opened again."""
        draft_id, text, base = given(asked)
        key, by = str(asked["key"]), current_actor().name
        _, section = find_section(self._editing.workspace, draft_id, key)
        marked = _sentences_in(section, str(asked["words"]))
        if not marked:
            raise InputError("选中的不在这一节的正文里。请在一节正文里选中一句话，再点“锁定选中的句子”。")
        held = locks.locks_of(self._editing.workspace.engine, draft_id).get(key, ())
        opening = all(sentence in held for sentence in marked)
        for sentence in marked:
            if opening:
                locks.unlock(self._editing.workspace.engine, draft_id, key, sentence, by=by)
            else:
                reworking.lock_section(self._editing.workspace, draft_id, key, sentence, by=by)
        said = "已解锁这句。" if opening else "已锁定这句：重写和更新数字都不会动它。"
        return {"sections": self._editing.sections(draft_id, text, base), "said": said}

    def _keep_locked(self, draft_id: str, section: SectionText, words: str) -> None:
        held = locks.locks_of(self._editing.workspace.engine, draft_id).get(section.key, ())
        if locks.WHOLE in held or any(each in section.text and each not in words for each in held):
            raise InputError(f"“{section.heading or '开头'}”里有锁定的内容，这次没有采用。请先解锁，或改选别的改动。")

    def _offered(self, draft_id: str, key: str, offers: Sequence[Offer]) -> Answer:
        _, section = find_section(self._editing.workspace, draft_id, key)
        shown = [_offer(section, each) for each in offers]
        return {"key": key, "heading": section.heading, "text": section.text, "offers": shown}


def _offer(section: SectionText, offer: Offer) -> dict[str, Any]:
    wrong = [each for each in offer.verdicts if each.verdict not in _GOOD]
    figures = f"{len(offer.verdicts)} 个数字" if offer.verdicts else "没有数字"
    checked = f"，{len(wrong)} 处要看" if wrong else "，都与台账相符" if offer.verdicts else ""
    return {
        "number": offer.number,
        "label": offer.label,
        "text": offer.section.text,
        "pieces": [[piece.before, piece.after] for piece in character_diff(section.text, offer.section.text)],
        "summary": f"{len(offer.section.text)} 字，{figures}{checked}",
        "bad": len(wrong),
    }


def _sentences_in(section: SectionText, words: str) -> list[str]:
    """The whole sentences of a section that the selected words lie in."""
    parts = [part.strip() for part in words.splitlines() if part.strip()]
    sentences = [span.text.strip() for line in section.text.split("\n") for span in split_sentences(line)]
    return [each for each in sentences if each and any(part in each or each in part for part in parts)]
