"""起草: what to write, from what, and the sections as they come."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr

from assistant.errors import InputError
from assistant.periods import chinese_name, parse_period
from assistant.records import ReportKind
from assistant.settings import Settings
from assistant.workflow import NO_MODEL
from ui.desk import PAST, Desk
from ui.failures import Act, told
from ui.jobs import Job, Order, State
from ui.progress import progress_html
from ui.uploads import TEXTS, accepted, keep
from ui.words import KIND_NAMES

_TICK = 0.5  # seconds between looks at a drafting under way


@dataclass(frozen=True, slots=True)
class DraftTab:
    """The parts of the tab that other tabs and the page as a whole speak to."""

    kind: gr.Radio
    period: gr.Dropdown
    past: gr.CheckboxGroup
    start: gr.Button
    stop: gr.Button
    edit: gr.Button
    progress: gr.HTML
    watched: gr.State  # number of the job this page looks at
    timer: gr.Timer
    finished: gr.State  # id of the draft whose writing this page saw end


def build_draft_tab(desk: Desk) -> DraftTab:
    """Lay the tab out and wire what stays within it."""
    with gr.Row(equal_height=False):
        with gr.Column(scale=4, min_width=360, elem_classes="jushi-form"):
            kind = gr.Radio(_kinds(), value=ReportKind.ANNUAL.value, label="1. 写什么", elem_id="draft-kind")
            period = gr.Dropdown(label="2. 哪个期间", elem_id="draft-period", filterable=False)
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
                file_types=list(TEXTS),
                height=110,
                elem_id="draft-upload",
            )
            model = gr.Radio(
                _models(desk.workspace.settings),
                value=_preferred(desk.workspace.settings),
                label="5. 用不用模型",
                info=_model_hint(desk.workspace.settings),
                elem_id="draft-model",
            )
            with gr.Row():
                start = gr.Button("开始起草", variant="primary", elem_id="draft-start")
                stop = gr.Button("停止", interactive=False, elem_id="draft-stop")
        with gr.Column(scale=7, min_width=480):
            edit = gr.Button("去编辑、核数 →", variant="primary", visible=False, elem_id="draft-edit")
            progress = gr.HTML(progress_html(None), elem_id="draft-progress", apply_default_css=False)
    watched, timer, finished = gr.State(0), gr.Timer(_TICK, active=False), gr.State("")
    tab = DraftTab(kind, period, past, start, stop, edit, progress, watched, timer, finished)
    seen = gr.State(-1)
    shown = [watched, seen, timer, progress, start, stop, edit, finished]

    kind.change(
        told(lambda chosen: _period_choices(desk, chosen)),
        kind,
        period,
        show_progress="hidden",
        api_visibility="private",
    )
    upload.upload(told(_keeper(desk)), [upload, past], [upload, past], api_visibility="private")
    start.click(
        told(_starter(desk)), [kind, period, unit, past, model], shown, show_progress="hidden", api_visibility="private"
    )
    stop.click(told(_stopper(desk)), watched, stop, show_progress="hidden", api_visibility="private")
    timer.tick(told(_looker(desk)), [watched, seen], shown, show_progress="hidden", api_visibility="private")
    return tab


def draft_choices(desk: Desk, kind: str) -> tuple[object, object]:
    """The periods and the past summaries there are, for a page just opened or a ledger just imported."""
    files = desk.past_files()
    return _period_choices(desk, kind), gr.update(
        choices=files, visible=bool(files), value=[path for _, path in files][:1]
    )


def resume(desk: Desk) -> tuple[int, object, object]:
    """For a page just opened: the job to look at, whether it runs, and how it stands."""
    job = desk.jobs.latest()
    running = job is not None and job.state is State.RUNNING
    return job.number if job else 0, gr.Timer(active=running), progress_html(job)


def _kinds() -> list[tuple[str, str]]:
    return [(name, kind.value) for kind, name in KIND_NAMES.items()]


def _models(settings: Settings) -> list[tuple[str, str]]:
    named = settings.llm_model or (settings.llm_gguf.name if settings.llm_gguf else "")
    with_model = [(f"用模型 {named}（文字更活，要等几分钟）", named)] if named else []
    return [("不用模型（照往年总结的写法，几秒钟）", NO_MODEL), *with_model]


def _preferred(settings: Settings) -> str:
    return _models(settings)[-1][1]


def _model_hint(settings: Settings) -> str:
    if len(_models(settings)) > 1:
        return "用模型时，数字仍由程序填写，模型不能写数字。"
    return "还没有设置模型。不用模型也能完成全部工作。"


def _period_choices(desk: Desk, kind: str) -> object:
    choices = desk.periods(ReportKind(kind))
    return gr.update(choices=choices, value=choices[0][1])


def _keeper(desk: Desk) -> Act:
    def keep_past(files: list[str] | None, chosen: list[str]) -> tuple[None, object]:
        kept = [str(keep(path, desk.workspace.folder / PAST)) for path in accepted(files, TEXTS)]
        return None, gr.update(
            choices=desk.past_files(), value=[*kept, *(c for c in chosen if c not in kept)], visible=True
        )

    return keep_past


def _starter(desk: Desk) -> Act:
    def start(kind: str, period: str, unit: str, past: list[str], model: str) -> tuple[object, ...]:
        span = parse_period(period)
        if not any(fact.period == span for fact in desk.facts(span, fresh=True)):
            raise InputError(f"台账里没有{chinese_name(span)}的数据。请先到“台账”页导入这一期的台账，再来起草。")
        known = {path for _, path in desk.past_files()}
        files = tuple(
            desk.workspace.folder / PAST / name for name, path in desk.past_files() if path in set(past) & known
        )
        job = desk.jobs.start(Order(ReportKind(kind), span, (unit or "").strip(), files, model))
        return _view(job, watching=True)

    return start


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
            return (gr.skip(), gr.skip(), gr.Timer(active=False), *[gr.skip()] * 5)
        return _view(job, watching=True)

    return look


def _view(job: Job, *, watching: bool) -> tuple[object, ...]:
    running = job.state is State.RUNNING
    done = job.state is State.DONE
    return (
        job.number,
        job.version,
        gr.Timer(active=running),
        progress_html(job),
        gr.update(interactive=not running),
        gr.update(interactive=running and not job.stop.is_set(), value="停止"),
        gr.update(visible=done),
        job.draft_id if done and watching else gr.skip(),
    )
