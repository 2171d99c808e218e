"""Texts that are no report: too long, or one sentence without end."""

import time

import pytest

from assistant.errors import InputError
from assistant.factcheck.check import MAX_CLAIMS, MAX_LENGTH, check


@pytest.mark.parametrize("piece", ["检查企业12家、", "检查企业12家；", "1家、", "百分之"])
def test_a_sentence_without_end_takes_no_longer_than_its_length(piece):
    began = time.process_time()
    check((piece * 10_000)[:10_000], [], "2023")
    assert time.process_time() - began < 5


def test_a_text_too_long_is_refused_in_words():
    with pytest.raises(InputError, match="请分成几部分"):
        check("安" * (MAX_LENGTH + 1), [], "2023")
    with pytest.raises(InputError, match="5001个数字"):
        check("检查企业12家。" * (MAX_CLAIMS + 1), [], "2023")


def test_a_figure_of_very_many_digits_is_read_like_any_other():
    for digits in (29, 40, 60):
        report = check(f"全年检查企业{'9' * digits}余家次。检查企业{'12' * digits}多家。", [], "2023")
        assert all(report.text[each.start : each.end] == each.surface for each in report.quantities)
