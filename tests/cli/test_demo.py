"""What the demo tells a stranger to do next can be typed as it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.cli.demo import next_command


@pytest.mark.parametrize(
    ("started_as", "named"),
    [
        (".venv/bin/jushi", ".venv/bin/jushi"),  # what `make demo` runs: jushi alone is not on the path
        ("jushi", "jushi"),
        ("-c", "jushi"),
        ("/home/wang/assistant/cli/app.py", "jushi"),
    ],
)
def test_the_command_is_named_as_it_was_started(started_as, named):
    assert next_command(started_as, Path("out")) == f"{named} serve --workspace {Path('out') / '工作区'}"


def test_a_program_that_is_on_the_path_is_named_short(tmp_path, monkeypatch):
    program = tmp_path / "jushi"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert next_command(str(program), Path("out")).startswith("jushi serve ")
