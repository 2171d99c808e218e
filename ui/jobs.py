"""Drafting in the background: it goes on when the page is reloaded or closed, and can be stopped."""

from __future__ import annotations

import itertools
import time
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from threading import Event, Lock, Thread

from assistant.errors import Cancelled, InputError
from assistant.records import Period, ReportKind, SectionText
from assistant.retrieval.loaders import load_document
from assistant.workflow import Workspace, write_draft
from ui.failures import sentence


class State(StrEnum):
    """How far a job has come."""

    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be drafted."""

    kind: ReportKind
    period: Period
    unit_name: str
    past: tuple[Path, ...]
    model: str


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

    def note_section(self, section: SectionText) -> None:
        """A section is written and saved; stops here if a person asked for it."""
        self.sections = [*(each for each in self.sections if each.key != section.key), section]
        self.tail = ""
        self.version += 1
        if self.stop.is_set():
            raise Cancelled("已按您的要求停止。")

    def note_text(self, text: str) -> None:
        """The model has written a little more: `text` is the paragraph under way, slots and all."""
        self.tail = text
        self.version += 1

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

    def start(self, order: Order) -> Job:
        """Begin drafting; raises `InputError` where the same report is being drafted already."""
        with self._lock:
            if any(self._same(job, order) for job in self._jobs):
                raise InputError("这份总结正在起草，请等它写完，或先点“停止”。")
            job = Job(next(self._numbers), order)
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
            draft = write_draft(
                replace(self._workspace, settings=settings),
                order.kind,
                order.period,
                past=[load_document(path) for path in order.past],
                model=order.model,
                on_section=job.note_section,
                on_text=job.note_text,
                cancelled=job.stop.is_set,
            )
            job.end(State.DONE, draft_id=draft.id)
        except Cancelled:
            job.end(State.STOPPED, "已停止。写好的各节都已保存，用同样的设置再点“开始起草”会接着写。")
        except Exception as error:  # noqa: BLE001 - the thread's last place; the person is told
            kept = (
                f"已写好的 {len(job.sections)} 节都保存了，问题解决后再点“开始起草”会接着写。" if job.sections else ""
            )
            job.end(State.FAILED, sentence(error) + kept)
