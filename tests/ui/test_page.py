"""The page in a real browser: a secretary's way from spreadsheets to Word, and a report checked."""

import json
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from pathlib import Path

import pytest
from secretary import begin_draft, bring_ledgers, choose_model, open_tab

pytestmark = pytest.mark.browser

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
LEDGERS = sorted(str(path) for path in (CORPUS / "ledger").glob("*.*") if path.is_file())
PAST = CORPUS / "past"


def editor(page):
    return page.locator("#editor .jushi-editor")


def painted(page, kind):
    """The texts coloured as this kind."""
    return page.evaluate("kind => [...(CSS.highlights.get('jushi-' + kind) ?? [])].map(String)", kind)


def wait_for_check(page, before):
    page.wait_for_function(
        "count => Number(document.querySelector('#editor .jushi-editor').dataset.checks) > count", arg=before
    )


def checks(page):
    return int(editor(page).get_attribute("data-checks"))


def test_from_spreadsheets_to_a_word_file(page, tmp_path):
    # The ledger goes in; every figure comes back with last year's and its cells.
    bring_ledgers(page)
    facts = page.locator("#ledger-facts").inner_text()
    assert "检查企业" in facts and "2024.xlsx" in facts

    # A draft, from last year's summary, without a model.
    open_tab(page, "起草")
    page.locator("#draft-upload input[type=file]").set_input_files(str(PAST / "2023年总结.docx"))
    kept = page.locator("#draft-past").get_by_role("checkbox", name="2023年总结.docx")
    kept.wait_for()
    assert kept.is_checked()
    choose_model(page, "不用模型")
    begin_draft(page)
    page.locator(".jushi-progress.done").wait_for(timeout=60_000)
    page.locator("#draft-edit").click()

    # The figures are coloured; one made wrong turns red, undo turns it back.
    editor(page).locator(".item, .none").first.wait_for()
    page.wait_for_function("CSS.highlights.get('jushi-supported')?.size >= 20")  # the draft before it had fewer
    good = painted(page, "supported")
    figure = next(text for text in good if text.endswith("家次"))
    red = len(painted(page, "contradicted"))
    before = checks(page)
    put_caret_after_digits(page, figure)
    page.keyboard.type("7")
    wait_for_check(page, before)
    assert len(painted(page, "contradicted")) == red + 1
    wrong = figure.replace("家次", "7家次")
    editor(page).locator(".item", has_text=wrong).click()
    card = editor(page).locator(".card").inner_text()
    assert figure in card and "2024.xlsx" in card
    before = checks(page)
    editor(page).locator(".paper").click()
    page.keyboard.press("Control+z")
    wait_for_check(page, before)
    assert len(painted(page, "contradicted")) == red

    # Typing is saved as a person's; Word takes it along.
    write_at_end(page, "以上情况，特此报告。")
    page.keyboard.press("Control+s")
    editor(page).locator(".state[data-is=saved]", has_text="已保存").wait_for()
    before = checks(page)
    editor(page).get_by_role("button", name="重新核数").click()
    wait_for_check(page, before)
    assert "已保存" in editor(page).locator(".status").inner_text()  # a later check does not take it back
    with page.expect_download() as download:
        editor(page).get_by_role("button", name="下载 Word").click()
    word = tmp_path / download.value.suggested_filename
    download.value.save_as(word)
    with zipfile.ZipFile(word) as archive:
        assert "以上情况，特此报告。" in archive.read("word/document.xml").decode()

    # After a reload the draft is there as saved.
    page.reload()
    open_tab(page, "编辑")
    editor(page).locator(".paper p").first.wait_for()
    assert "以上情况，特此报告。" in editor(page).locator(".paper").inner_text()


def write_at_end(page, text):
    """Type a new last line. On a busy machine the page may still be opening the draft, which takes the caret away."""
    paper = editor(page).locator(".paper")
    for _ in range(3):
        paper.click()
        page.keyboard.press("Control+End")
        page.keyboard.press("Enter")
        page.keyboard.type(text)
        if text in paper.inner_text():
            return
    raise AssertionError(f"“{text}” could not be typed")


