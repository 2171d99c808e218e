"""`jushi ledger …` and `jushi facts`: what the spreadsheets hold."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.options import JsonOption, PeriodOption, TownOption, WorkspaceOption, opened, print_json

app = typer.Typer(help="台账：导入、查看、列映射、问题。", no_args_is_help=True, rich_markup_mode=None)


@app.command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="台账文件或文件夹：.xlsx .xls .csv .tsv")],
    town: TownOption = "",
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """导入台账，并说明读了什么、猜了什么、没收什么。原文件不会被改动。"""
    from assistant.workflow import import_ledger

    with opened(workspace, town=town) as opened_workspace:
        report = import_ledger(opened_workspace, files)
    if as_json:
        from assistant.cli.shapes import import_shape

        print_json(import_shape(report))
    else:
        from assistant.cli.ledger_tables import print_import

        print_import(report)


@app.command("show")
def show(town: TownOption = "", as_json: JsonOption = False, workspace: WorkspaceOption = None) -> None:
    """已导入了哪些表，每张表读懂了什么。"""
    from assistant.ledger.problems import sheets as read_sheets

    with opened(workspace, create=False, town=town) as opened_workspace:
        sheets = read_sheets(opened_workspace.engine, town=opened_workspace.town)
    if as_json:
        from assistant.cli.shapes import sheet_shape

        print_json([sheet_shape(sheet) for sheet in sheets])
    else:
        from assistant.cli.ledger_tables import print_sheets

        print_sheets(sheets)


@app.command("map")
def map_(town: TownOption = "", as_json: JsonOption = False, workspace: WorkspaceOption = None) -> None:
    """每一列对应哪个指标，映射文件在哪里（可以手改，下次导入照用）。"""
    from assistant.ledger.problems import sheets as read_sheets
    from assistant.workspace import LAYOUTS

    with opened(workspace, create=False, town=town) as opened_workspace:
        sheets, folder = (
            read_sheets(opened_workspace.engine, town=opened_workspace.town),
            opened_workspace.folder / LAYOUTS,
        )
    if as_json:
        from assistant.cli.shapes import sheet_shape

        print_json([sheet_shape(sheet) for sheet in sheets])
    else:
        from assistant.cli.ledger_tables import print_mappings

        print_mappings(sheets, folder)


@app.command("problems")
def problems(town: TownOption = "", as_json: JsonOption = False, workspace: WorkspaceOption = None) -> None:
    """台账里的问题：读不懂的、重复的、不属于当年的、合计对不上的，逐条带单元格。"""
    from assistant.ledger.problems import problems as read_problems

    with opened(workspace, create=False, town=town) as opened_workspace:
        notices = read_problems(opened_workspace.engine, town=opened_workspace.town)
    if as_json:
        from assistant.cli.shapes import notice_shape

        print_json([notice_shape(notice) for notice in notices])
    else:
        from assistant.cli.tables import print_notices

        print_notices(notices)


def facts(
    period: PeriodOption, town: TownOption = "", as_json: JsonOption = False, workspace: WorkspaceOption = None
) -> None:
    """一个期间的事实：数值、单位、同比、依据单元格。"""
    from assistant.periods import parse_period
    from assistant.workspace import compute_facts

    span = parse_period(period)
    with opened(workspace, create=False, town=town) as opened_workspace:
        found = compute_facts(opened_workspace, span)
    if as_json:
        from assistant.cli.shapes import facts_shape

        print_json(facts_shape(found))
    else:
        from assistant.cli.tables import print_facts

        print_facts(found, span)
