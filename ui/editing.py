"""What the editor asks of the server while a person works on a draft. Every act goes through the one door (`answered`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from weakref import WeakKeyDictionary

from assistant import revising
from assistant.diffs import character_diff
from assistant.drafting.costs import Prices
from assistant.drafting.parts import apply_edit
from assistant.errors import Conflict, InputError, Other
from assistant.permissions import Operation
from assistant.records import CheckReport, Draft, Fact, SectionText
from assistant.store import drafts
from assistant.store.heads import HEAD
from assistant.store.revisions import local, revision_numbers
from assistant.workflow import draft_text
from assistant.workspace import Workspace
from ui.access import current_actor
from ui.desk import Desk
from ui.failures import Act, answered
from ui.marks import marks_of, to_utf16
from ui.mentions import Mentions
from ui.opened import Base, OpenTexts, newer, section_items

Asked = dict[str, Any]
Answer = dict[str, Any]
MINE, THEIRS, BOTH = "mine", "theirs", "both"


class Editing:
    """Checking and saving what stands on the paper. Safe to use from several threads."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.texts = OpenTexts(desk)
        self.mentions = Mentions(desk)

    @property
    def workspace(self) -> Workspace:
        """The workspace with the settings as they are now."""
        return self.desk.workspace

    def acts(self) -> list[Act]:
        """The functions the editor's script may call."""
        return [
            answered(self.check),
            answered(self.mention),
            answered(self.save, Operation.EDIT),
            answered(self.settle, Operation.EDIT),
        ]

    def check(self, asked: Asked) -> Answer:
        """The figures of the text judged, and where its sections stand."""
        draft_id, text, base = given(asked)
        period = self.desk.period_of(draft_id)
        facts = self.desk.facts(period, fresh=bool(asked.get("fresh")))
        return self.marks(draft_id, text, base, self.desk.check(text, facts, period), facts)

    def marks(self, draft_id: str, text: str, base: Base, report: CheckReport, facts: Sequence[Fact]) -> Answer:
        """The check's answer: the items to paint and list, each missing figure with its ready sentence, the sections."""
        answer = marks_of(report, facts)
        for item in answer["items"]:
            if item.get("about"):
                item["ready"] = self.mentions.sentence(draft_id, item["about"])
        return {**answer, "sections": self.sections(draft_id, text, base)}

    def sections(self, draft_id: str, text: str, base: Base) -> list[dict[str, Any]]:
        """Where the sections stand in the text, with their locks and writers."""
        stands = self.texts.stands(draft_id, text, base)
        settings = self.workspace.settings
        prices = Prices(settings.llm_price_in, settings.llm_price_out)
        return section_items(self.workspace, draft_id, text, stands, prices)

    def mention(self, asked: Asked) -> Answer:
        """A ready sentence for an indicator, its figure put in by code."""
        sentence = self.mentions.sentence(str(asked["id"]), str(asked["indicator"]))
        if not sentence:
            raise InputError("台账里还没有这个数。请先到“台账”页导入；也可以自己写上，核数时会标为查无依据。")
        return {"sentence": sentence}

    def save(self, asked: Asked) -> Answer:
        """The text saved as the person's revisions; where somebody else changed the same sections, both texts."""
        draft_id, text, base = given(asked)
        automatic = bool(asked.get("automatic"))
        facts = None if automatic else self.desk.facts(self.desk.period_of(draft_id))
        try:
            saved = revising.save_text(
                self.workspace,
                draft_id,
                text,
                base,
                author=current_actor().name,
                automatic=automatic,
                facts=facts,
            )
        except Conflict as error:
            if not error.others:
                raise
            return {"conflict": [_disputed(other) for other in error.others]}
        return self.written(draft_id, text, saved.base)

    def settle(self, asked: Asked) -> Answer:
        """A conflict settled as the person chose, section by section."""
        draft_id, text, base = given(asked)
        choices = {str(key): str(choice) for key, choice in dict(asked.get("choices") or {}).items()}
        seen = {str(key): int(number) for key, number in dict(asked.get("numbers") or {}).items()}
        mine = apply_edit(self.texts.opened(draft_id, base), text)
        chosen = _chosen(mine, drafts.load_draft(self.workspace.engine, draft_id), choices)
        asked = {**asked, "text": draft_text(chosen), "base": {**base, **seen}, "automatic": False}
        answer = self.save(asked)
        if "base" in answer:
            whole = {"key": HEAD, "start": 0, "end": len(text), "text": patched(asked["text"], answer["patches"])}
            to_utf16(text, [whole])
            answer["patches"] = [whole]
        return answer

    def written(self, draft_id: str, text: str, base: Base) -> Answer:
        """What the editor is told after something was saved: patches for what others have changed elsewhere."""
        stands = self.texts.stands(draft_id, text, base)
        patches = newer(self.workspace, draft_id, text, base, stands)
        now = revision_numbers(self.workspace.engine, draft_id)
        fresh = {each["key"]: now[each["key"]] for each in patches}
        return {"base": {**base, **fresh}, "patches": patches, "at": f"{datetime.now():%H:%M}"}


_OPEN: WeakKeyDictionary[Desk, Editing] = WeakKeyDictionary()


def editing_of(desk: Desk) -> Editing:
    """The one `Editing` of a desk."""
    if desk not in _OPEN:
        _OPEN[desk] = Editing(desk)
    return _OPEN[desk]


def given(asked: Mapping[str, Any]) -> tuple[str, str, dict[str, int]]:
    """The draft, its text as typed, and the revisions the editor counts from."""
    base = {str(key): int(number) for key, number in dict(asked.get("base") or {}).items()}
    return str(asked["id"]), str(asked.get("text") or ""), base


def patched(text: str, patches: list[dict[str, Any]]) -> str:
    """The text with patches put in; their offsets count UTF-16 units."""
    raw = text.encode("utf-16-le")
    for each in sorted(patches, key=lambda each: -int(each["start"])):
        raw = raw[: each["start"] * 2] + str(each["text"]).encode("utf-16-le") + raw[each["end"] * 2 :]
    return raw.decode("utf-16-le")


def _disputed(other: Other) -> Answer:
    """One section of a conflict as the editor shows it."""
    return {
        "key": other.key,
        "heading": other.heading,
        "number": other.number,
        "who": other.author,
        "when": local(other.saved_at),
        "mine": other.mine,
        "theirs": other.text,
        "pieces": [[piece.before, piece.after] for piece in character_diff(other.mine, other.text)],
    }


def _chosen(mine: Draft, stored: Draft, choices: Mapping[str, str]) -> Draft:
    """One's own text with the others' words where they were chosen, and both where both are to stay."""
    theirs = {section.key: section for section in stored.sections}

    def settled(section: SectionText) -> SectionText:
        choice, other = choices.get(section.key, MINE), theirs.get(section.key)
        if other is None or choice == MINE:
            return section
        if choice == THEIRS:
            return other
        return replace(section, text="\n".join(part for part in (other.text, section.text) if part))

    merged = replace(mine, sections=tuple(settled(section) for section in mine.sections))
    if choices.get(HEAD) == THEIRS:
        merged = replace(
            merged,
            title=stored.title,
            addressee=stored.addressee,
            signature=stored.signature,
            signed_on=stored.signed_on,
        )
    return merged
