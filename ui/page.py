"""The tabs put together, and what one of them tells another."""

from __future__ import annotations

from typing import Any

import gradio as gr
from gradio.events import Dependency

from assistant.workspace import Workspace
from ui.access import current_actor, is_loopback
from ui.ask_tab import AskTab, build_ask_tab, model_offer, suggestions_html
from ui.check_tab import CheckTab, build_check_tab, period_choices
from ui.desk import Desk
from ui.draft_choices import draft_choices, draft_periods, model_choices, past_choices, unit_hint
from ui.draft_choices import model_offer as draft_model_offer
from ui.draft_tab import DraftTab, build_draft_tab, resume
from ui.edit_tab import EditTab, build_edit_tab, choose_draft
from ui.failures import told
from ui.ledger_tab import LedgerTab, build_ledger_tab, ledger_view
from ui.library_tab import LibraryTab, build_library_tab, library_view
from ui.login import tabs_put_away, who_html
from ui.review_tab import build_review_tab, connect_review_tab
from ui.settings_tab import SettingsTab, build_settings_tab, settings_view

_DAY = 86400
_QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
_TABS = ("ledger", "library", "draft", "edit", "check", "ask", "review", "settings")
# The address names the tab (and the editor adds the draft), so that a reload or a link comes back to it.
# While the page is being built its first tab is selected, which must not overwrite the one the address asks for.
_ADDRESS = """() => {
  if (!window.jushiArrived) return;
  const there = new URL(location); there.searchParams.set("tab", "%s"); history.replaceState(null, "", there);
}"""
_ARRIVED = "() => { window.jushiArrived = true; }"
_TITLE = '<div class="jushi-title"><h1>据实</h1><span>数字出自台账的安全生产总结：起草、编辑、核数、问答</span></div>'
_UNGUARDED = (
    '<p class="jushi-notice warning" role="note">注意：这个网页对同一网络里的人都开放，没有登录密码，任何人都能看到和改动台账、总结。'
    "请把 JUSHI_LOGIN 改回 auto（每个人用自己的用户名登录）；只给自己用时，请把 JUSHI_HOST 改回 127.0.0.1。</p>"
)


def make_ready(desk: Desk) -> None:
    """Compute what is asked for first by whoever opens the page: the figures of the first tab."""
    desk.notice_changes()  # what is computed is of the ledger as it is now, and forgotten when it is another
    ledger_view(desk)


def lay_out(workspace: Workspace, desk: Desk | None = None) -> gr.Blocks:
    """The page for one workspace, on a desk that others may work on too."""
    desk = desk or Desk(workspace)
    page: gr.Blocks
    with gr.Blocks(title="据实", analytics_enabled=False, fill_width=True, delete_cache=(_DAY, _DAY)) as page:
        gr.HTML(_TITLE + (_UNGUARDED if _is_unguarded(workspace) else ""), apply_default_css=False)
        who = gr.HTML("", elem_id="who", apply_default_css=False)
        with gr.Tabs(elem_id="tabs") as tabs:
            with gr.Tab("台账", id="ledger") as ledger_at:
                ledger = build_ledger_tab(desk)
            with gr.Tab("资料", id="library") as library_at:
                library = build_library_tab(desk)
            with gr.Tab("起草", id="draft") as draft_at:
                draft = build_draft_tab(desk)
            with gr.Tab("编辑", id="edit") as edit_at:
                edit = build_edit_tab(desk)
            with gr.Tab("核数", id="check") as check_at:
                check = build_check_tab(desk)
            with gr.Tab("问答", id="ask") as ask_at:
                ask = build_ask_tab(desk)
            with gr.Tab("版本与签审", id="review") as review_at:
                review = build_review_tab(desk)
            with gr.Tab("设置", id="settings") as settings_at:
                settings = build_settings_tab(desk)
        every = (ledger_at, library_at, draft_at, edit_at, check_at, ask_at, review_at, settings_at)
        for name, tab in zip(_TABS, every, strict=True):
            tab.select(None, None, None, js=_ADDRESS % name, api_visibility="private")
        draft_at.select(
            told(lambda chosen: model_choices(desk, chosen)),
            draft.model,
            draft.model,
            show_progress="hidden",
            api_visibility="private",
        )
        ask_at.select(
            told(lambda: suggestions_html(desk)), None, ask.chips, show_progress="hidden", api_visibility="private"
        )
        arrived = _connect(page, desk, tabs, ledger, draft, edit, check)
        arrived.then(told(lambda: who_html(current_actor())), None, who, **_QUIET)
        _connect_library(arrived, desk, library, draft)
        connect_review_tab(review, review_at)
        _connect_settings(arrived, desk, settings, ledger, draft, ask)
    return page


