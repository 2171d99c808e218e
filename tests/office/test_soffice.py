"""LibreOffice as a converter."""

import stat
import sys
import time
from pathlib import Path

import pytest

from assistant.errors import UnreadableFile
from assistant.office import soffice

fake_program = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in program is a shell script")


def program(tmp_path: Path, script: str) -> str:
    path = tmp_path / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def test_without_libreoffice_the_advice_is_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soffice, "find_soffice", lambda: None)
    with pytest.raises(UnreadableFile, match="请安装 LibreOffice"):
        soffice.convert("报告.doc", b"x", "docx")


@fake_program
def test_a_hanging_conversion_is_stopped_with_its_children(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mark = tmp_path / "still-alive"
    monkeypatch.setattr(soffice, "find_soffice", lambda: program(tmp_path, f"(sleep 2; touch {mark}) & sleep 30"))
    started = time.monotonic()
    with pytest.raises(UnreadableFile, match="超过 1 秒"):
        soffice.convert("报告.doc", b"x", "docx", timeout=1)
    assert time.monotonic() - started < 5
    time.sleep(1.5)
    assert not mark.exists()


@fake_program
def test_a_conversion_that_gives_nothing_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soffice, "find_soffice", lambda: program(tmp_path, "exit 0"))
    with pytest.raises(UnreadableFile, match="不能转换“报告.doc”"):
        soffice.convert("报告.doc", b"x", "docx")


@fake_program
def test_every_run_has_a_profile_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = tmp_path / "log"
    monkeypatch.setattr(soffice, "find_soffice", lambda: program(tmp_path, f'echo "$1" >> {log}'))
    for _ in range(2):
        with pytest.raises(UnreadableFile):
            soffice.convert("报告.doc", b"x", "docx")
    first, second = log.read_text().splitlines()
    assert first.startswith("-env:UserInstallation=file:")
    assert first != second


@fake_program
def test_stand_in_fonts_are_used_unless_the_user_has_set_his_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "log"
    monkeypatch.setattr(soffice, "find_soffice", lambda: program(tmp_path, f'echo "$FONTCONFIG_FILE" >> {log}'))
    monkeypatch.delenv("FONTCONFIG_FILE", raising=False)
    monkeypatch.setattr(soffice, "_SYSTEM_FONTS", tmp_path)
    for own in ("", "/own.conf"):
        if own:
            monkeypatch.setenv("FONTCONFIG_FILE", own)
        with pytest.raises(UnreadableFile):
            soffice.convert("报告.docx", b"x", "pdf", fonts=tmp_path / "ours.conf")
    assert log.read_text().splitlines() == [str(tmp_path / "ours.conf"), "/own.conf"]
