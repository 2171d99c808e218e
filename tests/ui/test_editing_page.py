"""编辑 in a real browser: nothing typed is lost, whoever else works on the draft and whatever becomes of the service."""

import pytest
from secretary import act, editor, make_draft, open_in_editor, put_caret, said, saved, select_words, words

from assistant.periods import year_of
from assistant.records import Draft, ReportKind, SectionText
from assistant.revising import opened_at, save_text
from assistant.store.drafts import load_draft, save_head
from assistant.store.revisions import save_section
from assistant.store.states import keep_facts
from assistant.workflow import draft_text, import_ledger
from assistant.workspace import facts_around

pytestmark = pytest.mark.browser


@pytest.fixture
def draft(ledger):
    return make_draft(ledger)


def section(workspace, draft_id, key):
    return next(each for each in load_draft(workspace.engine, draft_id).sections if each.key == key)


def another_writes(workspace, draft_id, old, new, author="王会计"):
    """Somebody else changes the draft while the page has it open."""
    text = draft_text(load_draft(workspace.engine, draft_id))
    assert old in text
    save_text(workspace, draft_id, text.replace(old, new), opened_at(workspace, draft_id), author=author)


def test_what_is_typed_is_saved_by_itself_and_the_state_is_always_true(page, address, ledger, draft):
    open_in_editor(page, address, draft)
    put_caret(page, "群众广泛参加")
    page.keyboard.type("各村都有人来。")
    saved(page)
    assert "已保存（" in editor(page).locator(".state").inner_text()
    assert "各村都有人来。" in section(ledger, draft, "02").text
    act(page, "重新核数")
    said(page, "已按最新台账核过")
    assert "已保存（" in editor(page).locator(".state").inner_text()


def test_an_input_method_is_never_disturbed(page, address, ledger, draft):
    open_in_editor(page, address, draft)
    put_caret(page, "群众广泛参加")
    method = page.context.new_cdp_session(page)
    method.send("Input.imeSetComposition", {"text": "jiancha", "selectionStart": 7, "selectionEnd": 7})
    page.locator("#editor .state[data-is=unsaved]").wait_for()
    another_writes(ledger, draft, "压实责任", "压紧责任")
    page.keyboard.press("Control+s")  # asked for in the middle of a word: it waits for the word
    method.send("Input.imeSetComposition", {"text": "检查", "selectionStart": 2, "selectionEnd": 2})
    assert "jiancha" not in section(ledger, draft, "02").text
    method.send("Input.insertText", {"text": "检查"})
    saved(page)
    assert section(ledger, draft, "02").text == "全年举办安全培训，群众广泛参加。检查"
    assert "一是压紧责任。二是抓好整治。" in words(page)  # the other's change came in beside it


def test_two_people_at_one_section_both_keep_their_words(page, address, ledger, draft):
    open_in_editor(page, address, draft)
    another_writes(ledger, draft, "群众广泛参加", "群众踊跃参加")
    put_caret(page, "群众广泛参加")
    page.keyboard.type("效果很好。")
    panel = editor(page).locator(".panel")
    panel.locator(".conflict").wait_for()
    assert "未保存" in editor(page).locator(".state").inner_text()
    shown = panel.inner_text()
    assert "效果很好。" in shown and "群众踊跃参加" in shown and "王会计" in shown
    panel.get_by_text("两种都先留下").click()
    panel.get_by_role("button", name="就这样保存").click()
    saved(page)
    assert section(ledger, draft, "02").text == (
        "全年举办安全培训，群众踊跃参加。\n全年举办安全培训，群众广泛参加。效果很好。"
    )
    assert "全年举办安全培训，群众踊跃参加。" in words(page)


def leave_unsaved(page, where, typed):
    """Type while the service is gone and leave the page, which tries in vain once more to save."""
    # not a route: one lets through now and then what a page sends while it is being left
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('gone')); }")
    put_caret(page, where)
    page.keyboard.type(typed)
    page.locator("#editor .state[data-is=bad]").wait_for()
    page.once("dialog", lambda dialog: dialog.accept())  # "leave the page?" – yes
    page.goto("about:blank")


def test_text_the_service_could_not_take_is_found_again(page, address, ledger, draft):
    open_in_editor(page, address, draft)
    leave_unsaved(page, "群众广泛参加", "还没存上。")
    assert "还没存上。" not in section(ledger, draft, "02").text
    open_in_editor(page, address, draft)
    editor(page).locator(".note").get_by_role("button", name="找回来").click()
    assert "全年举办安全培训，群众广泛参加。还没存上。" in words(page)
    saved(page)
    assert "还没存上。" in section(ledger, draft, "02").text
    open_in_editor(page, address, draft)
    assert editor(page).locator(".note", has_text="没来得及保存").count() == 0