def _opens(tab: str) -> bool:
    """Whether this tab is to be opened for who has come by a link to it."""
    return tab in _TABS[1:] and tab not in tabs_put_away(current_actor())


def _is_unguarded(workspace: Workspace) -> bool:
    settings = workspace.settings
    return settings.login == "off" and not is_loopback(settings.host)


def _connect_library(arrived: Dependency, desk: Desk, library: LibraryTab, draft: DraftTab) -> None:
    """The library on arrival; a summary brought there can be drafted from."""

    def arrive(request: gr.Request) -> tuple[object, ...]:
        asked = request.query_params
        return library_view(desk, asked.get("doc", ""), asked.get("at", ""))

    arrived.then(told(arrive), None, library.shown, **_QUIET)
    library.changed.change(
        told(lambda kind, chosen: past_choices(desk, kind, chosen)),
        [draft.kind, draft.past],
        draft.past,
        show_progress="hidden",
        api_visibility="private",
    )


def _connect_settings(
    arrived: Dependency, desk: Desk, settings: SettingsTab, ledger: LedgerTab, draft: DraftTab, ask: AskTab
) -> None:
    """The settings on arrival; a model, a unit or an indicator set there is known everywhere at once."""

    def arrive(request: gr.Request) -> tuple[object, ...]:
        asked = request.query_params
        chips = suggestions_html(desk) if asked.get("tab") == "ask" else gr.skip()
        return *settings_view(desk), chips, asked.get("q", "")

    def changed() -> tuple[object, ...]:
        return *ledger_view(desk), *draft_model_offer(desk), model_offer(desk)

    arrived.then(told(arrive), None, [*settings.shown, ask.chips, ask.question], **_QUIET)
    settings.changed.change(told(changed), None, [*ledger.shown, draft.model, draft.unit, ask.modelled], **_QUIET)


def _connect(
    page: gr.Blocks, desk: Desk, tabs: gr.Tabs, ledger: LedgerTab, draft: DraftTab, edit: EditTab, check: CheckTab
) -> Dependency:
    """What is shown on arrival, and what one tab's news changes on the others; the first tab's arrival is returned."""

    def arrive(kind: str, request: gr.Request) -> tuple[object, ...]:
        desk.notice_changes()  # the ledger may have been imported from the command line
        asked = request.query_params
        tab = asked.get("tab", "")
        return (
            gr.Tabs(selected=tab) if _opens(tab) else gr.skip(),
            *ledger_view(desk),
            *draft_choices(desk, kind),
            period_choices(desk, asked.get("period", "")),
        )

    def go_on(request: gr.Request) -> tuple[object, ...]:
        return *resume(desk), *choose_draft(desk, request.query_params.get("draft", ""))

    def imported(kind: str) -> tuple[object, object, object]:
        return draft_periods(desk, kind), unit_hint(desk), period_choices(desk)

    # The first tab's own things first, with what the ledger has to choose from; nothing else is to be waited for on it.
    choices = [draft.period, draft.past, draft.unit, check.period]
    arrived: Dependency = page.load(told(arrive), draft.kind, [tabs, *ledger.shown, *choices], **_QUIET)
    arrived.then(told(go_on), None, [*draft.shown, edit.chosen, edit.paper], **_QUIET).then(
        None, None, None, js=_ARRIVED, api_visibility="private"
    )
    ledger.imported.change(
        told(imported),
        draft.kind,
        [draft.period, draft.unit, check.period],
        show_progress="hidden",
        api_visibility="private",
    )
    draft.finished.change(
        told(lambda draft_id: choose_draft(desk, draft_id)),
        draft.finished,
        [edit.chosen, edit.paper],
        show_progress="hidden",
        api_visibility="private",
    )
    draft.edit.click(lambda: gr.Tabs(selected="edit"), None, tabs, show_progress="hidden", api_visibility="private")
    return arrived
