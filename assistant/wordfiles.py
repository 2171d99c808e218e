"""A draft out as a Word file and back again: what a person changed in Word, WPS or LibreOffice comes as proposals.

The file carries which draft and which revision of each section it is. On its way back it is laid against those, each
change is a proposal to be accepted or refused, and figures changed by hand are checked at once.
"""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from assistant.errors import Conflict, InputError, SignedOff
from assistant.export.changes import Change, ChangeKind, Comparison
from assistant.export.fonts import fonts_note
from assistant.export.lines import Part, draft_lines, plain
from assistant.export.markdown import export_markdown
from assistant.export.merging import Merging, rebuild, verdicts_of
from assistant.export.origin import Origin, exported_draft, origin_of
from assistant.export.pdf import to_pdf
from assistant.export.report import export_docx
from assistant.export.returned import Remark, ReturnedFile
from assistant.export.returning import notices_of, read_file, report_lines
from assistant.export.style import Style, load_style
from assistant.permissions import LOCAL, Actor, Operation, require
from assistant.records import Draft, Notice, SectionText, Verdict, VerdictKind
from assistant.reviewing import Status, state_of
from assistant.store import audit, drafts, revisions, states
from assistant.store.checks import keep_check
from assistant.store.contents import content_hash
from assistant.store.heads import HEAD, Head, head_of
from assistant.workflow import check_draft
from assistant.workspace import Workspace, facts_around

__all__ = [
    "ChangeKind", "Exported", "Part", "Proposed", "Remark", "Returned", "accept_proposals", "export_word", "import_word",
    "origin_in",
]  # fmt: skip

KINDS = (".docx", ".md", ".pdf")
_BELOW = "它在文件里写在落款之后，采用后放在正文末尾。"
_GOOD = (VerdictKind.SUPPORTED, VerdictKind.APPROX_OK)


@dataclass(frozen=True, slots=True)
class Exported:
    """A file written, and what the user should know of it."""

    path: Path
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposed:
    """One change of a returned file, to be accepted or refused.

    `before` is the draft as it was exported, `now` what it says today where somebody changed it since, `after` what
    accepting makes of it. A `conflict` was changed on both sides: accepting it takes the file's words. Verdicts are on
    the figures of `after`, offsets in it. `place` is the line it stands after, for what was added or moved.
    """

    number: int
    section: str  # key; "" for title, addressee, signature and date
    heading: str
    kind: ChangeKind
    part: Part
    before: str
    after: str
    now: str = ""
    conflict: bool = False
    moved: bool = False
    place: str = ""
    verdicts: tuple[Verdict, ...] = ()
    tracked: tuple[str, ...] = ()  # who made it with 修订 switched on
    note: str = ""

    @property
    def wrong(self) -> tuple[Verdict, ...]:
        """The figures of it that the ledger does not bear out."""
        return tuple(verdict for verdict in self.verdicts if verdict.verdict not in _GOOD)

    @property
    def label(self) -> str:
        """What people call it: 改动·正文, 移动并改动·正文."""
        both = self.kind is ChangeKind.MOVED and plain(self.before) != plain(self.after)
        return f"{self.kind.label}{'并改动' if both else ''}·{self.part.label}"


@dataclass(frozen=True, slots=True)
class Returned:
    """A file as it came back: the proposals, people's comments in it, and what else there is to say."""

    draft_id: str
    file: str
    title: str
    proposals: tuple[Proposed, ...]
    remarks: tuple[Remark, ...]
    notices: tuple[Notice, ...]
    revisions: dict[str, int] = field(default_factory=dict)  # of the draft as the proposals see it
    comparison: Comparison | None = field(default=None, repr=False)
    changes: tuple[Change, ...] = field(default=(), repr=False)