def test_text_offered_again_stays_until_somebody_decides(page, address, ledger, draft):
    open_in_editor(page, address, draft)
    leave_unsaved(page, "群众广泛参加", "还没存上。")
    open_in_editor(page, address, draft)
    act(page, "重新核数")
    said(page, "已按最新台账核过")
    put_caret(page, "压实责任")
    page.keyboard.type("层层落实。")
    saved(page)
    leave_unsaved(page, "抓好整治", "不留死角。")
    open_in_editor(page, address, draft)
    offers = editor(page).locator(".note", has_text="没来得及保存")
    assert offers.count() == 2
    offers.last.get_by_role("button", name="找回来").click()
    found = "".join(words(page))
    assert "层层落实。" in found and "不留死角。" in found and "还没存上。" not in found
    offers.get_by_role("button", name="不要了").click()
    assert offers.count() == 0
    saved(page)
    open_in_editor(page, address, draft)
    assert offers.count() == 0 and "还没存上。" not in "".join(words(page))


def test_a_save_that_failed_is_made_up_for_when_the_service_is_back(page, address, ledger, draft):
    open_in_editor(page, address, draft)
    page.route("**/component_server**", lambda route: route.abort())
    put_caret(page, "群众广泛参加")
    page.keyboard.type("又写一句。")
    page.locator("#editor .state[data-is=bad]").wait_for()
    page.unroute_all()
    page.keyboard.press("Control+s")
    saved(page)
    assert "又写一句。" in section(ledger, draft, "02").text


def test_a_section_and_a_sentence_are_locked_and_shown_so(page, address, ledger, draft):
    open_in_editor(page, address, draft)
    select_words(page, "排查安全隐患147处")
    act(page, "锁定选中的句子")
    said(page, "已锁定这句")
    assert page.evaluate("[...CSS.highlights.get('jushi-locked')].map(String)") == ["排查安全隐患147处，整改143处。"]
    put_caret(page, "抓好整治")
    act(page, "锁定这一节")
    page.locator("#editor .here[data-is=locked]").wait_for()
    assert editor(page).get_by_role("button", name="重写这一节").is_disabled()
    act(page, "解锁这一节")
    page.locator("#editor .here[data-is=open]").wait_for()


def test_a_figure_not_mentioned_is_put_in_at_the_caret_as_a_sentence(page, address, ledger, draft):
    open_in_editor(page, address, draft)
    put_caret(page, "群众广泛参加")
    editor(page).locator(".item.omission", has_text="安委会会议").click()
    ready = editor(page).locator(".card .ready").inner_text()
    assert "14次" in ready
    editor(page).get_by_role("button", name="插入到光标处").click()
    said(page, "已在光标处插入")
    assert "全年举办安全培训，群众广泛参加。" + ready in words(page)
    editor(page).locator(".item.omission", has_text="安委会会议").wait_for(state="detached")
    saved(page)
    assert ready in section(ledger, draft, "02").text


MONTHS = "青梧镇2019年安全生产检查统计表,,\n月份,检查企业（家次）,排查隐患（处）\n1月,{}\n"


def test_figures_the_ledger_has_left_behind_are_brought_up_to_date(page, address, ledger, tmp_path):
    # a year no other test looks at, and no list of periods offers
    book = tmp_path / "2019.csv"
    book.write_text(MONTHS.format("50,17"), encoding="utf-8")
    import_ledger(ledger, [book])
    head = Draft("annual-2019-1", ReportKind.ANNUAL, year_of(2019), "青梧镇工作总结", "青梧镇", ())
    save_head(ledger.engine, head, "2019")
    written_on = keep_facts(ledger.engine, facts_around(ledger, year_of(2019)))
    text = SectionText("01", "一、检查执法", 1, "全年检查企业50家次，排查隐患17处。")
    save_section(ledger.engine, head.id, text, author="offline", why="起草", facts=written_on)
    book.write_text(MONTHS.format("30,17"), encoding="utf-8")
    import_ledger(ledger, [book])

    open_in_editor(page, address, head.id)
    put_caret(page, "排查隐患17处")
    page.keyboard.type("情况属实。")  # not saved yet when the figures are asked for
    act(page, "看一看、更新数字")
    assert "50家次 → 30家次" in editor(page).locator(".stale").inner_text()
    act(page, "更新数字")
    said(page, "数字已按最新台账更新")
    assert "全年检查企业30家次，排查隐患17处。情况属实。" in words(page)
    saved(page)
    assert section(ledger, head.id, "01").text == "全年检查企业30家次，排查隐患17处。情况属实。"
    editor(page).locator(".note").wait_for(state="detached")


def test_a_link_leads_to_the_section(page, address, draft):
    open_in_editor(page, address, draft, section="03")
    assert "下一步打算" in editor(page).locator(".here .name").inner_text()
    put_caret(page, "群众广泛参加")
    page.wait_for_function("new URL(location).searchParams.get('section') === '02'")


def test_each_verdict_has_a_line_of_its_own(page, address, draft):
    open_in_editor(page, address, draft)
    styles = page.evaluate(
        """[...document.querySelectorAll('#editor .legend .sample')].map((each) => {
            const look = getComputedStyle(each);
            return [look.textDecorationStyle, look.textDecorationThickness, look.textDecorationLine, look.outlineStyle].join(' ');
        })"""
    )
    assert len(set(styles)) == len(styles)
