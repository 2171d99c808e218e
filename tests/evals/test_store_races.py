"""Many writers on one report, and a program killed while it saves: small, of the measurements `evals` takes."""

import pytest
from postgres import postgres_server, postgres_url  # noqa: F401 - fixtures

from assistant.periods import year_of
from assistant.records import Draft, ReportKind, SectionText
from assistant.settings import load_settings
from assistant.store.drafts import save_head, save_section
from assistant.workspace import open_workspace
from evals.bench_store import race
from evals.kill_store import kill_again_and_again

NAME = "annual-2024-1"


def make_report(settings):
    workspace = open_workspace(settings)
    save_head(workspace.engine, Draft(NAME, ReportKind.ANNUAL, year_of(2024), "总结", "石桥镇", ()), "2024")
    for number in range(1, 5):
        section = SectionText(f"0{number}", f"{'一二三四'[number - 1]}、检查", 1, f"第{number}节，检查企业205家次。")
        save_section(workspace.engine, NAME, section, author="offline", why="起草")
    workspace.close()


@pytest.mark.parametrize("threads", [True, False], ids=["threads", "programs"])
def test_writers_on_one_report_lose_nothing(tmp_path, threads):
    settings = load_settings(tmp_path)
    make_report(settings)
    outcome = race(settings, NAME, 4 if threads else 2, 1, 0, threads=threads)
    assert outcome.saves > 0 and outcome.lost == 0 and outcome.log_holds


@pytest.mark.postgres
def test_writers_on_a_server_lose_nothing(tmp_path, postgres_url):  # noqa: F811
    settings = load_settings(tmp_path).model_copy(update={"database_url": postgres_url})
    make_report(settings)
    outcome = race(settings, NAME, 4, 1, 0, threads=True)
    assert outcome.saves > 0 and outcome.lost == 0 and outcome.log_holds


def test_what_was_acknowledged_before_a_kill_is_there(tmp_path):
    toll = kill_again_and_again(tmp_path, 2)
    assert (toll.kills, toll.missing, toll.unsound) == (2, 0, 0) and toll.acknowledged > 0