def export_word(
    workspace: Workspace,
    draft_id: str,
    out: Path,
    *,
    annex: bool = False,
    comments: bool = False,
    style: Path | None = None,
    base: Path | None = None,
    actor: Actor = LOCAL,
) -> Exported:
    """Write a draft as .docx (carrying its origin), .md or .pdf (through LibreOffice), by the ending of `out`.

    `annex` adds the 核数表, `comments` a comment on each figure the ledger does not bear out; `style` is an office's
    style file, `base` its own .dotx. Raises `InputError` for another ending or a place that cannot be written.
    """
    require(actor, Operation.EXPORT)
    suffix = out.suffix.lower()
    if suffix not in KINDS:
        raise InputError(f"不能写成“{out.name}”：文件名请以 {'、'.join(KINDS)} 结尾。")
    draft = drafts.load_draft(workspace.engine, draft_id)
    chosen = load_style(style) if style else Style()
    chosen = replace(chosen, spaced_figures=True) if suffix == ".pdf" else chosen
    notes = [fonts_note(chosen)] if suffix != ".md" else []
    if suffix == ".md":
        export_markdown(draft, out)
    else:
        report = check_draft(workspace, draft) if annex or comments else None
        if report:
            keep_check(workspace.engine, draft_id, content_hash(draft), report, author=actor.name)
        with tempfile.TemporaryDirectory(prefix="jushi-export-") as folder:
            word = out if suffix == ".docx" else Path(folder) / f"{out.stem}.docx"
            export_docx(
                draft,
                word,
                style=chosen,
                check=report,
                annex=annex,
                base=base,
                comments=comments,
                origin=origin_in(workspace, draft),
            )
            if suffix == ".pdf":
                to_pdf(word, out)
    audit.record(workspace.engine, actor.name, audit.Action.EXPORT, draft_id, out.name)
    return Exported(out, tuple(filter(None, notes)))


def origin_in(workspace: Workspace, draft: Draft) -> Origin:
    """The draft with the revision of each of its sections, as a file of it carries them."""
    return origin_of(draft, revisions.revision_numbers(workspace.engine, draft.id))


def import_word(workspace: Workspace, path: Path, *, draft_id: str = "") -> Returned:
    """What was changed in an exported file, against the revision it was exported from; nothing is saved.

    `draft_id` names the draft for a file that does not say where it comes from. Raises `UnreadableFile` for a file
    that cannot be read, `InputError` for one from elsewhere or of a revision that is gone, `SignedOff`.
    """
    file = read_file(path)
    draft, base, guessed = _exported_draft(workspace, path.name, file, draft_id)
    if state_of(workspace, draft.id).status is Status.SIGNED:
        raise SignedOff(f"“{path.name}”出自已签发的稿子 {draft.id}，不能再改。要修改请先另起新版，在新版上改。")
    comparison = Comparison(draft_lines(base), report_lines(file, draft), draft_lines(draft))
    changes = tuple(comparison.changes())
    notices = notices_of(file, draft, base, guessed=guessed)
    return Returned(
        draft.id,
        path.name,
        draft.title,
        _proposals(workspace, draft, comparison, changes),
        file.remarks,
        notices,
        revisions.revision_numbers(workspace.engine, draft.id),
        comparison,
        changes,
    )


def accept_proposals(
    workspace: Workspace, returned: Returned, numbers: Collection[int], *, author: str
) -> list[SectionText]:
    """Save the draft with these proposals taken over, all sections at once; returns the sections that changed.

    Raises `Conflict`, with nothing saved, where the draft was changed since the file was read; `InputError` for a
    number that is not there; `SignedOff`.
    """
    unknown = sorted(set(numbers) - {each.number for each in returned.proposals})
    if unknown:
        known = f"只有 1 到 {len(returned.proposals)}" if returned.proposals else "没有可采用的改动"
        raise InputError(f"“{returned.file}”没有第 {'、'.join(map(str, unknown))} 处改动（{known}）。请重新选择。")
    if not numbers or returned.comparison is None:
        return []
    draft = drafts.load_draft(workspace.engine, returned.draft_id)
    now = revisions.revision_numbers(workspace.engine, draft.id)
    if now != returned.revisions:
        raise Conflict(
            f"{draft.id} 在您查看改动期间又有人改过，这次没有采用。请重新导入“{returned.file}”，看过最新的对照再采用。"
        )
    chosen = [returned.changes[number - 1] for number in sorted(set(numbers))]
    untouched = rebuild(draft, Merging(returned.comparison, []).nodes)
    after = rebuild(draft, Merging(returned.comparison, chosen).nodes)
    before = {section.key: section for section in untouched.sections}
    changed = [replace(each, writer="person") for each in after.sections if before.get(each.key) != each]
    edits = [revisions.Edit(section, now.get(section.key, 0)) for section in changed]
    if head_of(after) != head_of(untouched):
        edits.append(revisions.Edit(_head(draft, untouched, after), now[HEAD]))
    why = f"采用“{returned.file}”的改动 {len(chosen)} 处"
    state = states.keep_facts(workspace.engine, facts_around(workspace, draft.period, town=draft.town))
    action = audit.Action.IMPORT_WORD
    revisions.save_edits(workspace.engine, draft.id, edits, author=author, why=why, facts=state, action=action)
    return changed


