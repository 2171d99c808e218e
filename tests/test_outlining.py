"""What a person settles before anything is written, as a table shows it and takes it back."""

from dataclasses import replace

import pytest
from secretary import LEDGERS, PAST

from assistant.drafting.context import Bound
from assistant.drafting.sections import FOLLOW_UP
from assistant.errors import Cancelled, InputError
from assistant.outlining import Aim, Row, cut_off_draft, propose_outline, settle_outline, settle_targets
from assistant.periods import parse_period
from assistant.records import ReportKind
from assistant.retrieval.loaders import load_document
from assistant.settings import load_settings
from assistant.workflow import import_ledger, write_draft
from assistant.workspace import NO_MODEL, open_workspace

YEAR = parse_period("2024")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    opened = open_workspace(load_settings(tmp_path_factory.mktemp("outlining") / "workspace"))
    import_ledger(opened, LEDGERS)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def past():
    return [load_document(PAST / "2023年总结.docx")]


@pytest.fixture(scope="module")
def proposal(workspace, past):
    return propose_outline(workspace, ReportKind.ANNUAL, YEAR, past)


def settle(workspace, past, rows):
    return settle_outline(workspace, ReportKind.ANNUAL, YEAR, past, rows)


def aim(indicator, value, bound=Bound.AT_LEAST):
    return Aim(indicator, bound, value, "", "")


def test_a_table_nobody_changed_is_the_outline_proposed(workspace, past, proposal):
    for settled, proposed in zip(settle(workspace, past, proposal.rows), proposal.sections, strict=True):
        assert (settled.key, settled.heading, settled.must, settled.topics) == (
            proposed.key,
            proposed.heading,
            proposed.must,
            proposed.topics,
        )


def test_sections_are_moved_dropped_renamed_and_added(workspace, past, proposal):
    rows = [row for row in proposal.rows if row.heading != "食品安全"]
    at = next(index for index, row in enumerate(rows) if row.heading == "道路交通安全")
    rows[at], rows[at + 1] = rows[at + 1], replace(rows[at], heading="道路安全", length=90)
    rows.insert(at, Row("值班值守", "工作", 2, "（一）", ("安委会会议",), (), 60, "无"))
    settled = settle(workspace, past, rows)
    headings = [spec.heading for spec in settled]
    assert "食品安全" not in headings
    assert headings[at : at + 3] == ["值班值守", "自建房安全", "道路安全"]
    assert settled[at + 2].length == 90 and settled[at].must == ("meeting.safety_committee",)
    assert [spec.key for spec in settled] == sorted(spec.key for spec in settled)


def test_one_plan_section_takes_up_the_shortfalls_whatever_was_dropped(workspace, past, proposal):
    plans = [spec for spec in proposal.sections if FOLLOW_UP in spec.topics]
    rows = [row for row in proposal.rows if row.heading != plans[0].heading]
    assert sum(FOLLOW_UP in spec.topics for spec in settle(workspace, past, rows)) == 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"must": ("检查全部企业",)}, "不认识"),
        ({"length": 99999}, "字数"),
        ({"role": "附录"}, "类型"),
        ({"follows": "第99节"}, "找不到"),
    ],
)
def test_what_is_wrong_is_said_with_the_section(workspace, past, proposal, change, message):
    rows = [replace(row, **change) if row.heading == "道路交通安全" else row for row in proposal.rows]
    with pytest.raises(InputError, match=message) as raised:
        settle(workspace, past, rows)
    assert "道路交通安全" in str(raised.value)


def test_an_empty_outline_is_refused(workspace, past):
    with pytest.raises(InputError, match="至少留一节"):
        settle(workspace, past, [])


def test_targets_are_those_with_a_value(workspace):
    targets = settle_targets(workspace, [aim("隐患整改率", "98.5%"), aim("", "3"), aim("检查企业", " ")])
    assert [(target.indicator, str(target.value), target.unit) for target in targets] == [("hazard.rate", "98.5", "%")]


@pytest.mark.parametrize(("given", "message"), [("不少", "不小于零"), ("-3", "不小于零")])
def test_a_target_that_is_no_number_is_refused(workspace, given, message):
    with pytest.raises(InputError, match=message):
        settle_targets(workspace, [aim("隐患整改率", given)])


def test_this_periods_results_stand_beside_what_a_target_can_be_set_for(proposal):
    reached = {each.indicator: each.reached for each in proposal.reached}
    assert reached["隐患整改率"] == "97.3%"


def test_a_draft_cut_off_is_gone_on_with_as_it_was_begun(workspace, past, proposal):
    rows = [row for row in proposal.rows if row.heading != "食品安全"]
    outline = settle(workspace, past, rows)
    targets = settle_targets(workspace, [aim("隐患整改率", "98.5")])
    written = []

    def stop_after_three(section):
        written.append(section)
        if len(written) == 3:
            raise Cancelled("停")

    given = {"past": past, "outline": outline, "targets": targets, "model": NO_MODEL}
    with pytest.raises(Cancelled):
        write_draft(workspace, ReportKind.ANNUAL, YEAR, **given, on_section=stop_after_three)
    cut = cut_off_draft(workspace)
    assert cut is not None and cut.sections == 3 and cut.targets == targets and list(cut.outline) == outline
    draft = write_draft(
        workspace, cut.kind, cut.period, past=cut.past, outline=cut.outline, targets=cut.targets, model=cut.model
    )
    assert draft.id == cut.id and list(draft.sections[:3]) == written
    assert cut_off_draft(workspace) is None


def test_whoever_drafts_is_told_beforehand_what_sections_there_will_be(workspace, past):
    heard = []
    draft = write_draft(
        workspace,
        ReportKind.ANNUAL,
        YEAR,
        past=past,
        model=NO_MODEL,
        on_outline=lambda specs: heard.append([spec.key for spec in specs]),
        on_section=lambda section: heard.append(section.key),
    )
    assert isinstance(heard[0], list)
    assert {section.key for section in draft.sections if section.text} <= set(heard[0])
