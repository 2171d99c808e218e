"""The model writer beyond a section's first draft: wordings, wishes, rules, variants, stopping, resuming."""

import re
import time

import pytest
from endpoint import (
    endpoint,
    kills_server,
    writes_slots,
)
from modelled import CONTEXT, FACTS, PERIOD, is_sound, model_at, write

from assistant.drafting.draft import assemble
from assistant.drafting.model_writer import writer_with
from assistant.drafting.sections import PastSection, Role, SectionSpec
from assistant.errors import Cancelled, ModelError
from assistant.llm.queued import QueuedModel
from assistant.records import ReportKind


def test_problems_and_plans_are_worded_anew_without_touching_a_figure():
    past = PastSection("存在的问题", 1, "", Role.PROBLEMS, ("一是少数企业重效益轻安全。二是群众安全意识淡薄。",))
    spec = SectionSpec("05", "存在的问题", 1, Role.PROBLEMS, length=120)
    model = QueuedModel(
        [lambda messages: messages[-1].content.partition("草稿：\n")[2].replace("少数企业", "个别企业")]
    )
    section = write(model, spec, past)
    assert "个别企业重效益轻安全" in section.text and section.writer == "model"
    assert not re.search(r"\d", model.asked[0][-1].content.partition("草稿：\n")[2])
    assert is_sound(section)


def test_a_wording_that_loses_a_figure_or_adds_one_is_not_taken():
    spec = SectionSpec("05", "存在的问题", 1, Role.PROBLEMS, length=120)
    rate = "隐患整改率为97.6%"
    for answer in ("隐患整改还不到位。", "隐患整改率为95%，还有12处没有整改到位，事故防范仍有薄弱环节。"):
        section = write(QueuedModel([answer], repeat=True), spec, None)
        assert section.writer == "offline" and rate in section.text and "95" not in section.text
        assert is_sound(section)


def test_a_wish_reaches_the_model_and_figures_in_it_do_not_reach_the_text():
    model = QueuedModel(
        ["突出成效，全年{{开展路检路查N次}}，检查车辆500台次，{{劝导交通违法行为N人次}}，{{查处交通违法行为N起}}。"],
        repeat=True,
    )
    section = write(model, wish="写上检查车辆500台次，更精炼")
    assert "赶集日" not in section.text  # the length is the model's
    assert "更精炼" in model.asked[0][-1].content and "500" not in section.text


def test_a_retrieved_rule_is_shown_and_may_be_cited_but_its_figures_are_not_ours():
    rule = "《道路交通安全法》第四十九条：机动车载人不得超过核定的人数。违者处200元罚款。"
    answer = "依据第四十九条严查超员，依据第五十条严查改装，处200元罚款，全年{{开展路检路查N次}}，{{劝导交通违法行为N人次}}，{{查处交通违法行为N起}}。"
    model = QueuedModel([answer], repeat=True)
    section = write(model, references=lambda spec: rule)
    assert rule in model.asked[0][-1].content
    assert "依据第四十九条严查超员" in section.text
    assert "第五十条" not in section.text and "200元" not in section.text


def test_variants_are_asked_differently():
    models = [QueuedModel(["全年{{开展路检路查N次}}。"], repeat=True) for _ in range(2)]
    for variant, model in enumerate(models):
        write(model, variant=variant)
    assert models[0].options[0] != models[1].options[0]


def test_the_grammar_knows_the_slots_and_no_digit():
    model = QueuedModel(["全年{{开展路检路查N次}}。"], repeat=True, grammar=True)
    write(model)
    grammar = model.options[0].grammar
    assert '"{{开展路检路查N次}}"' in grammar and "[^0-9" in grammar


def test_the_text_is_told_as_it_grows():
    seen = []
    with endpoint(writes_slots) as server:
        write(model_at(server), on_text=seen.append)
    assert len(seen) > 3 and "我镇" in seen[0]
    assert "路检路查96次，劝导" in seen[-1] and not any("{" in text for text in seen)


def test_a_runaway_answer_is_not_listened_to_for_ever():
    started = time.monotonic()
    section = write(QueuedModel(["我镇强化路面巡查。" * 3000], repeat=True))
    assert is_sound(section) and len(section.text) < 600 and time.monotonic() - started < 10


def test_stopping_stops():
    with pytest.raises(Cancelled):
        write(QueuedModel(["全年" * 100]), cancelled=lambda: True)


def test_an_endpoint_that_dies_in_mid_draft_keeps_what_is_done_and_the_run_resumes():
    saved = []
    draft = (ReportKind.ANNUAL, PERIOD, FACTS, [], CONTEXT)
    with endpoint(writes_slots, kills_server) as server, pytest.raises(ModelError):
        assemble(*draft, write=writer_with(model_at(server, timeout=2.0, retries=0)), on_section=saved.append)
    done = [section for section in saved if section.writer == "model"]
    assert len(done) == 1
    with endpoint(writes_slots) as server:
        whole = assemble(*draft, write=writer_with(model_at(server)), done=saved)
        asked = [request.user for request in server.requests]
    assert done[0] in whole.sections and len(whole.sections) > len(saved)
    assert not any(done[0].heading.rpartition("）")[2] in question.splitlines()[0] for question in asked)
