"""What the tabs share: the workspace, the facts of each period once computed, the drafting under way."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import UTC, date
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from assistant.errors import InputError
from assistant.ledger.fingerprint import fingerprint
from assistant.periods import chinese_name, half_of, months_of, parse_period, period_id, quarter_of, year_of
from assistant.permissions import Operation, allowed
from assistant.records import CheckReport, Document, Fact, Period, ReportKind
from assistant.store.drafts import Listing, list_drafts, load_draft
from assistant.store.users import list_users
from assistant.workflow import check_document
from assistant.workspace import Workspace, compute_facts, facts_around
from ui.access import actor_of, current_actor
from ui.holdings import PAST, Holdings
from ui.jobs import Jobs
from ui.keeping import Keeping

if TYPE_CHECKING:
    import gradio as gr

    from assistant.outlining import CutOff
    from assistant.permissions import Actor

Choice = tuple[str, str]
_YEARS_BACK = 5
EXPORTS = "tmp"


class Desk:
    """One open workspace as the page works on it. Safe to use from several threads."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.jobs = Jobs(workspace)
        self.holdings = Holdings(workspace)
        self._facts: Keeping[list[Fact]] = Keeping()
        self._ledger = ""  # its fingerprint when it was last looked at
        self._periods: dict[str, Period] = {}  # of drafts; a draft never changes its period
        self._lock = Lock()

    def actor(self, request: gr.Request | None) -> Actor:
        """Who asked for an event: the person logged in, or `LOCAL` where one person works alone."""
        return actor_of(request)

    def may(self, operation: Operation) -> bool:
        """Whether the person who asked for the event under way may do this."""
        return allowed(current_actor().role, operation)

    def names(self) -> dict[str, str]:
        """The shown name of every user, by login name."""
        return {user.name: user.actor.label for user in list_users(self.workspace.engine)}

    def renew(self, workspace: Workspace) -> None:
        """Go on with other settings or another dictionary; what is under way ends with those it began with."""
        self.workspace = workspace
        self.jobs.renew(workspace)
        self.holdings.renew(workspace)
        self.forget_facts()

    def facts(self, period: Period, *, fresh: bool = False) -> list[Fact]:
        """Every fact a report of this period may speak of; `fresh` looks first whether the ledger is another."""
        if fresh:
            self.notice_changes()
        return self._facts.get(("around", period), lambda: facts_around(self.workspace, period))

    def facts_in(self, period: Period) -> list[Fact]:
        """The facts of this period itself; none where the ledger has nothing in it."""

        def compute() -> list[Fact]:
            try:
                return compute_facts(self.workspace, period)
            except InputError:
                return []

        return self._facts.get(("in", period), compute)

    def notice_changes(self) -> None:
        """Forget the facts if the ledger is another than when they were computed, by whomever it was changed."""
        now = fingerprint(self.workspace.engine)
        with self._lock:
            changed, self._ledger = self._ledger not in ("", now), now
        if changed:
            self.forget_facts()

    def forget_facts(self) -> None:
        """The ledger has changed: compute facts anew when they are next asked for."""
        self._facts.forget()
        self.holdings.forget()

    def period_of(self, draft_id: str) -> Period:
        """The period a draft is about."""
        if draft_id not in self._periods:
            self._periods[draft_id] = load_draft(self.workspace.engine, draft_id).period
        return self._periods[draft_id]

    def check(self, text: str, facts: Sequence[Fact], period: Period) -> CheckReport:
        """The check of a text; one without any words has no verdicts."""
        if not text.strip():
            return CheckReport(text, period, (), (), ())
        return check_document(Document("正文", text, ()), facts, period, self.workspace.registry)

    def years(self) -> list[int]:
        """The years the ledger has data for, newest first."""
        this_year = date.today().year
        return [year for year in range(this_year, this_year - _YEARS_BACK, -1) if self.has(year_of(year))]

    def has(self, period: Period) -> bool:
        """Whether the ledger has anything for this period."""
        return bool(self.facts_in(period))

    def periods(self, kind: ReportKind | None = None, *, years: Sequence[int] = ()) -> list[Choice]:
        """The periods to choose from, newest first, as (name, id); those of one kind of report, or all.

        Of the years given, else of those the ledger has data for.
        """
        years = years or self.years() or [date.today().year]
        spans: list[Period] = []
        for year in years:
            if kind is not ReportKind.HALF_YEAR:
                spans += [year_of(year), *_so_far(year)]
            if kind is not ReportKind.ANNUAL:
                spans += [half_of(year, 1), half_of(year, 2)]
            if kind is None:
                spans += [quarter_of(year, quarter) for quarter in (1, 2, 3, 4)]
        return [(_period_named(span), period_id(span)) for span in spans]

    def drafts(self) -> list[Choice]:
        """The drafts to choose from, newest first."""
        return [(_draft_named(item), item.id) for item in list_drafts(self.workspace.engine)]

    def unfinished(self) -> tuple[str, int] | None:
        """The name of the newest draft and how many sections it has, where its writing was cut off."""
        newest = next(iter(list_drafts(self.workspace.engine)), None)
        if newest is None:
            return None
        draft = load_draft(self.workspace.engine, newest.id)
        if draft.extra.get("state") != "writing":
            return None
        return _report_named(draft.period), len(draft.sections)

    def cut_off(self) -> CutOff | None:
        """The newest draft, where its writing was cut off and can be gone on with."""
        from assistant.outlining import cut_off_draft

        return cut_off_draft(self.workspace)

    def past_files(self) -> list[str]:
        """The names of the past summaries kept in the workspace."""
        folder = self.workspace.folder / PAST
        return [path.name for path in sorted(folder.glob("*"), reverse=True) if path.is_file()]

    def export_path(self, name: str) -> Path:
        """Where to write a file that the browser then fetches."""
        folder = self.workspace.folder / EXPORTS / "exports" / secrets.token_hex(16)  # what is there can be fetched
        folder.mkdir(parents=True, exist_ok=True)
        safe = "".join(char for char in name if char not in '\\/:*?"<>|\n\r\t').strip(" .")
        return folder / (safe or "总结")


def _so_far(year: int) -> list[Period]:
    """The current year to the end of last month: reports of a year are written before it is over."""
    today = date.today()
    return [months_of(year, 1, today.month - 1)] if year == today.year and today.month > 1 else []


def chosen_period(chosen: str | None) -> Period:
    """The period a dropdown stands on; raises `InputError` where nothing is chosen."""
    if not chosen:
        raise InputError("还没有选期间。请先选好期间，再点一次。")
    return parse_period(chosen)


def _period_named(period: Period) -> str:
    whole_year = period == year_of(period.start.year)
    return f"{period.start.year}年全年" if whole_year else chinese_name(period)


def _report_named(period: Period) -> str:
    """2024年全年总结, 2024年上半年总结: what to call a report that has no title yet."""
    return f"{_period_named(period)}总结"


def _draft_named(item: Listing) -> str:
    number = item.id.rpartition("-")[2]
    made = item.created_at if item.created_at.tzinfo else item.created_at.replace(tzinfo=UTC)
    unfinished = "" if item.title else "，没写完"
    return f"{item.title or _report_named(parse_period(item.period))}（第{number}稿，{made.astimezone():%m-%d %H:%M}{unfinished}）"
