"""The check and the facts as spreadsheets."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from openpyxl import load_workbook

from assistant.export.workbook import export_facts_xlsx, export_xlsx
from assistant.records import (
    Cell,
    CheckReport,
    Fact,
    Finding,
    Kind,
    Period,
    Quantity,
    Severity,
    Verdict,
    VerdictKind,
)

YEAR = Period(date(2024, 1, 1), date(2024, 12, 31))
FACT = Fact(
    "f1",
    "inspection.enterprises",
    "检查企业",
    "检查执法",
    YEAR,
    Decimal("236"),
    "家次",
    (Cell("2024.xlsx", "检查", "D4"),),
    "120 + 116",
)
TEXT = "全年检查企业205家次，下发通知书23份。"


def report() -> CheckReport:
    claim = Quantity(6, 10, TEXT[6:10], Decimal(205), "家次", Kind.COUNT, is_claim=True)
    verdict = Verdict(claim, VerdictKind.CONTRADICTED, "wrong_value", FACT, "236家次", message='=HYPERLINK("x")')
    finding = Finding("placeholder", Severity.WARNING, 0, 2, "全年", "+cmd|' /C calc'!A0", "@SUM(1)")
    return CheckReport(TEXT, YEAR, (claim,), (verdict,), (finding,), chance_matches=1)


def test_every_figure_has_a_row_with_verdict_and_cells(tmp_path: Path) -> None:
    export_xlsx(report(), tmp_path / "核数表.xlsx")
    book = load_workbook(tmp_path / "核数表.xlsx")
    assert book.sheetnames == ["核数表", "其他问题", "汇总"]
    head, row = ([cell.value for cell in line] for line in book["核数表"].iter_rows())
    said = dict(zip(head, row, strict=True))
    assert (said["文中数字"], said["核对结果"], said["台账数"]) == ("205家", "与台账不符", "236家次")
    assert (said["台账单元格"], said["计算方法"]) == ("2024.xlsx〔检查〕D4", "120 + 116")
    assert ["单凭数值就能碰上某个台账数的数字（不代表相符）", 1] in [
        [c.value for c in line] for line in book["汇总"].iter_rows()
    ]


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    export_xlsx(report(), tmp_path / "核数表.xlsx")
    book = load_workbook(tmp_path / "核数表.xlsx")
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
    assert not [cell for cell in cells if cell.data_type == "f"]
    risky = [cell for cell in cells if isinstance(cell.value, str) and cell.value[:1] in "=+-@"]
    assert len(risky) == 3
    assert all(cell.quotePrefix for cell in risky)


def test_facts_keep_their_exact_values(tmp_path: Path) -> None:
    export_facts_xlsx([FACT], tmp_path / "事实.xlsx")
    row = [cell.value for cell in list(load_workbook(tmp_path / "事实.xlsx")["事实"].iter_rows())[1]]
    assert row[:8] == ["f1", "检查执法", "检查企业", "inspection.enterprises", "2024年", "本期数", 236, "家次"]


def test_equal_checks_give_equal_bytes(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        export_xlsx(report(), tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_control_characters_do_not_stop_the_export(tmp_path: Path) -> None:
    fact = Fact("f\x01", "x", "名\x00称", "", YEAR, Decimal(1), "次")
    export_facts_xlsx([fact], tmp_path / "事实.xlsx")
    assert load_workbook(tmp_path / "事实.xlsx")["事实"]["C2"].value == "名称"
