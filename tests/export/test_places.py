"""Finding a checked text's figures in a document's paragraphs."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.export.places import Place, Places

WORDS = st.text(alphabet="检查企业家次236 \n", max_size=12)


@given(st.lists(WORDS, min_size=1, max_size=8))
def test_the_same_text_is_found_to_the_character(paragraphs: list[str]) -> None:
    text = "\n".join(paragraphs)
    places = Places(paragraphs, text)
    start = 0
    for number, paragraph in enumerate(paragraphs):
        for inside in range(len(paragraph)):
            assert places.find(start + inside, start + inside + 1) == Place(number, inside, inside + 1)
        start += len(paragraph) + 1


@given(st.lists(WORDS, max_size=6), st.lists(WORDS, max_size=6))
def test_what_is_found_always_reads_the_same(paragraphs: list[str], others: list[str]) -> None:
    text = "\n".join(others)
    places = Places(paragraphs, text)
    for start in range(len(text)):
        for end in range(start + 1, min(start + 4, len(text)) + 1):
            place = places.find(start, end)
            if place:
                assert paragraphs[place.paragraph][place.start : place.end] == text[start:end]


def test_blank_lines_and_indents_do_not_matter() -> None:
    places = Places(["一、检查", "检查8次，宣传8次。"], "一、检查\n\n　　检查8次，宣传8次。\n")
    start = "一、检查\n\n　　检查8次，宣传8次。".rindex("8次")
    assert places.find(start, start + 2) == Place(1, 7, 9)


def test_a_line_that_is_not_there_is_not_found() -> None:
    assert Places(["检查8次。"], "培训8次，演练9场。").find(2, 4) is None


def test_a_changed_line_is_paired_with_its_own_not_with_its_neighbour() -> None:
    paragraphs = ["全年共检查企业8次，整改到位。"]
    text = "全年培训企业8次，发放资料。\n全年检查企业8次，全部整改到位。"
    places = Places(paragraphs, text)
    assert places.find(text.index("8次"), text.index("8次") + 2) is None
    start = text.rindex("8次")
    assert places.find(start, start + 2) == Place(0, 7, 9)
