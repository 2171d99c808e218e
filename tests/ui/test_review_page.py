"""The journeys of reviewer and administrator in a real browser, with real users."""

import pytest
from office import PASSWORD, REPORT, SENTENCE, free_port, open_office, served, write_report
from sqlalchemy import update

from assistant import reviewing, revising
from assistant.permissions import Actor, Role
from assistant.store import audit

pytestmark = pytest.mark.browser

LI = Actor("li", Role.SECRETARY, "李文书")
WIDE = {"width": 1366, "height": 768}


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    folder = tmp_path_factory.mktemp("review")
    workspace, port = open_office(folder / "workspace"), free_port()
    write_report(workspace)
    with served(folder / "workspace", port, folder / "log") as address:
        yield workspace, address
    workspace.close()


@pytest.fixture
def come(chromium, office):
    """Open the page as somebody, by a link; the test fails if a script broke or anything was asked elsewhere."""
    contexts, broken, outside = [], [], []

    def open_page(name, query):
        context = chromium.new_context(locale="zh-CN", viewport=WIDE)
        contexts.append(context)
        tab = context.new_page()
        tab.set_default_timeout(30_000)
        tab.on("pageerror", lambda error: broken.append(str(error)))
        tab.on(
            "request",
            lambda asked: (
                outside.append(asked.url) if not asked.url.startswith((office[1], "data:", "blob:")) else None
            ),
        )
        tab.goto(f"{office[1]}/{query}")
        tab.get_by_label("用户名").fill(name)
        tab.get_by_label("密码").fill(PASSWORD)
        tab.keyboard.press("Enter")
        tab.locator("#who").get_by_text("退出登录").wait_for()
        return tab

    yield open_page
    for context in contexts:
        context.close()
    assert broken == [] and outside == []


def select(tab, words):
    """Select words in the paper, as a person does with the mouse."""
    tab.evaluate(
        """words => {
            const walker = document.createTreeWalker(document.querySelector('#review-paper .paper'), NodeFilter.SHOW_TEXT);
            let node; while ((node = walker.nextNode())) {
                const at = node.data.indexOf(words);
                if (at >= 0) { getSelection().setBaseAndExtent(node, at, node, at + words.length); break; }
            }
            document.querySelector('#review-paper .paper').dispatchEvent(new MouseEvent('mouseup'));
        }""",
        words,
    )


def standing(tab, status):
    return tab.locator(f"#review-standing .{status}")


def test_a_report_is_commented_on_returned_corrected_and_signed_off(come, office):
    workspace, _ = office
    reviewing.submit(workspace, REPORT, LI)

    # The reviewer comes by a link, selects a figure, comments on it, and gives the report back.
    tab = come("zhang", f"?tab=review&draft={REPORT}")
    standing(tab, "submitted").wait_for()
    assert tab.get_by_role("tab", name="设置", exact=True).count() == 0
    tab.locator("#review-paper p[data-from]", has_text="各村").click(click_count=3)  # the last of its section
    tab.locator("#review-paper .quote", has_text="“各村、各企业积极配合。”").wait_for()
    select(tab, "268家次")
    tab.get_by_label("批注", exact=False).and_(tab.locator("textarea")).fill("与台账不符，请核实")
    tab.get_by_role("button", name="加批注").click()
    tab.locator("#review-paper mark.remark", has_text="268家次").wait_for()
    assert reviewing.comments_of(workspace, REPORT)[0].quote == "268家次"
    tab.locator("#review-return").click()
    tab.get_by_text("退回要写明原因").first.wait_for()
    tab.locator("#review-why input, #review-why textarea").fill("检查企业数要改")
    tab.locator("#review-return").click()
    standing(tab, "returned").wait_for()

    # The secretary sees why, corrects, says so, and submits again.
    secretary = come("li", f"?tab=review&draft={REPORT}")
    standing(secretary, "returned").get_by_text("检查企业数要改").wait_for()
    assert secretary.locator("#review-sign").count() == 0
    base = revising.opened_at(workspace, REPORT)
    text = (
        "青梧镇2024年安全生产工作总结\n一、工作情况\n"
        + SENTENCE.replace("268", "236")
        + "\n各村、各企业积极配合。\n二、下步打算\n继续抓好隐患排查。"
    )
    revising.save_text(workspace, REPORT, text, base, author="li")
    secretary.locator("#review-paper .settle").click()
    secretary.get_by_text("批注都处理好了").wait_for()
    secretary.locator("#review-submit").click()
    standing(secretary, "submitted").wait_for()

    # What was changed can be seen and taken back; here it is only looked at.
    secretary.get_by_role("tab", name="修改记录").click()
    secretary.locator("#review-changes tr", has_text="李文书").first.locator("[data-number]").click()
    diff = secretary.locator("#review-diff .jushi-diff")
    diff.wait_for()
    assert diff.locator("del").inner_text() == "删268家次" and diff.locator("ins").inner_text() == "增236家次"

    # The reviewer signs; from then on the page offers no change, only a new version.
    tab.reload()
    standing(tab, "submitted").wait_for()
    tab.locator("#review-sign").click()
    tab.locator("#review-sure").click()
    standing(tab, "signed").wait_for()
    signed = reviewing.state_of(workspace, REPORT)
    assert signed.content_hash in standing(tab, "signed").inner_text()
    assert tab.locator("#review-paper form").is_hidden()
    secretary.reload()
    secretary.locator("#review-version").click()
    standing(secretary, "writing").get_by_text("第 2 版").wait_for()
    assert f"draft={REPORT}-v2" in secretary.url


