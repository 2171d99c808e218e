"""Word and back: ``python -m evals.roundtrip [--seeds N] [--tool NAME …]``.

The sample town's annual report is exported, edited in many kinds by LibreOffice (a macro, or only saved by it) and in
the file's XML as Word leaves it, and imported again: all changes must be found, none invented. Accepting all of them
must give the text of the edited file. One line a kind: found of expected, invented.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.export.lines import draft_lines, plain
from assistant.export.merging import Merging
from assistant.office import soffice
from assistant.periods import parse_period, period_id
from assistant.records import Draft, ReportKind
from assistant.retrieval.loaders import load_document
from assistant.settings import load_settings
from assistant.shipped import shipped
from assistant.store import drafts
from assistant.wordfiles import Returned, export_word, import_word
from assistant.workflow import import_ledger, write_draft
from assistant.workspace import Workspace, open_workspace
from evals.office_edits import edit_with_libreoffice, edit_xml
from evals.roundtrip_kinds import Case, Expected, cases, same

TOOLS = ("XML", "XML→LibreOffice", "LibreOffice")


@dataclass(frozen=True)
class Result:
    """What an import made of one edited file."""

    case: Case
    tool: str
    found: int
    missed: tuple[Expected, ...]
    invented: tuple[str, ...]
    faithful: bool  # accepting everything gives the file's text


def sample_town(folder: Path) -> tuple[Workspace, Draft]:
    """The sample town's workspace with its annual report, signed and addressed as a finished one is."""
    workspace = open_workspace(load_settings(folder / "data"))
    import_ledger(workspace, [shipped("corpus/ledger")])
    past = [load_document(path) for path in sorted(shipped("corpus/past").glob("*.docx"), reverse=True)]
    draft = write_draft(workspace, ReportKind.ANNUAL, parse_period("2024"), past=past, model="none")
    signed = replace(draft, addressee="县安全生产委员会：", signed_on="2025年1月6日")
    drafts.save_head(workspace.engine, signed, period_id(draft.period))
    return workspace, drafts.load_draft(workspace.engine, draft.id)


def run_tool(
    workspace: Workspace, draft: Draft, tool: str, wanted: Sequence[Case], folder: Path, *, annex: bool = False
) -> list[Result]:
    """Every case done by one tool."""
    source = folder / "source.docx"
    export_word(workspace, draft.id, source, annex=annex)
    paths = [folder / f"{number}-{tool[:3]}.docx" for number in range(len(wanted))]
    if tool == "LibreOffice":
        edit_with_libreoffice([(source, path, case.operations) for case, path in zip(wanted, paths, strict=True)])
    else:
        for case, path in zip(wanted, paths, strict=True):
            data = edit_xml(source.read_bytes(), case.operations)
            path.write_bytes(data)
        if tool == "XML→LibreOffice":
            edit_with_libreoffice([(path, path.with_suffix(".saved.docx"), ()) for path in paths])
            paths = [path.with_suffix(".saved.docx") for path in paths]
    return [judge(case, tool, import_word(workspace, path)) for case, path in zip(wanted, paths, strict=True)]


def judge(case: Case, tool: str, returned: Returned) -> Result:
    """What was found of the expected changes, and what besides."""
    left = list(returned.proposals)
    missed: list[Expected] = []
    for expected in case.expected:
        hit = next((each for each in left if _is(each.kind, each.before, each.after, expected)), None)
        if hit is None:
            covered = expected.other is not None and any(
                _is_other(each.kind, each.before, each.after, expected) for each in returned.proposals
            )
            missed += [] if covered else [expected]
        else:
            left.remove(hit)
    invented = tuple(f"{each.label}：{each.before[:24]} → {each.after[:24]}" for each in left)
    remarks = () if len(returned.remarks) == case.remarks else (f"批注 {len(returned.remarks)} 条",)
    return Result(
        case, tool, len(case.expected) - len(missed), tuple(missed), (*invented, *remarks), _is_faithful(returned)
    )


def _is(kind: str, before: str, after: str, expected: Expected) -> bool:
    exact = kind == expected.kind and same(before, expected.before) and same(after, expected.after)
    return exact or _is_other(kind, before, after, expected)


def _is_other(kind: str, before: str, after: str, expected: Expected) -> bool:
    if expected.other is None:
        return False
    named, was, became = expected.other
    return kind == named and same(before, was) and same(after, became)


def _is_faithful(returned: Returned) -> bool:
    """Whether accepting everything gives the file's own lines in its own order."""
    if returned.comparison is None:
        return False
    nodes = Merging(returned.comparison, returned.changes).nodes
    ours = [plain(line) for node in nodes for line in node.text.replace("：\n", "：").split("\n") if plain(line)]
    theirs = [plain(part) for line in returned.comparison.file for part in line.text.split("\n") if plain(part)]
    return "".join(ours) == "".join(theirs)


def main(arguments: list[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--tool", action="append", choices=TOOLS)
    parser.add_argument("--annex", action="store_true", help="export with the annex")
    given = parser.parse_args(arguments)
    tools = given.tool or (TOOLS if soffice.find_soffice() else TOOLS[:1])
    results: list[Result] = []
    with tempfile.TemporaryDirectory(prefix="jushi-roundtrip-") as folder:
        workspace, draft = sample_town(Path(folder))
        wanted = [case for seed in range(given.seeds) for case in cases(draft_lines(draft), seed)]
        for tool in tools:
            place = Path(folder) / tool[:3] / str(len(tool))
            place.mkdir(parents=True)
            results += run_tool(workspace, draft, tool, wanted, place, annex=given.annex)
        workspace.close()
    print_table(results, tools)


def print_table(results: Sequence[Result], tools: Sequence[str]) -> None:
    """One line a kind, one column a tool."""
    kinds = list(dict.fromkeys(result.case.kind for result in results))
    print("找到/应有（多报）" + "".join(f"\t{tool}" for tool in tools))
    for kind in [*kinds, ""]:
        cells = []
        for tool in tools:
            mine = [each for each in results if each.tool == tool and kind in ("", each.case.kind)]
            expected, found = sum(len(each.case.expected) for each in mine), sum(each.found for each in mine)
            wrong, odd = sum(len(each.invented) for each in mine), sum(not each.faithful for each in mine)
            cells.append(f"{found}/{expected}（{wrong}）{f' 全部采用后不同 {odd}' if odd else ''}" if mine else "—")
        print(f"{kind or '合计'}\t" + "\t".join(cells))
    for each in results:
        for missed in each.missed:
            print(f"漏：{each.tool} {each.case.kind} {missed.kind.label} {missed.before[:40]} → {missed.after[:40]}")
        for invented in each.invented:
            print(f"多：{each.tool} {each.case.kind} {invented}")


if __name__ == "__main__":
    main()
