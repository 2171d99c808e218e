"""Locked sentences stay where they are when a section is written again."""

from assistant.drafting.redo import keep_sentences

OLD = "镇里高度重视。全年检查企业184家次。\n整改隐患35处，整改率97.2%。"


def test_a_locked_sentence_that_is_still_there_changes_nothing():
    assert (
        keep_sentences("全年检查企业184家次。做得扎实。", OLD, ["全年检查企业184家次。"])
        == "全年检查企业184家次。做得扎实。"
    )


def test_a_locked_sentence_takes_the_place_of_one_with_its_figures():
    new = keep_sentences("共检查企业184家次。做得扎实。", OLD, ["全年检查企业184家次。"])
    assert new == "做得扎实。全年检查企业184家次。"


def test_a_locked_sentence_keeps_its_paragraph_and_its_place_at_the_head():
    new = keep_sentences("全年检查企业184家次。\n督促到位。", OLD, ["整改隐患35处，整改率97.2%。", "镇里高度重视。"])
    assert new == "镇里高度重视。全年检查企业184家次。\n整改隐患35处，整改率97.2%。督促到位。"
