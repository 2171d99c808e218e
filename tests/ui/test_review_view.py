from datetime import UTC, datetime

import pytest

from assistant.diffs import character_diff
from assistant.periods import parse_period
from assistant.permissions import Actor, Role
from assistant.records import CheckReport, Draft, ReportKind, SectionText
from assistant.reviewing import ReviewState, Status
from assistant.store.anchors import Place
from assistant.store.audit import Break, Entry
from assistant.store.comments import Comment
from ui.audit_view import audit_html, verified_html
from ui.history_view import diff_html
from ui.review_view import from_utf16, paper_of, standing_html

NOTHING = CheckReport("", parse_period("2024"), (), (), ())
NOON = datetime(2024, 12, 30, 4, 0, tzinfo=UTC)
EVIL = "<script>alert(1)</script>"


def state(status, **more):
    return ReviewState("annual-2024-1", status, 1, "a" * 64, by="li", at=NOON, **more)


def said(given, role):
    return standing_html(given, NOTHING, Actor("x", role), {"li": "李文书"})


def test_what_changed_is_said_by_words_not_by_colour_alone():
    html = diff_html(character_diff("检查企业268家次。", "检查企业236家次。"))
    assert "<del><b>删</b>268家次</del><ins><b>增</b>236家次</ins>" in html
    assert "删去 5 字，增加 5 字" in html


def test_long_stretches_that_stayed_are_folded_but_counted():
    long = "安全生产" * 200
    html = diff_html(character_diff(long + "甲。", long + "乙。"))
    assert "字没有改" in html and len(html) < 600


def test_markup_in_texts_comments_and_log_is_shown_as_text():
    assert "<script>" not in diff_html(character_diff(EVIL, "好"))
    assert "<script>" not in said(state(Status.RETURNED, why=EVIL), Role.SECRETARY)
    entry = Entry(1, NOON, EVIL, "comment", EVIL, EVIL, "0" * 64, "1" * 64)
    assert "<script>" not in audit_html([entry], {})
    assert "<script>" not in verified_html([Break(1, "changed", EVIL)], (1, "1" * 64))


@pytest.mark.parametrize(
    ("status", "role", "told"),
    [
        (Status.WRITING, Role.SECRETARY, "点“送审”"),
        (Status.WRITING, Role.REVIEWER, "等文秘送审"),
        (Status.SUBMITTED, Role.REVIEWER, "点“签发”"),
        (Status.SUBMITTED, Role.SECRETARY, "正在等审核人"),
        (Status.RETURNED, Role.SECRETARY, "改好以后再点“送审”"),
        (Status.SIGNED, Role.SECRETARY, "建立新版本"),
        (Status.SIGNED, Role.READER, "请文秘另起新版"),
    ],
)
def test_each_role_is_told_what_it_can_do_next(status, role, told):
    assert told in said(state(status, bound_hash="a" * 64), role)


def test_a_report_changed_since_it_was_submitted_is_told_so_loudly():
    html = said(state(Status.SUBMITTED, bound_hash="b" * 64), Role.REVIEWER)
    assert 'role="alert"' in html and "又有改动" in html and "点“签发”" not in html


def test_a_signed_report_shows_the_hash_it_is_bound_to():
    assert "a" * 64 in said(state(Status.SIGNED, bound_hash="a" * 64), Role.REVIEWER)


def test_places_are_counted_as_browsers_count_and_back_again():
    text = "𠮷安镇检查268家次。"
    draft = Draft("d", ReportKind.ANNUAL, parse_period("2024"), "总结", "", (SectionText("01", "一、", 1, text),))
    comment = Comment(7, "01", "268家次", EVIL, "zhang", NOON, Place("01", 5, 10))
    paper = paper_of(draft, NOTHING, [comment], {"zhang": "张审核"}, may=True)
    mark = paper["sections"][0]["marks"][0]
    assert (mark["start"], mark["end"], mark["number"]) == (6, 11, 7)  # the first character counts as two
    assert text[from_utf16(text, mark["start"]) : from_utf16(text, mark["end"])] == "268家次"
    assert paper["comments"][0]["author"] == "张审核"
