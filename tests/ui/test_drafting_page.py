"""起草 in a real browser: the outline settled first, sections as they come, stopped and gone on with; then rewritten."""

import zipfile

import docx
import pytest
from secretary import (
    PAST,
    act,
    begin_draft,
    choose_model,
    editor,
    open_in_editor,
    open_tab,
    put_caret,
    said,
    saved,
    show_outline,
    words,
)

from assistant.store.drafts import list_drafts, load_draft
from assistant.store.revisions import revisions

pytestmark = pytest.mark.browser


def bring_past(page, name="2023年总结.docx"):
    page.locator("#draft-upload input[type=file]").set_input_files(str(PAST / name))
    page.locator("#draft-past").get_by_role("checkbox", name=name).wait_for()


def rows(page):
    return page.locator("#draft-outline .rows tr")


def headings(page):
    return page.evaluate("[...document.querySelectorAll('#draft-outline .heading')].map((each) => each.value)")


def newest(workspace):
    return load_draft(workspace.engine, list_drafts(workspace.engine)[0].id)


def test_a_secretary_settles_the_outline_drafts_rewrites_and_takes_word_home_and_back(page, address, ledger, tmp_path):
    page.goto(f"{address}/?tab=draft")
    bring_past(page)
    choose_model(page, "test-model")

    # The outline: a heading changed, a section moved with its sub-sections, one dropped, one added, a target set.
    show_outline(page)
    before = headings(page)
    page.get_by_label(f"第{before.index('道路交通安全') + 1}行的标题").fill("道路和农机安全")
    page.get_by_role("button", name="删掉“食品安全”").click()
    page.get_by_role("button", name="上移“自建房安全”").click()
    page.get_by_role("button", name="增加一节").click()
    page.locator("#draft-outline .heading:focus").fill("值班值守")
    page.get_by_role("button", name="增加一个目标").click()
    page.get_by_label("目标是哪个指标").select_option("隐患整改率")
    page.get_by_label("目标数").fill("98.5")
    after = headings(page)
    assert after.index("自建房安全") < after.index("道路和农机安全") and "食品安全" not in after and "值班值守" in after

    # A reload loses nothing of it.
    page.reload()
    page.locator("#draft-past").get_by_role("checkbox", name="2023年总结.docx").wait_for()
    show_outline(page)
    page.locator("#draft-outline .restored:not([hidden])").wait_for()
    assert headings(page) == after

    # Sections come one by one; it goes on when the page is reloaded, can be stopped and gone on with.
    page.locator("#draft-start").click()
    page.locator(".jushi-progress.running section").first.wait_for()
    page.locator("#draft-outline .jushi-outline").wait_for(state="hidden")
    page.reload()
    page.locator(".jushi-progress section").first.wait_for()  # the address brings the same tab back
    page.locator(".jushi-progress.running .said", has_text="节/共").wait_for()
    page.locator("#draft-stop").click()
    page.locator(".jushi-progress.stopped").wait_for()
    written = newest(ledger)
    page.locator("#draft-resume").click()
    page.locator(".jushi-progress.done").wait_for()
    finished = newest(ledger)
    assert finished.id == written.id and len(finished.sections) > len(written.sections)
    assert finished.sections[: len(written.sections)] == written.sections
    assert "词元" in page.locator(".jushi-progress .said").inner_text()
    said_headings = "\n".join(section.heading for section in finished.sections)
    assert "道路和农机安全" in said_headings and "食品安全" not in said_headings
    assert "98.5%" in "\n".join(section.text for section in finished.sections)

    # One section is written again: every change is taken or left, and undo takes it back.
    page.locator("#draft-edit").click()
    editor(page).locator(".item, .none").first.wait_for()
    put_caret(page, "路检路查")
    key = page.evaluate("new URL(location).searchParams.get('section')")
    old = words(page)
    act(page, "重写这一节")
    editor(page).get_by_role("button", name="更精炼").click()
    act(page, "开始重写")
    editor(page).locator(".panel .column .change").first.wait_for()
    assert words(page) == old
    editor(page).locator(".panel .change").first.click()  # this one is not wanted
    editor(page).locator(".panel .column .strong").first.click()
    said(page, "已采用")
    new = words(page)
    assert new != old
    kept = revisions(ledger.engine, finished.id, key)[-1]
    assert kept.section.writer == "person" and "逐处采用" in kept.why
    editor(page).locator(".paper").press("Control+z")
    page.wait_for_function(
        "old => JSON.stringify([...document.querySelectorAll('#editor .paper > p')].map((line) => line.textContent)) === old",
        arg=page.evaluate("JSON.stringify", old),
    )
    saved(page)

    # Word goes out, is changed by somebody, and comes back.
    with page.expect_download() as download:
        act(page, "下载 Word")
    word = tmp_path / "改过.docx"
    download.value.save_as(word)
    document = docx.Document(str(word))
    line = next(each for each in document.paragraphs if "路检路查" in each.text)
    line.runs[0].text = "领导改过：" + line.runs[0].text
    document.save(str(word))
    with page.expect_file_chooser() as chooser:
        act(page, "导入改好的 Word")
    chooser.value.set_files(str(word))
    editor(page).locator(".proposals li", has_text="领导改过：").wait_for()
    editor(page).locator(".panel .strong").click()
    said(page, "已采用 1 处")
    saved(page)
    assert any(each.startswith("领导改过：") for each in words(page))
    assert any(section.text.startswith("领导改过：") for section in newest(ledger).sections)


def test_other_formats_are_taken_from_the_menu(page, address, ledger):
    draft = next(each for each in list_drafts(ledger.engine) if each.title)
    open_in_editor(page, address, draft.id)
    for name, suffix in (("Markdown 文本", ".md"), ("证据包", ".zip")):
        editor(page).locator(".menu summary").click()
        with page.expect_download() as download:
            act(page, name)
        assert download.value.suggested_filename.endswith(suffix)
    with zipfile.ZipFile(download.value.path()) as package:
        assert package.namelist()


def test_what_the_ledger_lacks_is_asked_for_before_writing(page, address, ledger):
    page.goto(f"{address}/?tab=draft")
    bring_past(page)
    page.locator("#draft-kind label", has_text="半年总结").click()
    choose_period(page, "2024年上半年")
    page.locator("#draft-past").get_by_role("checkbox", name="2023年总结.docx").check()
    show_outline(page)
    lacking = page.locator("#draft-outline .lacking li")
    lacking.first.wait_for()
    count = lacking.count()
    assert f"（{count} 个数待补）" in page.locator("#draft-start").inner_text()
    lacking.first.locator("select").select_option("drop")
    assert lacking.count() == count - 1
    page.get_by_role("button", name="去导入台账补齐").click()
    page.locator("#ledger-upload").wait_for()
    open_tab(page, "起草")
    choose_model(page, "不用模型")
    begin_draft(page)
    page.locator(".jushi-progress.done").wait_for()
    assert "【待核实" in page.locator(".jushi-progress .written").inner_text()
    page.locator("#draft-edit").wait_for()
    show_outline(page)  # of another report: the finished one is not on show any more
    page.locator("#draft-edit").wait_for(state="hidden")


def choose_period(page, name):
    page.locator("#draft-period input").click()
    page.get_by_role("option", name=name).click()
