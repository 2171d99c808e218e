"""A finished report, and a clock, for the tests of review."""

from datetime import UTC, datetime, timedelta

from assistant.periods import year_of
from assistant.records import Draft, ReportKind, SectionText
from assistant.store import drafts
from assistant.store.passwords import Cost

ID = "annual-2024-1"
FIRST = "全年检查企业205家次，下发整改通知书23份。"
SECOND = "开展安全宣传12场次，发放资料3000余份。"
CHEAP = Cost(rounds=1, memory=64)


class Clock:
    """Every time it is asked a minute has passed."""

    def __init__(self):
        self.now = datetime(2025, 1, 6, 9, tzinfo=UTC)

    def __call__(self):
        self.now += timedelta(minutes=1)
        return self.now


def write(workspace, key, body, author):
    section = SectionText(key, f"第{key}部分", 1, body)
    return drafts.save_section(workspace.engine, ID, section, author=author, why="编辑")


def begin(workspace):
    """A report of two sections that the program has finished."""
    draft = Draft(
        ID, ReportKind.ANNUAL, year_of(2024), "青梧镇2024年安全生产工作总结", "青梧镇", (), addressee="县安委办：",
        signature="青梧镇人民政府", signed_on="2024年12月30日", extra={"state": "finished"},
    )  # fmt: skip
    drafts.save_head(workspace.engine, draft, "2024")
    write(workspace, "01", FIRST, "offline")
    write(workspace, "02", SECOND, "offline")
