import pytest

from assistant.retrieval.titles import document_number, law_named, numbers_in, short_title

KNOWN = (
    "安全生产法",
    "消防法",
    "道路交通安全法",
    "食品安全法",
    "食品安全法实施条例",
    "突发事件应对法",
    "特种设备安全法",
    "危险化学品安全管理条例",
    "某省实施消防法办法",
    "游船规则（试行）",
)


@pytest.mark.parametrize(
    ("name", "law"),
    [
        ("安全生产法", "安全生产法"),
        ("《中华人民共和国安全生产法》", "安全生产法"),
        ("安全生产法（2021修正）", "安全生产法"),
        ("安法", "安全生产法"),
        ("安全法", "安全生产法"),
        ("道交法", "道路交通安全法"),
        ("食安法", "食品安全法"),
        ("突对法", "突发事件应对法"),
        ("特设法", "特种设备安全法"),
        ("危化条例", "危险化学品安全管理条例"),
        ("食安法实施条例", "食品安全法实施条例"),
        ("游船规则", "游船规则（试行）"),
        ("民法典", ""),
        ("法", ""),
        ("森林法", ""),
    ],
)
def test_a_law_is_known_by_its_long_and_short_names(name, law):
    assert law_named(name, KNOWN) == law


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("中华人民共和国消防法", "消防法"),
        ("某省实施《中华人民共和国消防法》办法", "某省实施消防法办法"),
        ("游船规则（试行）", "游船规则（试行）"),
        ("某问题的解释（二）", "某问题的解释（二）"),
        ("安全生产法（2021年修正）", "安全生产法"),
    ],
)
def test_titles_are_shortened_as_people_say_them(title, short):
    assert short_title(title) == short


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("云溪县安全生产委员会文件\n云安委〔2023〕12号", "云安委〔2023〕12号"),
        ("云安委[2023]第12号", "云安委〔2023〕12号"),
        ("中华人民共和国国务院令第493号公布", "国务院令第493号"),
        ("没有文号", ""),
    ],
)
def test_a_document_number_is_brought_to_its_usual_form(text, number):
    assert document_number(text) == number


def test_numbers_are_found_in_questions():
    assert numbers_in("云安委〔2023〕12号和国务院493号令讲了什么") == ["〔2023〕12号", "令第493号"]