def test_an_earlier_state_of_a_section_is_brought_back(come, office):
    workspace, _ = office
    new = reviewing.state_of(workspace, REPORT).successor or REPORT
    base = revising.opened_at(workspace, new)
    revising.save_text(
        workspace,
        new,
        "青梧镇2024年安全生产工作总结\n一、工作情况\n改坏了。\n二、下步打算\n继续抓好隐患排查。",
        base,
        author="li",
    )
    tab = come("li", f"?tab=review&draft={new}")
    tab.get_by_role("tab", name="修改记录").click()
    tab.locator("#review-changes tr", has_text="编辑").first.locator("[data-number]").click()
    tab.locator("#review-restore").click()
    tab.locator("#review-changes tr", has_text="恢复第").first.wait_for()
    tab.get_by_role("tab", name="正文和批注").click()
    tab.locator("#review-paper .paper", has_text="各村、各企业积极配合").wait_for()


def test_an_administrator_keeps_users_and_checks_the_log(come, office):
    workspace, address = office
    tab = come("wang", "?tab=settings")
    tab.get_by_role("tab", name="用户", exact=True).click()
    tab.locator("#users-table", has_text="张审核").wait_for()
    tab.get_by_label("用户名（登录用）").fill("chen")
    tab.get_by_label("初始密码").fill("12345678")
    tab.get_by_role("button", name="添加", exact=True).click()
    tab.get_by_text("太容易猜到").first.wait_for()
    tab.get_by_label("初始密码").fill("muqiao-2207")
    tab.get_by_role("button", name="添加", exact=True).click()
    tab.locator("#users-table tr", has_text="chen").wait_for()
    tab.locator("#users-chosen input").click()
    tab.get_by_role("option", name="chen").click()
    tab.locator("#users-disable").click()
    tab.locator("#users-table tr", has_text="chen").get_by_text("已停用").wait_for()

    tab.get_by_role("tab", name="版本与签审").click()
    tab.get_by_role("tab", name="操作日志").click()
    tab.locator("#audit-entries tr", has_text="停用用户").wait_for()
    tab.locator("#audit-verify").click()
    tab.locator("#audit-verdict", has_text="校验通过").wait_for()
    with workspace.engine.begin() as connection:
        connection.execute(update(audit.ENTRIES).where(audit.ENTRIES.c.number == 2).values(actor="somebody"))
    tab.locator("#audit-verify").click()
    tab.locator("#audit-verdict [role=alert]").wait_for()


def test_an_expired_login_is_told_and_mended_beside_the_open_page(come):
    tab = come("zhao", "?tab=ask")
    tab.get_by_role("tab", name="核数", exact=True).wait_for()
    tab.context.clear_cookies()
    tab.get_by_role("tab", name="版本与签审").click()
    tab.locator("#jushi-connection.out").wait_for()
    with tab.expect_popup() as opened:
        tab.locator("#jushi-connection a").click()
    window = opened.value
    window.get_by_label("用户名").fill("zhao")
    window.get_by_label("密码").fill(PASSWORD)
    window.keyboard.press("Enter")
    window.get_by_text("可以关掉这个窗口").wait_for()
    tab.get_by_role("tab", name="问答", exact=True).click()
    tab.locator("#jushi-connection").wait_for(state="hidden")
