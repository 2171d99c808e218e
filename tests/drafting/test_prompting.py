"""The prompt files: what the program fills in, and that the example keeps to our own rules."""

import csv

import pytest

from assistant.drafting.exemplar import NO_EXEMPLAR, Exemplar
from assistant.drafting.factbook import book_of
from assistant.drafting.flaws import Rules
from assistant.drafting.prompting import ask, exemplar_limit, label_of, labels_of, load_prompts, repair_turns
from assistant.drafting.rendering import render_slots
from assistant.drafting.sections import Role, SectionSpec
from assistant.drafting.validation import find_problems, tidy
from assistant.drafting.widening import widened
from assistant.factcheck.check import check
from assistant.ledger.facts import facts_from_rows
from assistant.periods import parse_period
from assistant.records import VerdictKind
from assistant.registry.registry import shipped_registry
from assistant.shipped import shipped

PERIOD = parse_period("2024")
SPEC = SectionSpec("02", "道路交通安全", 2, Role.WORK, length=200)
FACTS = facts_from_rows(
    [
        {"indicator": "road.persuaded", "period": "2024", "value": "1341"},
        {"indicator": "road.violations", "period": "2024", "value": "133"},
    ]
)


@pytest.fixture
def example():
    with (shipped("prompts") / "section.facts.csv").open(encoding="utf-8") as file:
        return facts_from_rows(list(csv.DictReader(file)))


def test_the_example_in_the_prompt_passes_our_own_check(example):
    answer = dict(load_prompts().section.turns)["assistant"]
    registry = widened(shipped_registry(), example)
    slots = {f"f{number}": fact for number, fact in enumerate(example, 1)}
    text = tidy(answer, labels_of(slots))
    rules = Rules(tuple(slots), tuple(slots), book_of(example, PERIOD, registry), heading="粮油仓储安全")
    assert find_problems(text, rules) == []
    rendered = render_slots(text, slots, registry)
    assert rendered.used == tuple(fact.id for fact in example) and not rendered.notices
    report = check(rendered.text, example, PERIOD, registry=registry)
    assert [verdict.verdict for verdict in report.verdicts] == [VerdictKind.SUPPORTED] * 3
    assert not [finding for finding in report.findings if finding.severity != "info"]


def test_the_example_asks_as_the_program_asks(example):
    turns = load_prompts().section.turns
    shown = [text for role, text in turns if role == "user"][0]
    spec = SectionSpec("x", "粮油仓储安全", 2, Role.WORK)
    exemplar = Exemplar(shown.partition("往年写法：\n")[2].partition("\n要写进的数据")[0])
    slots = {f"f{number}": fact for number, fact in enumerate(example, 1)}
    asked = ask(load_prompts(), spec, slots, exemplar, length=160).messages[-1].content
    assert asked == shown


def test_no_value_is_ever_shown():
    slots = {"f1": FACTS[0], "f2": FACTS[1]}
    messages = ask(load_prompts(), SPEC, slots, NO_EXEMPLAR, length=200).messages
    whole = "".join(message.content for message in messages)
    assert "1341" not in whole and "133" not in whole
    assert "{{劝导交通违法行为N人次}}\n{{查处交通违法行为N起}}" in messages[-1].content


def test_every_section_shares_the_beginning_of_its_prompt():
    one = ask(load_prompts(), SPEC, {"f1": FACTS[0]}, NO_EXEMPLAR, length=200).messages
    two = ask(load_prompts(), SPEC, {"f1": FACTS[1]}, Exemplar("别的写法。"), length=90).messages
    assert one[:-1] == two[:-1] and len(one) == 4


def test_a_wish_is_passed_on():
    asked = ask(load_prompts(), SPEC, {}, NO_EXEMPLAR, length=200, wish="更精炼").messages[-1].content
    assert "另外要求：更精炼" in asked


def test_a_repair_names_the_problems_in_the_models_own_terms():
    question = ask(load_prompts(), SPEC, {"f1": FACTS[0]}, NO_EXEMPLAR, length=200)
    ((role, words),) = repair_turns(load_prompts(), question, ["漏写了{{f1}}，请写进正文", "写了数字“3”"])
    assert role == "user"
    assert "- 漏写了{{劝导交通违法行为N人次}}，请写进正文\n- 写了数字“3”" in words
    assert [message.role for message in question.then("回答", [(role, words)])][-2:] == ["assistant", "user"]


def test_labels_that_look_the_same_are_told_apart():
    twice = {"f1": FACTS[0], "f2": FACTS[0]}
    assert len(labels_of(twice)) == 2
    assert label_of(FACTS[0]) == "劝导交通违法行为N人次"


def test_the_exemplar_leaves_room_for_the_answer():
    assert exemplar_limit(0, 200) == 400
    assert exemplar_limit(8192, 200) == 400
    assert exemplar_limit(1024, 100) < 400
    assert exemplar_limit(500, 500) == 0
