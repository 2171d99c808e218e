"""台账 in a real browser: what was understood is shown on the sheet itself, corrected there, and the figures follow."""

from pathlib import Path

import openpyxl
import pytest

pytestmark = pytest.mark.browser

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
LEDGERS = sorted(str(path) for path in (CORPUS / "ledger").glob("*.*") if path.is_file())
EVIL = '<img src=x onerror="window.hacked=1">'


def open_tab(page, name):
    page.get_by_role("tab", name=name, exact=True).click()


def bring_ledgers(page, files=LEDGERS):
    page.locator("#ledger-upload input[type=file]").set_input_files(files)
    page.locator("#ledger-said").get_by_text("读完了").wait_for()
    page.wait_for_selector("#ledger-facts table")


def choose_sheet(page, name):
    open_tab(page, "每张表读懂了什么")
    page.locator("#ledger-sheet input").click()
    page.get_by_role("option", name=name).click()
    page.locator(f"#ledger-sheets .jushi-picture[aria-label*='{name}']").wait_for()


def test_a_wrong_reading_is_corrected_on_the_picture_of_the_sheet(page):
    bring_ledgers(page)
    choose_sheet(page, "安全检查台账")
    picture = page.locator("#ledger-sheets .jushi-picture")
    assert "青梧镇2024年度安全生产检查台账" in picture.inner_text()

    # The label over a column leads to its field; the figure goes when the column is not used.
    picture.locator("button.label", has_text="检查企业").click()
    field = page.locator("#ledger-sheets select[data-kind=columns]:focus")
    assert field.input_value() == "inspection.enterprises"
    field.select_option("")
    page.get_by_role("button", name="保存更正，重新读取").click()
    changes = page.locator("#ledger-changes table")
    changes.wait_for()
    assert "检查企业" in changes.inner_text() and "没有" in changes.inner_text()
    picture.locator("button.label", has_text="检查企业").wait_for(state="detached")

    # And comes back with the program's own reading.
    page.locator("#ledger-sheets summary", has_text="在这里更正").click()
    page.get_by_role("button", name="恢复程序自己的判断").click()
    picture.locator("button.label", has_text="检查企业").wait_for()
    open_tab(page, "数字")
    page.locator("#ledger-facts th", has_text="检查企业").first.wait_for()


def test_a_problem_leads_to_its_cell(page):
    bring_ledgers(page)
    open_tab(page, "台账里的问题")
    page.locator("#ledger-problems button", has_text="F31").click()
    here = page.locator("#ledger-sheets .jushi-picture .here")
    here.wait_for()
    assert here.get_attribute("data-cell") == "F31"
    page.wait_for_function(
        """() => {
          const cell = document.querySelector('#ledger-sheets .here').getBoundingClientRect();
          return cell.top >= 0 && cell.bottom <= innerHeight && cell.right <= innerWidth;
        }"""
    )


def test_markup_in_a_sheet_is_shown_as_text(page, tmp_path):
    book = openpyxl.Workbook()
    for row in (
        ["2021年检查台账"],
        ["日期", "检查单位数（家次）", f"备注{EVIL}"],
        ["2021.3.5", 8, EVIL],
        ["2021.4.5", 7, "=1+1"],
    ):
        book.active.append(row)
    book.active.title = "检查img"
    book.save(tmp_path / "2021年.xlsx")
    bring_ledgers(page, [str(tmp_path / "2021年.xlsx")])
    choose_sheet(page, "检查img")
    assert EVIL[:20] in page.locator("#ledger-sheets .jushi-picture").inner_text()
    assert page.evaluate("window.hacked") is None
    assert page.locator("img[src=x]").count() == 0
