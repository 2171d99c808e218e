"""资料: regulations and past summaries in, found again, and read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import gradio as gr

from assistant.permissions import Operation
from assistant.records import SourceKind
from assistant.retrieval.listing import READABLE
from ui.access import current_actor
from ui.desk import Desk
from ui.failures import Act, told
from ui.library_view import (
    HINT,
    NOTHING_ASKED,
    NOTHING_HERE,
    NOTHING_OPEN,
    document_html,
    hits_html,
    sources_html,
    standing_html,
)
from ui.uploads import accepted

_TICK = 0.5  # seconds between looks at an import under way
_MOST = 20  # hits
_READ = 400  # passages before and after the one asked for
_DIGITS = 7  # of the place in a document that an address names
_ALL = "all"
_SCOPES = [("全部", _ALL), ("法规", SourceKind.LAW.value), ("往年总结", SourceKind.SUMMARY.value), ("其他", "other")]
# What is clicked says by its data what it opens; nothing of a document's text is ever run.
CLICKS = """
element.addEventListener('click', ({ target }) => {
  const button = target.closest('[data-passage], [data-open], [data-drop]');
  if (!button) return;
  const { passage, open, drop } = button.dataset;
  element.querySelectorAll('.chosen').forEach((each) => each.classList.remove('chosen'));
  button.classList.add('chosen');
  if (passage) trigger('passage', { id: passage });
  if (open) trigger('open', { name: open });
  if (drop && confirm(`从资料库里删除“${drop}”？原来的文件不受影响。`)) trigger('drop', { name: drop });
});
"""
SHOW_HERE = """
const show = () => {
  const box = element.querySelector('.text');
  const here = element.querySelector('.here');
  if (box) box.scrollTop = here ? here.offsetTop - box.offsetTop - 60 : 0;
};
watch('value', () => requestAnimationFrame(show));
requestAnimationFrame(show);
"""
# The address says which document is being read, so that a link or a reload comes back to it.
_SHOW_LINK = """
const link = () => {
  const article = element.querySelector('article[data-doc]');
  if (!article || !window.jushiArrived) return;
  const there = new URL(location);
  there.searchParams.set('doc', article.dataset.doc);
  there.searchParams.set('at', article.dataset.at);
  history.replaceState(null, '', there);
};
watch('value', link);
"""


@dataclass(frozen=True, slots=True)
class LibraryTab:
    """The parts of the tab that the page as a whole speaks to."""

    shown: list[gr.Component]  # what `library_view` fills
    changed: gr.State  # grows when the files of the library are others than before


def build_library_tab(desk: Desk) -> LibraryTab:
    """Lay the tab out and wire it."""
    with gr.Row(equal_height=True):
        upload = gr.File(
            label="把法规、文件、往年总结拖到这里（可以一次多个）",
            file_count="multiple",
            height=100,
            scale=4,
            elem_id="library-upload",
        )
        with gr.Column(scale=6):
            said = gr.HTML(HINT, elem_id="library-said", apply_default_css=False)
    with gr.Row(equal_height=False):
        with gr.Column(scale=5, min_width=440), gr.Tabs():
            with gr.Tab("查找"):
                with gr.Row():
                    query = gr.Textbox(
                        show_label=False,
                        container=False,
                        placeholder="要找什么，如：堵塞消防通道、《安全生产法》第二十一条",
                        submit_btn="查找",
                        max_lines=1,
                        elem_id="library-query",
                        html_attributes=gr.InputHTMLAttributes(enterkeyhint="search"),
                    )
                scope = gr.Radio(_SCOPES, value=_ALL, show_label=False, container=False, elem_id="library-scope")
                hits = gr.HTML(NOTHING_HERE, js_on_load=CLICKS, elem_id="library-hits", apply_default_css=False)
            with gr.Tab("已有资料"):
                listed = gr.HTML(NOTHING_HERE, js_on_load=CLICKS, elem_id="library-sources", apply_default_css=False)
                rebuild = gr.Button(
                    "查找不对劲？重建索引", size="sm", scale=0, visible=False, elem_id="library-rebuild"
                )
        with gr.Column(scale=6, min_width=440):
            reading = gr.HTML(
                NOTHING_OPEN, js_on_load=SHOW_HERE + _SHOW_LINK, elem_id="library-reading", apply_default_css=False
            )
    asked, changed = gr.State(""), gr.State(0)
    seen, timer = gr.State(-1), gr.Timer(_TICK, active=False)
    standing = [seen, timer, said]

    upload.upload(
        told(_taker(desk), Operation.IMPORT_LIBRARY),
        upload,
        [upload, *standing],
        show_progress="hidden",
        api_visibility="private",
    ).failure(lambda: None, None, upload, show_progress="hidden", api_visibility="private")
    timer.tick(
        told(_looker(desk)),
        [seen, changed, asked],
        [*standing, changed, listed, hits, rebuild],
        show_progress="hidden",
        api_visibility="private",
    )
    for event in (query.submit, scope.input):
        event(told(_finder(desk)), [query, scope], [hits, asked], api_visibility="private")
    hits.passage(
        told(_opener(desk)),
        asked,
        reading,
        show_progress="hidden",
        api_visibility="private",
    )
    listed.open(told(_document_opener(desk)), None, reading, show_progress="hidden", api_visibility="private")
    listed.drop(
        told(_remover(desk), Operation.IMPORT_LIBRARY),
        None,
        [listed, changed],
        show_progress="hidden",
        api_visibility="private",
    )
    rebuild.click(
        told(_rebuilder(desk), Operation.IMPORT_LIBRARY),
        None,
        standing,
        show_progress="hidden",
        api_visibility="private",
    )
    return LibraryTab([*standing, listed, hits, rebuild, reading], changed)


def library_view(desk: Desk, document: str = "", at: str = "") -> tuple[object, ...]:
    """For a page just opened: how far an import is, what there is, and the place of the document the address names."""
    desk.holdings.resume()
    sources = desk.holdings.sources()
    hint = NOTHING_ASKED if sources else NOTHING_HERE
    reading = linked_html(desk, document, at) if document else NOTHING_OPEN
    return *_standing(desk), _sources(desk), hint, _offer_rebuild(desk, sources), reading


def _sources(desk: Desk) -> str:
    return sources_html(desk.holdings.sources(), removable=desk.may(Operation.IMPORT_LIBRARY))


def _offer_rebuild(desk: Desk, sources: Sequence[object]) -> object:
    return gr.update(visible=bool(sources) and desk.may(Operation.IMPORT_LIBRARY))


def _standing(desk: Desk) -> tuple[object, ...]:
    standing = desk.holdings.standing
    return standing.version, gr.Timer(active=desk.holdings.working), standing_html(standing)


def _taker(desk: Desk) -> Act:
    def take(files: list[str] | None) -> tuple[object, ...]:
        desk.holdings.take(accepted(files, READABLE), current_actor().name)
        return None, *_standing(desk)

    return take


def _looker(desk: Desk) -> Act:
    def look(seen: int, changed: int, asked: str) -> tuple[object, ...]:
        standing = desk.holdings.standing
        if standing.version == seen and desk.holdings.working:
            return (gr.skip(),) * 7
        same = standing.changes == changed
        hits = gr.skip() if asked or same else NOTHING_ASKED
        listed = gr.skip() if same else _sources(desk)
        rebuild = gr.skip() if same else _offer_rebuild(desk, desk.holdings.sources())
        return *_standing(desk), standing.changes, listed, hits, rebuild

    return look


def _finder(desk: Desk) -> Act:
    def find(query: str, scope: str) -> tuple[object, object]:
        wanted, library = (query or "").strip(), desk.holdings.library()
        if library is None or not wanted:
            return NOTHING_HERE if library is None else NOTHING_ASKED, ""
        found = library.search(wanted, kind=None if scope == _ALL else SourceKind(scope), limit=_MOST)
        return hits_html(wanted, found), wanted

    return find


def _opener(desk: Desk) -> Act:
    def open_passage(asked: str, event: gr.EventData) -> str:
        return passage_html(desk, str(event.id), asked)

    return open_passage


def _document_opener(desk: Desk) -> Act:
    def open_document(event: gr.EventData) -> str:
        library = desk.holdings.library()
        first = library.first_of(str(event.name)) if library else None
        return passage_html(desk, first.id, "", whole=True) if first else NOTHING_OPEN

    return open_document


def linked_html(desk: Desk, document: str, at: str) -> str:
    """The document an address names, with the place it names in sight, where both are still here."""
    library = desk.holdings.library()
    first = library.first_of(document) if library else None
    if first is None:
        return '<div class="jushi-empty"><b>链接里的资料不在资料库里</b><p>可能已经删除或换了名称，请在左边查找。</p></div>'
    identity = f"{first.id.rpartition('-')[0]}-{at}" if at.isdecimal() and len(at) < _DIGITS else first.id
    found = library.passage(identity) if library else None
    return passage_html(desk, found.id if found else first.id, "", whole=found is None or found.id == first.id)


def passage_html(desk: Desk, identity: str, asked: str, *, whole: bool = False) -> str:
    """The document a passage stands in, with the passage in sight and the words `asked` for marked in it."""
    library = desk.holdings.library()
    passage = library.passage(identity) if library else None
    if library is None or passage is None:
        return (
            '<div class="jushi-empty"><b>这段原文已经不在资料库里</b><p>可能刚被删除或换了新的，请重新查找。</p></div>'
        )
    around = library.around(passage, _READ)
    source = next((each for each in library.list_sources() if each.name == passage.source), None)
    return document_html(around, None if whole else passage, _spans(asked, passage.text), source)


def _spans(asked: str, text: str) -> Sequence[tuple[int, int]]:
    from assistant.retrieval.ranking import spans_of

    return spans_of(asked, text) if asked else ()


def _rebuilder(desk: Desk) -> Act:
    def rebuild() -> tuple[object, ...]:
        desk.holdings.rebuild()
        return _standing(desk)

    return rebuild


def _remover(desk: Desk) -> Act:
    def remove(event: gr.EventData) -> tuple[str, int]:
        desk.holdings.remove(str(event.name), current_actor().name)
        return _sources(desk), desk.holdings.standing.changes

    return remove
