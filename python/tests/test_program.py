"""The wheel that holds the program itself gives the command, to the bytes of the package."""

from __future__ import annotations

import subprocess
from pathlib import Path

import flywheel as fw

from .conftest import COACH
from .test_run import files
from .test_workflow import beside_python


def test_the_command_is_there_and_gives_the_same(tmp_path: Path) -> None:
    command = beside_python("flywheel")
    said = subprocess.run([command, "--version"], check=True, capture_output=True, text=True).stdout
    assert said == f"flywheel {fw.__version__}\n"
    (tmp_path / "coach.toml").write_text(COACH)
    subprocess.run([command, "run", "coach.toml", "-q", "-o", "program"], cwd=tmp_path, check=True)
    fw.Scenario(tmp_path / "coach.toml").run(output=tmp_path / "python", progress=False)
    assert files(tmp_path / "program" / "coach") == files(tmp_path / "python" / "coach")
