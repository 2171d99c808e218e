"""Lines, headings, sentences and their fields."""

from assistant.alignment.layout import lay_out

TEXT = """某镇2024年安全生产工作总结
一、重点领域整治
（一）道路交通安全
劝导违法1520人次。食品安全方面，抽检148批次；合格145批次。
（二）消防安全：检查场所86家次。
二、下一步打算
1.继续检查。"""


def test_levels_and_paths() -> None:
    lines = lay_out(TEXT, []).lines
    assert [line.level for line in lines] == [0, 1, 2, 0, 2, 1, 3]
    assert lines[3].path == ("重点领域整治", "道路交通安全")
    assert lines[4].heading == "消防安全："


def test_the_part_on_plans() -> None:
    lines = lay_out(TEXT, []).lines
    assert [line.is_plan for line in lines] == [False] * 5 + [True] * 2


def test_fields_come_from_the_heading_until_a_topic_is_named() -> None:
    layout = lay_out(TEXT, [])
    fields = [sorted(sentence.fields) for sentence in layout.sentences if sentence.line is layout.lines[3]]
    assert fields == [["road"], ["food"], ["food"]]


def test_semicolons_divide_but_do_not_end_a_sentence() -> None:
    layout = lay_out(TEXT, [])
    food = [sentence for sentence in layout.sentences if "food" in sentence.fields]
    assert food[0].full_start == food[1].full_start


def test_every_character_stands_in_a_sentence() -> None:
    layout = lay_out(TEXT, [])
    assert "".join(TEXT[each.start : each.end] for each in layout.sentences) == TEXT.replace("\n", "")


def test_a_stop_inside_a_figure_ends_nothing() -> None:
    text = "增设护栏320。9米，完成。"
    assert len(lay_out(text, [(4, 10)]).sentences) == 1


def test_a_line_without_a_stop_is_cut_at_its_marks() -> None:
    text = "检查企业12家、" * 1000
    layout = lay_out(text, [])
    assert max(sentence.end - sentence.start for sentence in layout.sentences) <= 1_000
    assert all(text[sentence.end - 1] == "、" for sentence in layout.sentences)
    assert [one.end for one in layout.sentences[:-1]] == [other.start for other in layout.sentences[1:]]
    assert layout.sentences[-1].end == len(text)


def test_a_line_of_half_sentences_does_not_frame_all_of_itself() -> None:
    layout = lay_out("检查企业12家；" * 1000, [])
    assert max(sentence.end - sentence.full_start for sentence in layout.sentences) < 1_100


def test_a_figure_is_not_cut() -> None:
    text = "长" * 995 + "1234567890" + "长" * 100
    layout = lay_out(text, [(995, 1005)])
    assert [sentence.end for sentence in layout.sentences] == [1005, len(text)]
