"""What a model that keeps to a grammar may write."""

from assistant.drafting.paragraphs import grammar_for
from assistant.drafting.validation import tidy


def test_digits_come_only_from_slots_and_from_names_that_have_them():
    lines = grammar_for(["检查企业N家次"], {"119", "十五条硬措施"}, lines=True).splitlines()
    assert lines[0] == 'root ::= (plain | slot | name | "\\n")+ "。"'
    assert "^0-9０-９a-zA-Z" in lines[1]
    assert lines[2:] == ['slot ::= "{{检查企业N家次}}"', 'name ::= "119"']


def test_without_slots_and_names_there_is_only_plain_text():
    assert grammar_for([]).startswith("root ::= (plain)+")
    assert "::=" not in grammar_for([]).splitlines()[-1].partition("plain ::=")[2]


def test_quotes_in_names_are_escaped():
    assert grammar_for([], {'甲"1"'}).endswith('name ::= "甲\\"1\\""')


def test_a_name_whose_number_is_missing_goes():
    assert tidy("以“安全生产月”和“  月”为契机。") == "以“安全生产月”为契机。"
