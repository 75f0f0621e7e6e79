"""Scenarios from files, dicts and keywords, and what is said of mistakes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import flywheel as fw

from .conftest import COACH


def parts() -> dict[str, Any]:
    return {
        "simulation": {"periods": 40, "replicates": 3},
        "populations": [{"name": "households", "customers": 300}],
        "firms": [
            {"name": "shop", "experience": "respond-to-desire"},
            {"name": "coach", "experience": "coach-behavior", "entry": 5},
        ],
    }


def test_file_text_dict_and_keywords_say_the_same(tmp_path: Path) -> None:
    file = tmp_path / "coach.toml"
    file.write_text(COACH)
    of_file = fw.Scenario(file)
    assert of_file == fw.Scenario(str(file)) == fw.Scenario.from_toml(COACH, name="coach")
    assert of_file == fw.Scenario(parts(), name="coach") == fw.Scenario(name="coach", **parts())
    assert of_file == fw.Scenario.from_toml(of_file.to_toml())
    assert of_file == fw.Scenario(of_file.to_dict())
    assert (of_file.name, of_file.firms, of_file.customers) == ("coach", ["shop", "coach"], 300)
    assert (of_file.periods, of_file.replicates, of_file.seed) == (40, 3, 1)


def test_a_scenario_is_changed_by_making_another(scenario: fw.Scenario) -> None:
    other = scenario.set({"simulation.periods": 50, "firms.*.price": np.float64(0.4)})
    assert (scenario.periods, other.periods) == (40, 50)
    assert [firm["price"] for firm in other.to_dict()["firms"]] == [0.4, 0.4]
    more = other.add("firms", name="late", experience="curated-offering", entry=10)
    assert more.firms == ["shop", "coach", "late"]
    assert more.periods == 50, "what was set stays set"
    changed = more.add("interventions", period=20, set={"firms.late.price": 0.2})
    assert changed.to_dict()["interventions"] == [{"period": 20, "set": {"firms.late.price": 0.2}}]


def test_numbers_of_numpy_are_numbers() -> None:
    said = parts()
    said["simulation"]["periods"] = np.int32(40)
    said["populations"][0]["taste"] = {"mean": np.array([0.5, -0.5])}
    made = fw.Scenario(said)
    assert made.to_dict()["populations"][0]["taste"]["mean"] == [0.5, -0.5]


def test_all_problems_are_told_with_their_places(tmp_path: Path) -> None:
    file = tmp_path / "coach.toml"
    file.write_text(COACH.replace("customers", "custmers").replace('"coach-behavior"', '"coach"'))
    with pytest.raises(fw.ScenarioError) as caught:
        fw.Scenario(file)
    text = str(caught.value)
    assert "did you mean `customers`?" in text and "coach.toml:8:1" in text
    first, second = caught.value.problems
    assert (first["line"], first["suggestion"]) == (8, "customers")
    assert "coach" in second["message"]
    assert isinstance(caught.value, ValueError)


def test_mistakes_in_python_are_told(scenario: fw.Scenario, tmp_path: Path) -> None:
    with pytest.raises(fw.ScenarioError, match="no firm named `coahc`"):
        scenario.set({"firms.coahc.price": 0.4})
    with pytest.raises(TypeError, match=r"firms\.coach\.price.*leave the key out"):
        scenario.set({"firms.coach.price": None})
    with pytest.raises(TypeError, match="change what a file says with set"):
        fw.Scenario("coach.toml", firms=[])
    with pytest.raises(fw.ScenarioError, match="missing.toml"):
        fw.Scenario(tmp_path / "missing.toml")
    with pytest.raises(fw.ScenarioError):
        fw.Scenario()


def test_what_is_perhaps_not_meant_is_told(scenario: fw.Scenario) -> None:
    assert scenario.warnings == []
    assert scenario.set({"simulation.replicates": 1}).warnings
