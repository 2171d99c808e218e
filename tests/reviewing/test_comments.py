"""Comments on a report in review: they stay on their words, and are dealt with."""

import pytest
from report_in_review import FIRST, ID, write

from assistant import reviewing
from assistant.errors import InputError
from assistant.reviewing import comments_of, state_of
from assistant.store import drafts


def test_a_comment_stays_on_its_figure_and_is_dealt_with(workspace, people):
    start = FIRST.index("23份")
    made = reviewing.comment(workspace, ID, people["reviewer"], "01", start, start + 3, " 与台账不符？ ")
    assert (made.quote, made.text, made.author, made.lost) == ("23份", "与台账不符？", "reviewer", False)
    write(workspace, "01", "一年来，" + FIRST, "secretary")
    [moved] = comments_of(workspace, ID)
    now = drafts.load_draft(workspace.engine, ID).sections[0].text
    assert now[moved.place.start : moved.place.end] == "23份"
    assert state_of(workspace, ID).open_comments == 1
    write(workspace, "01", "全年检查企业205家次。", "secretary")
    assert comments_of(workspace, ID)[0].lost
    done = reviewing.resolve_comment(workspace, ID, made.number, people["secretary"])
    assert (done.open, done.resolved_by) == (False, "secretary")
    assert reviewing.resolve_comment(workspace, ID, made.number, people["reviewer"]).resolved_by == "secretary"
    assert state_of(workspace, ID).open_comments == 0


def test_a_section_or_the_whole_report_may_be_commented_on(workspace, people):
    whole = reviewing.comment(workspace, ID, people["reviewer"], "", 0, 0, "总体不错")
    section = reviewing.comment(workspace, ID, people["reviewer"], "02", 0, 0, "太短")
    assert not whole.lost
    assert not section.lost
    assert [each.section for each in comments_of(workspace, ID)] == ["", "02"]


@pytest.mark.parametrize(
    ("section", "start", "end", "words", "told"),
    [
        ("01", 0, 400, "x", "不在“第01部分”的文字里"),
        ("01", 5, 5, "x", "不在"),
        ("01", -3, 2, "x", "不在"),
        ("", 0, 3, "x", "不在"),
        ("09", 0, 3, "x", "没有编号为“09”的一节，有的是：01、02"),
        ("01", 0, 3, "  ", "批注要有"),
        ("01", 0, 3, "长" * 3000, "批注要有"),
    ],
)
def test_a_comment_on_nothing_is_refused(workspace, people, section, start, end, words, told):
    with pytest.raises(InputError, match=told):
        reviewing.comment(workspace, ID, people["reviewer"], section, start, end, words)
    assert comments_of(workspace, ID) == []


def test_an_unknown_comment_is_said_to_be_unknown(workspace, people):
    with pytest.raises(InputError, match="没有编号为 7 的批注"):
        reviewing.resolve_comment(workspace, ID, 7, people["reviewer"])
