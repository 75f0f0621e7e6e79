"""The Gymnasium environment."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from gymnasium.utils.env_checker import check_env

import flywheel as fw
from flywheel.gym import MarketEnv


@pytest.mark.parametrize("firms", ["coach", ["coach", "shop"]])
def test_gymnasiums_checker_accepts_it(scenario: fw.Scenario, firms: str | list[str]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        # it cannot be made by name, of which the checker warns
        warnings.filterwarnings("ignore", message=".*spec.*")
        # unbounded observations are allowed
        warnings.filterwarnings("ignore", message=".*(minimum|maximum) value is.*infinity.*")
        check_env(MarketEnv(scenario, firms), skip_render_check=True)


def test_an_episode_is_the_market_that_the_actions_make(scenario: fw.Scenario) -> None:
    env = MarketEnv(scenario, "coach", prices=[0.2, 0.35])
    action = np.array([scenario.experiences.index("curated-offering"), 1])
    _, info = env.reset(seed=5)
    rewards, over = [], False
    while not over:
        observation, reward, over, truncated, told = env.step(action)
        assert not truncated and reward == pytest.approx(told["profit"]["coach"] / scenario.customers)
        rewards.append(reward)
    assert len(rewards) == scenario.periods and observation[0] == 1.0

    def same(view: fw.View) -> fw.Decision:
        return fw.Decision("curated-offering", 0.35)

    market = fw.play(scenario, {"coach": same}, info["replicate"])
    rows = zip(market.firms["firm"], market.firms["profit"], strict=True)
    profits = [profit / scenario.customers for firm, profit in rows if firm == "coach"]
    assert rewards == pytest.approx(profits)


def test_a_seed_gives_the_same_episodes(scenario: fw.Scenario) -> None:
    env = MarketEnv(scenario, "shop")
    first = [env.reset(seed=7)[1]["replicate"], env.reset()[1]["replicate"]]
    assert first == [env.reset(seed=7)[1]["replicate"], env.reset()[1]["replicate"]]
    assert first[0] != first[1]
    assert env.reset(options={"replicate": 3})[1] == {"replicate": 3}


def test_an_episode_ends_when_the_agents_firm_has_left(scenario: fw.Scenario) -> None:
    poor = scenario.set({"firms.coach.funding": 5.0, "firms.coach.fixed_cost": 3.0})
    env = MarketEnv(poor, "coach", prices=[0.0])
    env.reset(seed=1)
    steps, over = 0, False
    while not over:
        _, _, over, _, _ = env.step(np.array([0, 0]))
        steps += 1
    assert 5 < steps < poor.periods, "it enters in period 5, and cannot pay for long"


def test_rivals_may_follow_policies(scenario: fw.Scenario) -> None:
    def cheap(view: fw.View) -> fw.Decision:
        return fw.Decision(price=0.1)

    env = MarketEnv(scenario, "coach", policies={"shop": cheap})
    env.reset(seed=1)
    env.step(np.array([0, 0]))
    assert env.market.last("shop")["price"] == 0.1
    with pytest.raises(ValueError, match="not by both"):
        MarketEnv(scenario, "shop", policies={"shop": cheap})
    with pytest.raises(ValueError, match="no firm is named store"):
        MarketEnv(scenario, "store")