def _head(draft: Draft, untouched: Draft, after: Draft) -> Head:
    """The head with the changes; what did not change keeps the draft's own spelling."""
    own, plain_head, new = (head_of(each) for each in (draft, untouched, after))
    return Head(
        own.title if new.title == plain_head.title else new.title,
        own.addressee if new.addressee == plain_head.addressee else new.addressee,
        own.signature if new.signature == plain_head.signature else new.signature,
        own.signed_on if new.signed_on == plain_head.signed_on else new.signed_on,
    )


def _exported_draft(workspace: Workspace, name: str, file: ReturnedFile, draft_id: str) -> tuple[Draft, Draft, bool]:
    """The draft as it is now and as it was exported; True where the file does not say what it was exported from."""
    origin = file.origin
    listed = drafts.list_drafts(workspace.engine)
    if origin is None:
        if not draft_id:
            raise _from_elsewhere(name, file, listed)
        draft = drafts.load_draft(workspace.engine, draft_id)
        return draft, draft, True
    known = next((each.id for each in listed if origin.fits(each.id)), "")
    if draft_id and known != draft_id:
        raise InputError(f"“{name}”出自稿子 {origin.draft_id}，不是 {draft_id}。请去掉稿子编号，或换一个文件。")
    if not known:
        raise InputError(
            f"“{name}”出自稿子 {origin.draft_id}，这个工作目录里没有它，可能已经删除，或是从别的工作目录导出的。"
            "请用 --workspace 指定导出它的工作目录。"
        )
    draft = drafts.load_draft(workspace.engine, known)
    saved = {
        key: {each.number: each.section for each in revisions.revisions(workspace.engine, known, key)}
        for key in revisions.revision_numbers(workspace.engine, known)
        if key != HEAD
    }
    return draft, exported_draft(name, origin, draft, saved), False


def _from_elsewhere(name: str, file: ReturnedFile, listed: Sequence[drafts.Listing]) -> InputError:
    same = next((each.id for each in listed if plain(each.title) and plain(each.title) == plain(file.title)), "")
    hint = (
        f"它的标题与稿子 {same} 相同，如果确是由它改来的，请指定稿子编号再导入（--draft {same}）。"
        if same
        else "请选用据实导出、再用 Word 或 WPS 改过的 .docx；别处来的报告可以用“核数”核对。"
    )
    return InputError(f"“{name}”里没有据实的稿件信息，不是从这里导出的文件，无从对照。{hint}")


def _proposals(
    workspace: Workspace, draft: Draft, comparison: Comparison, changes: Sequence[Change]
) -> tuple[Proposed, ...]:
    merging = Merging(comparison, changes)
    report = check_draft(workspace, rebuild(draft, merging.nodes)) if changes else None
    verdicts = verdicts_of(merging, report) if report else []
    headings = {section.key: section.heading for section in draft.sections}
    return tuple(
        Proposed(
            number,
            change.key,
            headings.get(change.key, "") if change.key else "",
            change.kind,
            change.part,
            change.before,
            change.after,
            change.now,
            change.conflict,
            change.moved,
            change.place,
            verdicts[number - 1],
            comparison.tracked(change),
            _BELOW if comparison.is_below(change) else "",
        )
        for number, change in enumerate(changes, 1)
    )
