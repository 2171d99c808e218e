"""What a secretary does on the page, step by step, and small drafts to do it with."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from assistant.periods import parse_period
from assistant.records import Draft, ReportKind, SectionText
from assistant.store.drafts import list_drafts, save_head
from assistant.store.revisions import save_section

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
LEDGERS = sorted(path for path in (CORPUS / "ledger").glob("*.*") if path.is_file())
PAST = CORPUS / "past"
SECTIONS = (
    SectionText("01", "一、隐患排查", 1, "全年检查企业268家次。\n排查安全隐患147处，整改143处。"),
    SectionText("02", "二、宣传教育", 1, "全年举办安全培训，群众广泛参加。"),
    SectionText("03", "三、下一步打算", 1, "一是压实责任。二是抓好整治。"),
)


def bring_ledgers(page):
    page.locator("#ledger-upload input[type=file]").set_input_files([str(path) for path in LEDGERS])
    page.locator("#ledger-said").get_by_text("读完了").wait_for()
    page.wait_for_selector("#ledger-facts table")


def open_tab(page, name):
    page.get_by_role("tab", name=name, exact=True).click()


def choose_model(page, name):
    page.locator("#draft-model label", has_text=name).click()


def show_outline(page):
    """The outline of what is chosen, ready to be changed."""
    page.locator("#draft-outline-show").click()
    page.locator("#draft-outline .rows tr").first.wait_for()


def begin_draft(page):
    show_outline(page)
    page.locator("#draft-start").click()


def editor(page):
    return page.locator("#editor .jushi-editor")


def paper(page):
    return page.locator("#editor .paper")


def words(page):
    """What stands on the paper, line by line."""
    return page.evaluate("[...document.querySelectorAll('#editor .paper > p')].map((line) => line.textContent)")


def saved(page):
    """Wait until everything typed is on disk."""
    page.locator("#editor .state[data-is=saved]").wait_for()


def said(page, text):
    page.locator("#editor .said", has_text=text).wait_for()


def put_caret(page, text, *, end=True):
    """The caret at the end (or the beginning) of the first line that has this text."""
    page.evaluate(
        """([text, end]) => {
            const paper = document.querySelector('#editor .paper');
            const line = [...paper.children].find((each) => each.textContent.includes(text));
            paper.focus();
            getSelection().selectAllChildren(line);
            if (end) getSelection().collapseToEnd(); else getSelection().collapseToStart();
        }""",
        [text, end],
    )
    page.locator("#editor .here:not([data-is=none])").wait_for()


def select_words(page, text):
    """These words of the paper selected, as with the mouse."""
    page.evaluate(
        """text => {
            const paper = document.querySelector('#editor .paper');
            const line = [...paper.children].find((each) => each.textContent.includes(text)).firstChild;
            const range = new Range();
            range.setStart(line, line.data.indexOf(text));
            range.setEnd(line, line.data.indexOf(text) + text.length);
            paper.focus();
            getSelection().removeAllRanges();
            getSelection().addRange(range);
        }""",
        text,
    )


def act(page, name):
    editor(page).get_by_role("button", name=name, exact=True).click()


def make_draft(workspace, sections=SECTIONS, title="青梧镇2024年安全生产工作总结"):
    """A small finished draft, put into the store; its id."""
    number = len([each for each in list_drafts(workspace.engine) if each.id.startswith("annual-2024-")]) + 1
    head = Draft(f"annual-2024-{number}", ReportKind.ANNUAL, parse_period("2024"), title, "青梧镇", ())
    save_head(workspace.engine, replace(head, extra={"state": "finished"}), "2024")
    for section in sections:
        save_section(workspace.engine, head.id, section, author="offline", why="起草")
    return head.id


def open_in_editor(page, address, draft_id, section=""):
    """The page anew, with this draft open in the editor and its figures judged."""
    page.goto(f"{address}/?tab=edit&draft={draft_id}" + (f"&section={section}" if section else ""))
    page.locator("#editor .jushi-editor[data-state=open] .paper p").first.wait_for()
    saved_or_read = "#editor .state[data-is=saved], #editor .state[data-is=locked], #editor .state[data-is=unsaved]"
    page.locator(saved_or_read).wait_for()
