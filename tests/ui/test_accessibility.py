"""Every tab for everybody: no serious finding of axe-core, no sideways scrolling on a small screen or a phone.

axe-core is not part of the project; `scripts/axe` fetches it into the user's cache.
"""

import os
import re
from pathlib import Path

import pytest
from secretary import (
    act,
    begin_draft,
    choose_model,
    make_draft,
    open_in_editor,
    put_caret,
    saved,
    select_words,
    show_outline,
)

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "corpus"
LEDGERS = sorted(str(path) for path in (CORPUS / "ledger").glob("*.*") if path.is_file())
LAWS = sorted(str(path) for path in (CORPUS / "regulations").glob("*.md"))
TABS = ("台账", "资料", "起草", "编辑", "核数", "问答", "版本与签审", "设置")
PHONE = {"width": 390, "height": 844}
_FINDINGS = """async () => {
  const { violations } = await axe.run(document, { resultTypes: ['violations'] });
  return violations.filter((each) => ['serious', 'critical'].includes(each.impact))
    .map((each) => `${each.id}: ${each.nodes.slice(0, 3).map((node) => node.html.slice(0, 200)).join(' | ')}`);
}"""


def axe_file():
    version = re.search(r"^version=(.+)$", (ROOT / "scripts" / "axe").read_text(encoding="utf-8"), re.MULTILINE)[1]
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return cache / "jushi" / f"axe-core-{version}" / "axe.min.js"


def open_tab(page, name):
    page.get_by_role("tab", name=name, exact=True).click()
    page.locator(f"[role=tab][aria-selected=true]:text-is('{name}')").first.wait_for()


def settled(page):
    """Nothing is loading, fading or moving any more."""
    page.wait_for_function(
        """() => !document.querySelector('[data-testid=status-tracker]:is(.generating, .translucent):not(.hide)')
          && document.getAnimations().every((each) => each.playState !== 'running' || each.effect.getTiming().iterations === Infinity)"""
    )


@pytest.fixture
def axe(page):
    path = axe_file()
    if not path.exists():
        pytest.skip("needs axe-core, which scripts/axe fetches with npm")
    source = path.read_text(encoding="utf-8")

    def run(where):
        settled(page)
        if not page.evaluate("typeof axe !== 'undefined'"):
            page.evaluate(source)
        found = page.evaluate(_FINDINGS)
        assert not found, f"{where}: {found}"

    return run


def bring_everything(page):
    page.locator("#ledger-upload input[type=file]").set_input_files(LEDGERS)
    page.locator("#ledger-said").get_by_text("读完了").wait_for()
    open_tab(page, "资料")
    page.locator("#library-upload input[type=file]").set_input_files(LAWS)
    page.locator("#library-said [data-busy=false]").filter(has_text="份资料").wait_for()


def test_no_tab_has_a_serious_barrier(page, axe):
    for name in TABS:
        open_tab(page, name)
        axe(name)


def test_what_the_tabs_show_of_data_has_none_either(page, axe):
    bring_everything(page)
    page.locator("#library-query").locator("textarea, input").first.fill("堵塞疏散通道")
    page.keyboard.press("Enter")
    page.locator("#library-hits mark", has_text="疏散通道").first.click()
    page.locator("#library-reading .here mark").first.wait_for()
    axe("资料：查到的条文")
    open_tab(page, "已有资料")
    page.locator("#library-sources tbody tr").first.wait_for()
    axe("资料：已有资料")
    open_tab(page, "台账")
    page.locator("#ledger-facts tbody tr").first.wait_for()
    axe("台账：数字")
    for name, shown in (("分月、分村、各年", "#ledger-bars table"), ("台账里的问题", "#ledger-problems .jushi-notice")):
        open_tab(page, name)
        page.locator(shown).first.wait_for()
        axe(name)
    open_tab(page, "每张表读懂了什么")
    page.locator("#ledger-sheets summary").first.click()
    page.locator("#ledger-sheets form select").first.wait_for()
    axe("每张表读懂了什么")
    open_tab(page, "设置")
    for name in ("指标字典", "用户", "数据和版本"):
        open_tab(page, name)
        axe(name)


def test_the_way_of_a_report_has_none_either(page, axe, address, ledger):
    open_tab(page, "起草")
    choose_model(page, "不用模型")
    show_outline(page)
    axe("起草：提纲")
    begin_draft(page)
    page.locator(".jushi-progress.done").wait_for()
    axe("起草：写完")
    draft = make_draft(ledger)
    open_in_editor(page, address, draft)
    page.locator("#editor .item").first.click()
    axe("编辑：一个数字")
    select_words(page, "排查安全隐患147处")
    act(page, "锁定选中的句子")
    page.locator("#editor .said", has_text="已锁定").wait_for()
    put_caret(page, "群众广泛参加")
    page.keyboard.type("检查企业999家次。")
    page.locator("#editor .item", has_text="999家次").first.click()
    axe("编辑：锁定、错数")
    saved(page)
    open_tab(page, "版本与签审")
    page.locator("#review-standing .writing").wait_for()
    axe("版本与签审：批注")
    open_tab(page, "修改记录")
    page.locator("#review-changes [data-number]").first.click()
    page.locator("#review-diff .jushi-diff").wait_for()
    axe("版本与签审：修改记录")


def test_a_check_and_an_answer_have_none_either(page, axe, ledger):
    open_tab(page, "核数")
    page.locator("#check-text textarea").fill("2024年总结\n全年检查企业999家次，排查隐患147处。")
    page.locator("#check-start").click()
    page.locator("#checker .item", has_text="999家次").first.click()
    axe("核数：结果")
    open_tab(page, "问答")
    page.locator("#ask-question textarea").fill("2024年检查企业多少家次？")
    page.keyboard.press("Enter")
    page.locator("#ask-chat").get_by_text("检查企业").last.wait_for()
    axe("问答：回答")


def test_a_phone_shows_every_tab_without_sideways_scrolling(page):
    wide = page.viewport_size
    for name in TABS:
        page.set_viewport_size(wide)  # where every tab has its button in sight
        open_tab(page, name)
        page.set_viewport_size(PHONE)
        settled(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], name