def put_caret_after_digits(page, figure):
    """The caret just before the unit of a coloured figure."""
    page.evaluate(
        """figure => {
            const range = [...CSS.highlights.get('jushi-supported')].find((each) => String(each) === figure);
            document.querySelector('#editor .paper').focus();
            getSelection().collapse(range.startContainer, range.startOffset + figure.search(/\\D/));
        }""",
        figure,
    )


def test_the_check_finds_what_was_planted_in_a_report(page, tmp_path):
    bring_ledgers(page)
    open_tab(page, "核数")
    page.locator("#check-upload input[type=file]").set_input_files(str(PAST / "2023年总结.docx"))
    choose(page, "#check-period", "2023年全年")
    page.locator("#check-start").click()
    page.locator("#checker .item").first.wait_for()
    assert painted(page, "contradicted")
    for name, suffix in (("下载批注 Word", ".docx"), ("下载核数表 Excel", ".xlsx")):
        with page.expect_download() as download:
            page.locator("#checker").get_by_role("button", name=name).click()
        assert download.value.suggested_filename.endswith(suffix)


def choose(page, dropdown, name):
    page.locator(f"{dropdown} input").click()
    page.get_by_role("option", name=name).click()


EVIL = '<img src=x onerror="window.hacked=1">'


def test_markup_in_files_and_texts_is_shown_as_text(page, tmp_path):
    facts = tmp_path / f"事实{EVIL.replace('/', '')}.csv"
    facts.write_text(f"topic,indicator,period,value,unit\n{EVIL},检查企业,2024,184,家次\n", encoding="utf-8")
    open_tab(page, "核数")
    page.get_by_role("button", name="改用另给的台账或事实表").click()
    page.locator("#check-facts input[type=file]").set_input_files(str(facts))
    page.locator("#check-facts").get_by_text(".csv").first.wait_for()
    page.locator("#check-text textarea").fill(f"2024年总结\n全年检查企业{EVIL}，检查企业236家次。")
    choose(page, "#check-period", "2024年全年")
    page.locator("#check-start").click()
    page.locator("#checker .item", has_text="236家次").click()
    assert EVIL in page.locator("#checker .paper").inner_text()
    assert EVIL in page.locator("#checker .card").inner_text()
    (tmp_path / "b<img src=x>.xlsx").write_bytes(b"not a workbook")
    open_tab(page, "台账")
    page.locator("#ledger-upload input[type=file]").set_input_files(str(tmp_path / "b<img src=x>.xlsx"))
    page.locator("[data-testid=toast-body], .jushi-said.bad").first.wait_for()
    assert page.evaluate("window.hacked") is None
    assert page.locator("img[src=x]").count() == 0


def test_a_file_of_another_kind_is_refused_with_the_kinds_that_fit(page, tmp_path):
    picture = tmp_path / "照片.png"
    picture.write_bytes(b"png")
    page.locator("#ledger-upload input[type=file]").set_input_files(str(picture))
    message = page.locator("[data-testid=toast-body]").first
    message.wait_for()
    assert "照片.png" in message.inner_text() and ".xlsx" in message.inner_text()


def test_the_page_fits_a_small_office_screen(page):
    for name in ("台账", "资料", "起草", "编辑", "核数", "问答"):
        open_tab(page, name)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_nothing_is_offered_to_other_programs(address):
    with urllib.request.urlopen(f"{address}/gradio_api/info", timeout=10) as answer:
        assert json.load(answer) == {"named_endpoints": {}, "unnamed_endpoints": {}}


@pytest.mark.parametrize("name", ["jushi.db", "past/2023年总结.docx", "../log"])
def test_files_of_the_workspace_are_not_handed_out(address, served_folder, name):
    path = urllib.parse.quote(str(served_folder / "workspace" / name))
    with pytest.raises(urllib.error.HTTPError, match="40[34]"):
        urllib.request.urlopen(f"{address}/gradio_api/file={path}", timeout=10)
