"""Prompt files: placeholders are checked when a file is loaded, and filled in as they stand."""

import pytest

from assistant.errors import PromptError
from assistant.templates import load_template


@pytest.fixture
def folder(tmp_path):
    def write(text, name="ask"):
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
        return tmp_path

    return write


def test_turns_are_filled(folder):
    path = folder("%% for people\n--- system\n你是<<role>>。\n--- user\n写<<what>>，用{{f1}}。\n")
    template = load_template("ask", ["role", "what"], path)
    assert template.fill(role="写手", what="一段") == [("system", "你是写手。"), ("user", "写一段，用{{f1}}。")]


def test_a_text_without_turns_is_the_users(folder):
    assert load_template("ask", ["a"], folder("写<<a>>")).fill(a="甲") == [("user", "写甲")]


def test_what_is_filled_in_is_not_filled_again(folder):
    template = load_template("ask", ["a", "b"], folder("<<a>>|<<b>>"))
    assert template.fill(a="<<b>>", b="乙\\1") == [("user", "<<b>>|乙\\1")]


def test_placeholders_that_do_not_fit_fail_at_load_with_all_names(folder):
    with pytest.raises(PromptError) as caught:
        load_template("ask", ["facts", "title"], folder("写<<fact>>，<<title>>"))
    message = str(caught.value)
    assert "ask.md" in message
    assert "没有提供 <<fact>>" in message and "缺少 <<facts>>" in message
    assert "文件里有 <<fact>>、<<title>>" in message and "程序提供 <<facts>>、<<title>>" in message


def test_filling_checks_again(folder):
    template = load_template("ask", ["a"], folder("<<a>>"))
    with pytest.raises(PromptError):
        template.fill(a="x", b="y")
    with pytest.raises(PromptError):
        template.fill()


def test_the_hash_is_that_of_the_content(folder, tmp_path):
    one = load_template("ask", ["a"], folder("写<<a>>")).content_hash
    two = load_template("same", ["a"], folder("写<<a>>", "same")).content_hash
    other = load_template("other", ["a"], folder("写 <<a>>", "other")).content_hash
    assert one == two != other and len(one) == 12


def test_missing_empty_and_wrongly_encoded_files_are_named(folder, tmp_path):
    (tmp_path / "gbk.md").write_bytes("写一段".encode("gb18030"))
    folder("%% nothing\n", "empty")
    for name in ("missing", "empty", "gbk"):
        with pytest.raises(PromptError, match=f"{name}.md"):
            load_template(name, [], tmp_path)
