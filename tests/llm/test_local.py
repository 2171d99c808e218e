"""The in-process server: what is refused before anything is loaded, and, where weights are at hand, a real answer."""

import os
import sys
from pathlib import Path

import pytest

from assistant.errors import ModelUnreachable, SettingsError, UnreadableFile
from assistant.llm.chat import Message, Options, complete
from assistant.llm.local import open_gguf

WEIGHTS = os.environ.get("JUSHI_TEST_GGUF", "")


def fake_gguf(tmp_path):
    path = tmp_path / "model.gguf"
    path.write_bytes(b"GGUF" + bytes(64))
    return path


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(UnreadableFile, match="nothing.gguf"):
        open_gguf(tmp_path / "nothing.gguf")


def test_another_kind_of_file_is_refused(tmp_path):
    path = tmp_path / "model.gguf"
    path.write_text("不是模型", encoding="utf-8")
    with pytest.raises(UnreadableFile, match="不是 GGUF"):
        open_gguf(path)


def test_nothing_is_loaded_until_asked(tmp_path):
    model = open_gguf(fake_gguf(tmp_path))
    assert (model.name, model.context, model.takes_grammar) == ("model", 8192, True)
    model.close()


def test_damaged_weights_are_reported(tmp_path):
    pytest.importorskip("xllamacpp")
    with pytest.raises(ModelUnreachable, match="model.gguf"):
        complete(open_gguf(fake_gguf(tmp_path)), [Message("user", "你好")])


def test_the_missing_extra_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "xllamacpp", None)
    with pytest.raises(SettingsError, match=r"pip install xllamacpp"):
        complete(open_gguf(fake_gguf(tmp_path)), [Message("user", "你好")])


@pytest.mark.skipif(not WEIGHTS, reason="needs a GGUF file named by JUSHI_TEST_GGUF")
def test_a_real_model_answers_within_a_grammar():
    model = open_gguf(Path(WEIGHTS), context=1024)
    try:
        reply = complete(model, [Message("user", "选一个字")], Options(max_tokens=4, grammar='root ::= "甲" | "乙"'))
        assert reply.text in ("甲", "乙")
        assert reply.usage.completion_tokens > 0
    finally:
        model.close()
