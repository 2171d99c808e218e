"""起草: what to write, from what, and the sections as they come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import gradio as gr

from assistant.drafting.costs import Prices
from assistant.errors import InputError
from assistant.periods import chinese_name
from assistant.permissions import Operation
from assistant.records import Document, Period, ReportKind
from ui.desk import Desk, chosen_period
from ui.draft_choices import draft_choices, kinds_named, model_hint, models_named, preferred_model
from ui.failures import Act, told
from ui.holdings import PAST
from ui.jobs import Job, Order, State
from ui.outline_panel import aims_of, outline_doc, outline_panel, rows_of
from ui.progress import EMPTY, progress_html, unfinished_html
from ui.uploads import TEXTS, accepted, keep

_TICK = 0.5  # seconds between looks at a drafting under way
# The newest words stay in sight, unless the person has scrolled up to read.
_FOLLOW = """
let following = true;
element.addEventListener('scroll', ({ target }) => {
  if (target.classList?.contains('written')) {
    following = target.scrollHeight - target.scrollTop - target.clientHeight < 80;
  }
}, true);
watch('value', () => {
  const box = element.querySelector('.running .written');
  if (box && following) box.scrollTop = box.scrollHeight;
});
"""


@dataclass(frozen=True, slots=True)
class DraftTab:
    """The parts of the tab that other tabs and the page as a whole speak to."""

    kind: gr.Radio
    period: gr.Dropdown
    past: gr.CheckboxGroup
    unit: gr.Textbox
    model: gr.Radio
    shown: list[gr.Component]  # what `resume` fills: the job looked at and how it stands
    finished: gr.State  # id of the draft whose writing this page saw end
    edit: gr.Button


def build_draft_tab(desk: Desk) -> DraftTab:
    """Lay the tab out and wire what stays within it."""
    with gr.Row(equal_height=False):
        with gr.Column(scale=4, min_width=360, elem_classes="jushi-form"):
            with gr.Row():
                kind = gr.Radio(
                    kinds_named(), value=ReportKind.ANNUAL.value, label="1. 写什么", scale=3, elem_id="draft-kind"
                )
                period = gr.Dropdown(
                    label="2. 哪个期间", elem_id="draft-period", filterable=False, scale=2, min_width=150
                )
            unit = gr.Textbox(
                desk.workspace.settings.unit_name,
                label="3. 单位名称",
                placeholder="如：清河镇；不填则取自台账或往年总结",
                max_lines=1,
                elem_id="draft-unit",
            )
            past = gr.CheckboxGroup(label="4. 参照哪些往年总结（学它的写法，不用它的数字）", elem_id="draft-past")
            upload = gr.File(
                label="添加往年总结（Word 或文本文件）",
                file_count="multiple",
                height=86,
                elem_id="draft-upload",
            )
            model = gr.Radio(
                models_named(desk.workspace.settings),
                value=preferred_model(desk.workspace.settings),
                label="5. 用不用模型",
                info=model_hint(desk.workspace.settings),
                elem_id="draft-model",
            )
            with gr.Row():
                plan = gr.Button("下一步：看提纲", variant="primary", elem_id="draft-outline-show")
                stop = gr.Button("停止", interactive=False, elem_id="draft-stop")
        with gr.Column(scale=7, min_width=480):
            with gr.Row():
                go_on = gr.Button("接着写", variant="primary", visible=False, elem_id="draft-resume")
                edit = gr.Button("去编辑、核数 →", variant="primary", visible=False, elem_id="draft-edit")
            outline = outline_panel("draft-outline")
            progress = gr.HTML(EMPTY, js_on_load=_FOLLOW, elem_id="draft-progress", apply_default_css=False)
    watched, seen, timer, finished = gr.State(0), gr.State(-1), gr.Timer(_TICK, active=False), gr.State("")
    shown = [watched, seen, timer, progress, plan, stop, edit, go_on, outline]
    told_of = [*shown, finished]
    form = [kind, period, unit, past, model]

    kind.change(
        told(lambda chosen: draft_choices(desk, chosen)),
        kind,
        [period, past, unit],
        show_progress="hidden",
        api_visibility="private",
    )
    upload.upload(
        told(_keeper(desk), Operation.DRAFT), [upload, past], [upload, past], api_visibility="private"
    ).failure(lambda: None, None, upload, show_progress="hidden", api_visibility="private")
    for chosen in (kind, period, past):  # the outline on show was for another choice
        chosen.input(_no_outline, None, [outline, progress, edit], show_progress="hidden", api_visibility="private")
    plan.click(
        told(_planner(desk), Operation.DRAFT),
        [kind, period, past],
        [outline, progress, edit],
        api_visibility="private",
        scroll_to_output=False,
    )
    outline.begin(
        told(_starter(desk), Operation.DRAFT), form, told_of, show_progress="hidden", api_visibility="private"
    )
    go_on.click(told(_resumer(desk), Operation.DRAFT), None, told_of, show_progress="hidden", api_visibility="private")
    stop.click(told(_stopper(desk), Operation.DRAFT), watched, stop, show_progress="hidden", api_visibility="private")
    timer.tick(told(_looker(desk)), [watched, seen], told_of, show_progress="hidden", api_visibility="private")
    return DraftTab(kind, period, past, unit, model, shown, finished, edit)


def resume(desk: Desk) -> tuple[object, ...]:
    """For a page just opened: the drafting under way, or the last one, or one that was cut off."""
    job = desk.jobs.latest()
    if job:
        return _view(desk, job)
    cut_off = desk.unfinished()
    shown = unfinished_html(*cut_off) if cut_off else EMPTY
    go_on = gr.update(visible=desk.cut_off() is not None)
    return 0, -1, gr.Timer(active=False), shown, *[gr.skip()] * 3, go_on, gr.skip()


def _keeper(desk: Desk) -> Act:
    def keep_past(files: list[str] | None, chosen: list[str]) -> tuple[None, object]:
        from assistant.retrieval.loaders import load_document

        paths = accepted(files, TEXTS)
        for path in paths:
            load_document(path)  # says what is wrong with it now, not when the drafting is under way
        kept = [keep(path, desk.workspace.folder / PAST).name for path in paths]
        desk.holdings.take([desk.workspace.folder / PAST / name for name in kept])  # to be asked about, too
        both = [*kept, *(name for name in chosen if name not in kept)]
        return None, gr.update(choices=desk.past_files(), value=both, visible=True)

    return keep_past


def _no_outline() -> tuple[object, object, object]:
    """Neither an outline for another choice, nor the way to edit a report that is not on show any more."""
    return gr.update(doc={}), gr.update(visible=True), gr.update(visible=False)


def _planner(desk: Desk) -> Act:
    def plan(kind: str, period: str | None, past: list[str]) -> tuple[object, object, object]:
        from assistant.outlining import propose_outline

        span = _drafted_period(desk, period)
        documents = _documents(desk, past)
        proposal = propose_outline(desk.workspace, ReportKind(kind), span, documents)
        shown = gr.update(doc=outline_doc(proposal, ReportKind(kind), span, past))
        return shown, gr.update(visible=False), gr.update(visible=False)

    return plan


def _starter(desk: Desk) -> Act:
    def start(
        kind: str, period: str | None, unit: str, past: list[str], model: str, event: gr.EventData
    ) -> tuple[object, ...]:
        from assistant.outlining import settle_outline, settle_targets

        span, sent = _drafted_period(desk, period), dict(event._data or {})
        documents = _documents(desk, past)
        outline = settle_outline(desk.workspace, ReportKind(kind), span, documents, rows_of(sent.get("rows")))
        targets = settle_targets(desk.workspace, aims_of(sent.get("aims")))
        order = Order(
            ReportKind(kind), span, (unit or "").strip(), tuple(documents), model, tuple(outline), tuple(targets)
        )
        return *_view(desk, desk.jobs.start(order)), gr.skip()

    return start


def _resumer(desk: Desk) -> Act:
    def go_on() -> tuple[object, ...]:
        cut = desk.cut_off()
        if cut is None:
            raise InputError("没有写到一半的总结。请点“下一步：看提纲”，从头写一份。")
        order = Order(cut.kind, cut.period, cut.unit_name, cut.past, cut.model, cut.outline, cut.targets, cut.sections)
        return *_view(desk, desk.jobs.start(order)), gr.skip()

    return go_on


def _drafted_period(desk: Desk, period: str | None) -> Period:
    span = chosen_period(period)
    if not desk.has(span):
        raise InputError(f"台账里没有{chinese_name(span)}的数据。请先到“台账”页导入这一期的台账，再来起草。")
    return span


def _documents(desk: Desk, past: Sequence[str]) -> list[Document]:
    from assistant.retrieval.loaders import load_document

    return [load_document(desk.workspace.folder / PAST / name) for name in desk.past_files() if name in past]


def _stopper(desk: Desk) -> Act:
    def stop(number: int) -> object:
        job = desk.jobs.find(number)
        if job:
            job.stop.set()
        return gr.update(interactive=False, value="正在停止……")

    return stop


def _looker(desk: Desk) -> Act:
    def look(number: int, seen: int) -> tuple[object, ...]:
        job = desk.jobs.find(number)
        if job is None or (job.state is not State.RUNNING and job.version == seen):
            return gr.skip(), gr.skip(), gr.Timer(active=False), *[gr.skip()] * 7
        return *_view(desk, job), job.draft_id if job.state is State.DONE else gr.skip()

    return look


def _view(desk: Desk, job: Job) -> tuple[object, ...]:
    running = job.state is State.RUNNING
    settings = desk.workspace.settings
    prices = Prices(settings.llm_price_in, settings.llm_price_out)
    return (
        job.number,
        job.version,
        gr.Timer(active=running),
        gr.update(value=progress_html(job, desk.workspace.registry, prices), visible=True),
        gr.update(interactive=not running),
        gr.update(interactive=running and not job.stop.is_set(), value="停止"),
        gr.update(visible=job.state is State.DONE),
        gr.update(visible=job.state in (State.STOPPED, State.FAILED) and desk.cut_off() is not None),
        gr.update(doc={}),
    )
