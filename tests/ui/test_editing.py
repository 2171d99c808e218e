"""What the editor is told: where sections stand, what was saved, what somebody else changed, changes taken one by one."""

from dataclasses import replace

import pytest
from secretary import LEDGERS, SECTIONS, make_draft

from assistant.errors import SignedOff
from assistant.permissions import LOCAL
from assistant.records import SectionText
from assistant.reviewing import sign, submit
from assistant.revising import opened_at, save_text
from assistant.settings import load_settings
from assistant.store.drafts import load_draft
from assistant.store.proposals import Proposal, load_proposals, save_proposals
from assistant.store.revisions import revisions
from assistant.workflow import draft_text, import_ledger
from assistant.workspace import open_workspace
from ui.desk import Desk
from ui.edit_tab import open_draft
from ui.editing import Editing, patched
from ui.opened import stands_in
from ui.returning import Returning, uploaded
from ui.rewriting import Rewriting


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    opened = open_workspace(load_settings(tmp_path_factory.mktemp("editing") / "workspace"))
    import_ledger(opened, LEDGERS)
    yield Desk(opened)
    opened.close()


@pytest.fixture
def draft(desk):
    return make_draft(desk.workspace)


@pytest.fixture
def editing(desk):
    return Editing(desk)


@pytest.fixture
def rewriting(editing):
    return Rewriting(editing)


def held(desk, draft_id, old="", new=""):
    """What the editor sends: the text with one change, and the revisions it counts from."""
    text = draft_text(load_draft(desk.workspace.engine, draft_id))
    assert old in text
    return {"id": draft_id, "text": text.replace(old, new, 1), "base": opened_at(desk.workspace, draft_id)}


def stored(desk, draft_id, key):
    return next(each for each in load_draft(desk.workspace.engine, draft_id).sections if each.key == key)


def another_writes(desk, draft_id, old, new):
    sent = held(desk, draft_id, old, new)
    save_text(desk.workspace, draft_id, sent["text"], sent["base"], author="王会计")


def test_sections_are_found_in_the_text_as_typed_blank_lines_and_rare_characters_included(desk, editing, draft):
    sent = held(desk, draft, "排查安全隐患", "\n𠮷村排查安全隐患")
    text = sent["text"].encode("utf-16-le")
    for section in editing.check(sent)["sections"]:
        words = text[section["start"] * 2 : section["end"] * 2].decode("utf-16-le")
        assert words.startswith(section["heading"])
        assert words.endswith("。")


def test_a_section_without_words_has_a_place_of_no_length(desk, draft):
    whole = load_draft(desk.workspace.engine, draft)
    emptied = replace(whole, sections=(*whole.sections[:1], SectionText("015", "", 1, ""), *whole.sections[1:]))
    stand = stands_in(emptied, draft_text(whole))[1]
    assert stand.start == stand.end


def test_a_save_answers_with_revisions_and_time(desk, editing, draft):
    sent = held(desk, draft, "群众广泛", "群众很多")
    answer = editing.save(sent)
    assert answer["base"]["02"] == sent["base"]["02"] + 1 and answer["patches"] == [] and ":" in answer["at"]
    assert stored(desk, draft, "02").text == "全年举办安全培训，群众很多参加。"


def test_what_somebody_else_changed_elsewhere_comes_back_as_a_patch(desk, editing, draft):
    sent = held(desk, draft, "群众广泛", "群众很多")
    another_writes(desk, draft, "压实责任", "压紧责任")
    answer = editing.save(sent)
    assert patched(sent["text"], answer["patches"]) == draft_text(load_draft(desk.workspace.engine, draft))
    assert (
        editing.save({**sent, "text": patched(sent["text"], answer["patches"]), "base": answer["base"]})["patches"]
        == []
    )


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ("mine", "全年举办安全培训，群众很多参加。"),
        ("theirs", "全年举办安全培训，群众踊跃参加。"),
        ("both", "全年举办安全培训，群众踊跃参加。\n全年举办安全培训，群众很多参加。"),
    ],
)
def test_a_conflict_shows_both_texts_and_ends_as_the_person_says(desk, editing, draft, choice, expected):
    sent = held(desk, draft, "群众广泛", "群众很多")
    another_writes(desk, draft, "群众广泛", "群众踊跃")
    [disputed] = editing.save(sent)["conflict"]
    assert (disputed["who"], disputed["key"]) == ("王会计", "02")
    assert "很多" in disputed["mine"] and "踊跃" in disputed["theirs"]
    answer = editing.settle({**sent, "choices": {"02": choice}, "numbers": {"02": disputed["number"]}})
    assert stored(desk, draft, "02").text == expected
    assert patched(sent["text"], answer["patches"]) == draft_text(load_draft(desk.workspace.engine, draft))
    texts = [each.section.text for each in revisions(desk.workspace.engine, draft, "02")]
    assert "全年举办安全培训，群众踊跃参加。" in texts  # whatever was chosen, nothing is gone


