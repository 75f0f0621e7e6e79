"""What tests share: a small market, and the program to hold results against."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import flywheel as fw

COACH = """
[simulation]
periods = 40
replicates = 3

[[populations]]
name = "households"
customers = 300

[[firms]]
name = "shop"
experience = "respond-to-desire"

[[firms]]
name = "coach"
experience = "coach-behavior"
entry = 5
"""


@pytest.fixture
def scenario() -> fw.Scenario:
    return fw.Scenario.from_toml(COACH, name="coach")


@pytest.fixture(scope="session")
def run() -> fw.Run:
    return fw.Scenario.from_toml(COACH, name="coach").run(progress=False)


@pytest.fixture(scope="session")
def program() -> Path:
    """The program, which FLYWHEEL names."""
    path = os.environ.get("FLYWHEEL")
    if not path:
        pytest.skip("FLYWHEEL does not name the program")
    return Path(path)
