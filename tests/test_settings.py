"""Settings come from arguments, the environment and the workspace's own file, in that order."""

import subprocess
import sys
from pathlib import Path

import pytest

from assistant.errors import SettingsError
from assistant.settings import DEFAULT_WORKSPACE, load_settings


def write(folder: Path, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "jushi.toml").write_text(text, encoding="utf-8")
    return folder


def test_everything_has_a_default(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    settings = load_settings()
    assert settings.workspace == DEFAULT_WORKSPACE
    assert (settings.llm_base_url, settings.host) == ("", "127.0.0.1")


def test_the_file_in_the_workspace_is_read(tmp_path):
    folder = write(tmp_path / "w", 'unit_name = "青梧镇"\nllm_timeout = 30\n')
    settings = load_settings(folder)
    assert (settings.unit_name, settings.llm_timeout) == ("青梧镇", 30)


def test_the_environment_wins_over_the_file(tmp_path, monkeypatch):
    folder = write(tmp_path / "w", 'llm_model = "file"\n')
    monkeypatch.setenv("JUSHI_LLM_MODEL", "environment")
    assert load_settings(folder).llm_model == "environment"


def test_the_workspace_may_be_named_by_the_environment(tmp_path, monkeypatch):
    folder = write(tmp_path / "w", 'unit_name = "青梧镇"\n')
    monkeypatch.setenv("JUSHI_WORKSPACE", str(folder))
    assert load_settings().unit_name == "青梧镇"


@pytest.mark.parametrize(
    ("text", "named"),
    [("llm_timeout = 0\n", "llm_timeout"), ("colour = 1\n", "没有这个设置"), ("a = = 1\n", "TOML")],
)
def test_a_wrong_setting_is_named(tmp_path, text, named):
    with pytest.raises(SettingsError, match=named):
        load_settings(write(tmp_path / "w", text))


def test_the_key_is_never_printed(tmp_path, monkeypatch):
    monkeypatch.setenv("JUSHI_LLM_API_KEY", "sk-secret")
    settings = load_settings(tmp_path)
    assert "sk-secret" not in repr(settings)
    assert settings.llm_api_key.get_secret_value() == "sk-secret"


@pytest.mark.parametrize(("script", "page"), [("settings-page", "settings.md"), ("indicators-page", "indicators.md")])
def test_a_generated_page_is_what_the_program_has(script, page):
    root = Path(__file__).resolve().parent.parent
    printed = subprocess.run(
        [sys.executable, f"scripts/{script}"],
        capture_output=True,
        text=True,
        check=True,
        cwd=root,
        env={"PYTHONPATH": str(root)},
    ).stdout
    assert (root / "docs" / page).read_text(encoding="utf-8") == printed