def test_a_third_change_while_choosing_is_not_written_over(desk, editing, draft):
    sent = held(desk, draft, "群众广泛", "群众很多")
    another_writes(desk, draft, "群众广泛", "群众踊跃")
    [disputed] = editing.save(sent)["conflict"]
    another_writes(desk, draft, "群众踊跃", "群众积极")
    again = editing.settle({**sent, "choices": {"02": "mine"}, "numbers": {"02": disputed["number"]}})
    assert "积极" in again["conflict"][0]["theirs"]


def test_a_missing_figure_comes_with_its_ready_sentence(desk, editing, draft):
    items = editing.check(held(desk, draft))["items"]
    missing = next(each for each in items if "安委会会议" in each["message"])
    assert missing["kind"] == "omission" and missing["ready"] == "全年召开安委会会议14次。"
    assert editing.mention({"id": draft, "indicator": missing["about"]}) == {"sentence": missing["ready"]}


def offer_words(desk, draft, text="全年开展安全培训，群众踊跃参加。"):
    section = replace(SECTIONS[1], text=text, writer="model")
    number = opened_at(desk.workspace, draft)["02"]
    save_proposals(desk.workspace.engine, draft, "02", [Proposal(section, number, "更精炼")])
    return section


def test_a_wording_is_taken_whole_or_in_part(desk, rewriting, draft):
    offer_words(desk, draft)
    [offer] = rewriting.offers({"id": draft, "key": "02"})["offers"]
    changes = [index for index, (before, after) in enumerate(offer["pieces"]) if before != after]
    assert len(changes) == 2
    words = "".join(after if index == changes[1] else before for index, (before, after) in enumerate(offer["pieces"]))
    was = SECTIONS[1].text
    answer = rewriting.take(
        {**held(desk, draft), "key": "02", "number": 0, "words": words, "was": was, "label": "更精炼"}
    )
    assert stored(desk, draft, "02").text == "全年举办安全培训，群众踊跃参加。"
    assert stored(desk, draft, "02").writer == "person"
    assert [patch["key"] for patch in answer["patches"]] == ["02"]
    assert load_proposals(desk.workspace.engine, draft, "02") == []


def test_a_wording_taken_whole_stays_the_models(desk, rewriting, draft):
    section = offer_words(desk, draft)
    rewriting.take({**held(desk, draft), "key": "02", "number": 1, "words": section.text, "was": SECTIONS[1].text})
    assert stored(desk, draft, "02").writer == "model"


def test_a_section_changed_while_it_was_written_again_is_compared_anew(desk, rewriting, draft):
    section = offer_words(desk, draft)
    another_writes(desk, draft, "群众广泛参加。", "群众广泛参加。效果好。")
    sent = {**held(desk, draft), "key": "02", "number": 1, "words": section.text, "was": SECTIONS[1].text}
    stale = rewriting.take(sent)["stale"]
    assert "效果好。" in stale["text"] and stored(desk, draft, "02").text.endswith("效果好。")


def test_a_locked_sentence_is_not_taken_away(desk, rewriting, draft):
    sent = held(desk, draft)
    answer = rewriting.lock_sentence({**sent, "key": "02", "words": "群众广泛"})
    assert answer["sections"][1]["sentences"] == ["全年举办安全培训，群众广泛参加。"]
    offer_words(desk, draft)
    take = {**sent, "key": "02", "number": 0, "words": "全年开展安全培训。", "was": SECTIONS[1].text}
    assert rewriting.acts() and "锁定" in str(refused(rewriting.take, take))
    assert rewriting.lock_sentence({**sent, "key": "02", "words": "群众广泛"})["sections"][1]["sentences"] == []


def refused(act, asked):
    with pytest.raises(Exception) as raised:
        act(asked)
    return raised.value


def test_only_what_the_browser_has_sent_is_read(tmp_path, monkeypatch, editing):
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    secret = tmp_path / "secret.docx"
    secret.write_text("not yours")
    for path in (str(secret), str(tmp_path / "tmp" / ".." / "secret.docx"), "", None):
        assert "没有传上来" in str(refused(uploaded, path))
    assert "过期" in str(refused(Returning(editing).accept_word, {"id": "x", "token": "none", "numbers": [1]}))


def test_a_signed_report_opens_to_be_read_only_and_refuses_every_change(desk, editing, rewriting, draft):
    submit(desk.workspace, draft, LOCAL)
    sign(desk.workspace, draft, LOCAL)
    doc = open_draft(desk, draft)["doc"]
    assert doc["readonly"] and "已签发" in doc["why"] and doc["pending"] == []
    assert isinstance(refused(editing.save, held(desk, draft, "群众广泛", "群众很多")), SignedOff)
    offer = {**held(desk, draft), "key": "02", "number": 0, "words": "改了。", "was": SECTIONS[1].text}
    assert isinstance(refused(rewriting.take, offer), SignedOff)
