"""Drafting in the background: it goes on when the page is reloaded or closed, and can be stopped."""

from __future__ import annotations

import itertools
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from threading import Event, Lock, Thread

from assistant.drafting.context import Target
from assistant.drafting.sections import SectionSpec
from assistant.errors import Cancelled, InputError
from assistant.permissions import LOCAL
from assistant.records import Document, Period, ReportKind, SectionText
from assistant.workflow import write_draft
from assistant.workspace import Workspace
from ui.access import current_actor
from ui.failures import sentence


class State(StrEnum):
    """How far a job has come."""

    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be drafted. `past` are files, or documents as an earlier drafting kept them."""

    kind: ReportKind
    period: Period
    unit_name: str
    past: tuple[Path | Document, ...]
    model: str
    outline: tuple[SectionSpec, ...] | None = None  # as a person confirmed it; None for the proposed one
    targets: tuple[Target, ...] | None = None  # None for those of the workspace
    written: int = 0  # sections an earlier drafting left behind
    by: str = LOCAL.name  # who asked for it


@dataclass(slots=True)
class Job:
    """One drafting under way or over. Written by its thread, read by every page that looks on."""

    number: int
    order: Order
    state: State = State.RUNNING
    sections: list[SectionText] = field(default_factory=list)
    tail: str = ""  # what the model has written of the section under way
    message: str = ""
    draft_id: str = ""
    started: float = field(default_factory=time.monotonic)
    seconds: float = 0.0
    version: int = 0  # grows with every change
    stop: Event = field(default_factory=Event)
    planned: tuple[SectionSpec, ...] = ()  # the sections that get a text
    first_words: float | None = None  # seconds until there was something to read
    _noted: float = 0.0  # when the last section came
    _pace: tuple[float, int] = (0.0, 0)  # seconds taken for so many characters asked for

    def note_outline(self, planned: Sequence[SectionSpec]) -> None:
        """It is known what sections there will be."""
        self.planned = tuple(planned)
        self._noted = time.monotonic()
        self.version += 1

    @property
    def place(self) -> int:
        """Which of the planned sections is under way (1, 2, …); their number when all are written."""
        done = {section.key for section in self.sections}
        last = max((number for number, spec in enumerate(self.planned, 1) if spec.key in done), default=0)
        return min(last + 1, len(self.planned))

    @property
    def seconds_left(self) -> int | None:
        """About how long it will take, going by what was written so far; None while nothing tells."""
        seconds, length = self._pace
        if not length or not self.planned:
            return None
        ahead = sum(max(spec.length, 1) for spec in self.planned[self.place - 1 :])
        since = time.monotonic() - self._noted
        return max(round(seconds * ahead / length - since), 0)

    def note_section(self, section: SectionText) -> None:
        """A section is written and saved; stops here if a person asked for it."""
        now = time.monotonic()
        spec = next((each for each in self.planned if each.key == section.key), None)
        if spec and len(self.sections) >= self.order.written:
            self._pace = (self._pace[0] + now - self._noted, self._pace[1] + max(spec.length, 1))
        self._noted = now
        self._first(now)
        self.sections = [*(each for each in self.sections if each.key != section.key), section]
        self.tail = ""
        self.version += 1
        if self.stop.is_set():
            raise Cancelled("已按您的要求停止。")

    def note_text(self, text: str) -> None:
        """The model has written a little more: `text` is the paragraph under way, slots and all."""
        self.tail = text
        self._first(time.monotonic())
        self.version += 1

    def _first(self, now: float) -> None:
        if self.first_words is None:
            self.first_words = now - self.started

    def end(self, state: State, message: str = "", draft_id: str = "") -> None:
        """The job is over."""
        self.message, self.draft_id = message, draft_id
        self.seconds = time.monotonic() - self.started
        self.state = state
        self.version += 1


class Jobs:
    """The drafting of one workspace, newest last. A report of one kind and period is drafted once at a time."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._jobs: list[Job] = []
        self._numbers = itertools.count(1)
        self._lock = Lock()

    def renew(self, workspace: Workspace) -> None:
        """Draft from now on with this workspace's settings and dictionary."""
        self._workspace = workspace

    def start(self, order: Order) -> Job:
        """Begin drafting for whoever asks; raises `InputError` where the same report is being drafted already."""
        with self._lock:
            if any(self._same(job, order) for job in self._jobs):
                raise InputError("这份总结正在起草，请等它写完，或先点“停止”。")
            job = Job(next(self._numbers), replace(order, by=current_actor().name))
            self._jobs.append(job)
        Thread(target=self._run, args=(job,), name=f"draft-{job.number}", daemon=True).start()
        return job

    def find(self, number: int) -> Job | None:
        """The job with this number."""
        return next((job for job in self._jobs if job.number == number), None)

    def latest(self) -> Job | None:
        """The job to show to somebody who has just come: one that runs, else the last one."""
        running = [job for job in self._jobs if job.state is State.RUNNING]
        return next(reversed(running or self._jobs), None)

    def _same(self, job: Job, order: Order) -> bool:
        return job.state is State.RUNNING and (job.order.kind, job.order.period) == (order.kind, order.period)

    def _run(self, job: Job) -> None:
        order = job.order
        settings = self._workspace.settings.model_copy(update={"unit_name": order.unit_name})
        try:
            from assistant.retrieval.loaders import load_document

            draft = write_draft(
                replace(self._workspace, settings=settings),
                order.kind,
                order.period,
                past=[each if isinstance(each, Document) else load_document(each) for each in order.past],
                outline=order.outline,
                targets=order.targets,
                model=order.model,
                on_outline=job.note_outline,
                on_section=job.note_section,
                on_text=job.note_text,
                cancelled=job.stop.is_set,
                by=order.by,
            )
            job.end(State.DONE, draft_id=draft.id)
        except Cancelled:
            job.end(State.STOPPED, "已停止。写好的各节都已保存，点“接着写”会从停下的地方写下去。")
        except Exception as error:  # noqa: BLE001 - the thread's last place; the person is told
            kept = (
                f"已写好的 {len(job.sections)} 节都保存了，问题解决后点“接着写”会从停下的地方写下去。"
                if job.sections
                else ""
            )
            job.end(State.FAILED, sentence(error) + kept)
