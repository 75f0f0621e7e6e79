"""Workflow engines divide a run and merge it, to the bytes of one run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import COACH
from .test_run import files


def beside_python(name: str) -> str:
    """A program of this environment."""
    found = shutil.which(name, path=str(Path(sys.executable).parent))
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


@pytest.fixture
def place(program: Path, tmp_path: Path) -> Path:
    """A folder with a scenario, and the results of one run of it in `whole`."""
    (tmp_path / "my-sweep.toml").write_text(COACH)
    options = ["-q", "-o", "whole", "--replicates", "5"]
    subprocess.run([program, "run", "my-sweep.toml", *options], cwd=tmp_path, check=True)
    return tmp_path


def test_snakemake_runs_the_workflow(program: Path, place: Path) -> None:
    snakemake = beside_python("snakemake")
    subprocess.run([program, "snakemake", "my-sweep.toml", "--parts", "3", "--replicates", "5"], cwd=place, check=True)
    home = {**os.environ, "HOME": str(place), "XDG_CACHE_HOME": str(place / "cache")}
    subprocess.run([snakemake, "--cores", "2", "--quiet", "all"], cwd=place, check=True, env=home)
    assert files(place / "output" / "my-sweep") == files(place / "whole" / "my-sweep")
    assert len(list((place / "output").glob("*.part-*"))) == 3
    again = subprocess.run([snakemake, "--cores", "2"], cwd=place, check=True, env=home, capture_output=True, text=True)
    assert "Nothing to be done" in again.stdout + again.stderr


def test_hyperqueue_runs_what_the_document_says(program: Path, place: Path) -> None:
    pytest.importorskip("hyperqueue")
    document = (Path(__file__).parents[2] / "docs" / "cluster.md").read_text()
    script = document.split("## HyperQueue")[1].split("```python\n")[1].split("```")[0]
    assert "parts = 40\n" in script
    # as many parts as there are replicates
    script = script.replace("parts = 40\n", "parts = 3\n")
    folder = place / "bin"
    folder.mkdir()
    (folder / "flywheel").symlink_to(program.resolve())
    env = {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}", "HOME": str(place)}
    subprocess.run([sys.executable, "-c", script], cwd=place, check=True, env=env, timeout=120)
    parts = sorted((place / "output").glob("my-sweep.part-*-of-3"))
    assert len(parts) == 3
    subprocess.run([program, "merge", "output", *parts, "-q"], cwd=place, check=True)
    subprocess.run([program, "run", "my-sweep.toml", "-q", "-o", "alone"], cwd=place, check=True)
    assert files(place / "output" / "my-sweep") == files(place / "alone" / "my-sweep")
