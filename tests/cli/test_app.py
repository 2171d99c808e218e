"""The command as a whole: what is typed wrongly is said in Chinese, with status 2."""

import pytest

from assistant import __version__


def test_version(jushi):
    result = jushi("--version")
    assert (result.status, result.out.strip()) == (0, f"据实 {__version__}")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["facts"], "--period"),
        (["facts", "--perod", "2024"], "--perod"),
        (["draw"], "draw"),
        (["serve", "--port", "many"], "--port"),
        (["check"], "FILE"),
        (["ledger", "import"], "FILE"),
    ],
)
def test_a_command_that_cannot_be_understood(jushi, tmp_path, arguments, says):
    result = jushi(*arguments)
    assert result.status == 2
    assert says in result.err
    assert "--help" in result.err
    assert len(result.err.strip().splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_setting_is_said_in_one_sentence(jushi, monkeypatch):
    monkeypatch.setenv("JUSHI_LLM_TIMEOUT", "soon")
    result = jushi("ledger", "import", "x.xlsx")
    assert result.status == 2
    assert "llm_timeout" in result.err


def test_a_workspace_that_cannot_be_made_is_said_in_one_sentence(jushi, tmp_path):
    (tmp_path / "file").write_text("x")
    result = jushi("ledger", "import", "x.xlsx", "--workspace", tmp_path / "file" / "w")
    assert result.status == 2
    assert "不能建立工作目录" in result.err


def test_a_port_out_of_range_is_said_in_one_sentence(jushi):
    result = jushi("serve", "--port", "99999")
    assert result.status == 2
    assert "port" in result.err
