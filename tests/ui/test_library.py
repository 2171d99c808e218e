"""资料 and 问答 in a real browser: regulations brought in, found and read, and questions asked of them and of the ledger."""

from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
LEDGERS = sorted(str(path) for path in (CORPUS / "ledger").glob("*.*") if path.is_file())
LAWS = sorted(str(path) for path in (CORPUS / "regulations").glob("*.md"))
SUMMARY = CORPUS / "past" / "2022年总结.docx"
EVIL = '<img src=x onerror="window.hacked=1">'


def open_tab(page, name):
    page.get_by_role("tab", name=name, exact=True).click()


def bring(page, files):
    """Files into the library; waits until none is left to read."""
    open_tab(page, "资料")
    page.locator("#library-upload input[type=file]").set_input_files(files)
    page.locator("#library-said [data-busy=false]").filter(has_text=Path(files[-1]).name).wait_for()


def find(page, query):
    page.locator("#library-query").locator("textarea, input").first.fill(query)
    page.keyboard.press("Enter")


def ask(page, question):
    """The answer, once it is there."""
    answers = page.locator("#ask-chat .jushi-answer:not(.waiting)")
    before = answers.count()
    page.locator("#ask-question textarea").fill(question)
    page.keyboard.press("Enter")
    answers.nth(before).wait_for()
    return answers.nth(before)


def sources(page):
    open_tab(page, "已有资料")
    return page.locator("#library-sources tbody tr")


def test_regulations_and_a_summary_are_brought_in_found_and_read(page, tmp_path):
    broken = tmp_path / "坏的.pdf"
    broken.write_bytes(b"%PDF-1.4 cut off")
    bring(page, [str(broken), *LAWS, str(SUMMARY)])
    assert "坏的.pdf" in page.locator("#library-said .refused").inner_text()

    # An article by name, read in its place.
    find(page, "《消防法》第二十八条")
    first = page.locator("#library-hits button").first
    first.filter(has_text="第二十八条").click()
    here = page.locator("#library-reading .here")
    here.wait_for()
    assert here.inner_text().startswith("第二十八条")
    heading = page.locator("#library-reading header").inner_text()
    assert "消防法" in heading and "2021-04-29版" in heading and "现行" in heading

    # By its matter: what was found is marked, here and in the document.
    find(page, "堵塞疏散通道")
    page.locator("#library-hits mark", has_text="疏散通道").first.click()
    page.locator("#library-reading .here mark").first.wait_for()

    # All that is there, with kind, version and state; a name opens the document.
    listed = sources(page)
    listed.filter(has_text="2022年总结.docx").get_by_role("button").first.click()
    page.locator("#library-reading h3", has_text="2022年安全生产工作总结").wait_for()
    assert "往年总结" in listed.filter(has_text="2022年总结.docx").inner_text()

    # The summary is offered for drafting as well; the library is there after a reload.
    open_tab(page, "起草")
    page.locator("#draft-past").get_by_role("checkbox", name="2022年总结.docx").wait_for()
    open_tab(page, "资料")
    page.reload()
    sources(page).nth(len(LAWS)).wait_for()


def test_a_newer_version_replaces_an_older_one_and_a_file_can_be_taken_out(page, tmp_path):
    files = []
    for version, words in (("2020-01-01", "每年检查一次。"), ("2024-01-01", "每年检查两次。")):
        files.append(tmp_path / f"青梧镇渡口管理办法_{version}.md")
        text = f"# 青梧镇渡口管理办法\n\n{version} 公布\n\n第一章 总则\n\n第一条 为了渡口安全，制定本办法。\n\n第二条 渡口{words}\n"
        files[-1].write_text(text, encoding="utf-8")
    bring(page, [str(each) for each in files])
    rows = sources(page).filter(has_text="渡口管理办法")
    rows.nth(1).wait_for()
    assert "已有新版本" in rows.filter(has_text="_2020").inner_text()
    assert "现行" in rows.filter(has_text="_2024").inner_text()
    page.on("dialog", lambda dialog: dialog.accept())
    rows.filter(has_text="_2020").locator("[data-drop]").click()
    rows.filter(has_text="_2020").wait_for(state="detached")
    assert rows.count() == 1


def test_answers_show_figures_with_cells_and_quotes_that_open(page):
    page.locator("#ledger-upload input[type=file]").set_input_files(LEDGERS)
    page.locator("#ledger-said").get_by_text("读完了").wait_for()
    bring(page, LAWS)
    open_tab(page, "问答")
    page.locator("#ask-model input").set_checked(False)

    # A figure with its cells, and a question that leans on the one before.
    figure = ask(page, "2024年上半年检查了多少家企业？")
    assert "家次" in figure.locator(".figures b").first.inner_text()
    figure.locator("summary").first.click()
    assert "2024.xlsx" in figure.locator("details li").first.inner_text()
    assert "2023年上半年" in ask(page, "那2023年上半年呢？").inner_text()

    # A regulation quoted, its source opened beside the chat.
    quoted = ask(page, "堵塞消防通道怎么处罚？")
    assert "2021-04-29版" in quoted.inner_text()
    quoted.locator("[data-passage]").first.click()
    page.locator("#ask-reading .here").wait_for()
    assert page.locator("#ask-reading .here").inner_text()[:20] in quoted.inner_text()

    # What a model says of it counts only where it stands in the quotes; this one talks of something else.
    page.locator("#ask-model input").set_checked(True)
    worded = ask(page, "堵塞消防通道怎么处罚？")
    assert "没有通过与原文的核对" in worded.inner_text()
    assert worded.locator("[data-passage]").count() >= 1

    # What nothing supports is declined, with the reason.
    declined = ask(page, "明年会检查多少家企业？")
    assert "没有依据，不作回答" in declined.inner_text()
    assert declined.locator(".figures").count() == 0

    # A suggestion is asked with a click, and has an answer.
    answered = page.locator("#ask-chat .jushi-answer:not(.waiting)")
    before = answered.count()
    page.locator("#ask-chips button").first.click()
    answered.nth(before).locator(".figures, .citations").first.wait_for()
    page.locator("#ask-again").click()
    page.locator("#ask-chat").get_by_text("想知道什么，直接问").wait_for()


def test_markup_in_documents_and_questions_is_shown_as_text(page, tmp_path):
    law = tmp_path / "渡船办法.md"
    law.write_text(
        f"# 渡船安全办法{EVIL}\n\n2024-05-01 公布\n\n第一条 {EVIL}渡船须配救生衣，每人一件。\n\n第二条 夜间停渡。\n",
        encoding="utf-8",
    )
    bring(page, [str(law)])
    find(page, "渡船救生衣")
    hit = page.locator("#library-hits button").first
    hit.wait_for()
    assert EVIL in hit.inner_text()
    hit.click()
    assert EVIL in page.locator("#library-reading .here").inner_text()
    open_tab(page, "问答")
    page.locator("#ask-model input").set_checked(False)
    ask(page, f"渡船须配救生衣吗？{EVIL}")
    assert EVIL in page.locator("#ask-chat .jushi-question").inner_text()
    assert page.evaluate("window.hacked") is None
    assert page.locator("img[src=x]").count() == 0
