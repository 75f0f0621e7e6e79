"""A market as a Gymnasium environment, in which an agent decides for one firm or several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import gymnasium
import numpy as np
import numpy.typing as npt
from gymnasium import spaces

from ._core import Market, Scenario
from ._play import PUBLIC, Policy, decide

#: What an agent sees of a firm of its own, in this order. Customers, transactions and profit are per customer of the market.
OWN = (
    "active", "price", "customers", "transactions", "share", "profit",
    "fit", "wtp", "cost", "value_created", "knowledge", "population_knowledge",
)  # fmt: skip
#: What it sees of a rival.
RIVAL = ("active", "price", "customers", "transactions", "share", "profit")
#: What is divided by the number of customers.
PER_CUSTOMER = ("customers", "transactions", "profit")

assert set(RIVAL) <= set(PUBLIC), "an agent sees no more of a rival than a firm can"

Observation = npt.NDArray[np.float32]
Action = npt.NDArray[np.int64]


class MarketEnv(gymnasium.Env[Observation, Action]):
    """A market in which an agent decides, before every period, which experience its firms offer and at what price.

    An action has two numbers for each of the agent's firms: the position of the experience among ``scenario.experiences``, and
    that of the price among ``prices`` (in units of the willingness to pay for a perfect solution). The observation holds
    the part of the periods that is over, then ``OWN`` and the experience that most transactions had (one of as many numbers is 1) for each
    own firm, then ``RIVAL`` and the experience for each other firm, as they were in the last period; what is empty is 0. The reward is
    the profit of the agent's firms in the period after fixed cost, per customer of the market; ``info["profit"]`` has that of each.

    ``policies`` decide for other firms; those without one follow the scenario's rules. An episode ends after the scenario's
    periods, or when all of the agent's firms have left. ``reset(seed=...)`` decides which replicates the episodes are, and
    ``reset(options={"replicate": n})`` asks for one.
    """

    metadata = {"render_modes": []}

    def __init__(
        self,
        scenario: Scenario,
        firms: str | Sequence[str],
        *,
        prices: Sequence[float] = (0.1, 0.2, 0.3, 0.4, 0.5),
        policies: Mapping[str, Policy] | None = None,
    ) -> None:
        self.scenario = scenario
        self.firms = (firms,) if isinstance(firms, str) else tuple(firms)
        self.prices = tuple(float(price) for price in prices)
        self.policies = dict(policies or {})
        unknown = [name for name in (*self.firms, *self.policies) if name not in scenario.firms]
        if unknown or not self.firms:
            raise ValueError(f"no firm is named {', '.join(unknown) or 'so'}: there are {', '.join(scenario.firms)}")
        if set(self.firms) & set(self.policies):
            raise ValueError("a firm is decided for by the agent or by a policy, not by both")
        self.experiences = tuple(scenario.experiences)
        rivals = [name for name in scenario.firms if name not in self.firms]
        self._seen = [(name, OWN) for name in self.firms] + [(name, RIVAL) for name in rivals]
        size = 1 + sum(len(columns) + len(self.experiences) for _, columns in self._seen)
        self.observation_space = spaces.Box(-np.inf, np.inf, (size,), np.float32)
        self.action_space = spaces.MultiDiscrete([len(self.experiences), len(self.prices)] * len(self.firms))
        self._market: Market | None = None

    @property
    def market(self) -> Market:
        """The market of the present episode."""
        if self._market is None:
            raise RuntimeError("an episode begins with reset()")
        return self._market

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[Observation, dict[str, Any]]:
        """Begins an episode."""
        super().reset(seed=seed)
        replicate = (options or {}).get("replicate")
        if replicate is None:
            replicate = int(self.np_random.integers(2**31))
        self._market = Market(self.scenario, replicate)
        self._entered: set[str] = set()
        return self._observe({}), {"replicate": replicate}

    def step(self, action: Action) -> tuple[Observation, float, bool, bool, dict[str, Any]]:
        """Simulates the next period."""
        market = self.market
        decide(market, self.policies)
        for place, firm in enumerate(self.firms):
            experience, price = (int(number) for number in action[2 * place : 2 * place + 2])
            market.decide(firm, experience=self.experiences[experience], price=self.prices[price])
        market.step()
        rows = {name: market.last(name) for name, _ in self._seen}
        acting = {firm for firm in self.firms if rows[firm]["active"]}
        profit = {firm: float(rows[firm]["profit"]) for firm in self.firms}
        reward = sum(profit.values()) / self.scenario.customers
        # a firm that acted and does no more has left for good
        self._entered |= acting
        terminated = market.done or (not acting and self._entered == set(self.firms))
        return self._observe(rows), reward, terminated, False, {"profit": profit}

    def _observe(self, rows: Mapping[str, Mapping[str, Any]]) -> Observation:
        numbers = [self.market.period / self.scenario.periods]
        customers = self.scenario.customers
        for name, columns in self._seen:
            row = rows.get(name, {})
            for column in columns:
                value = float(row.get(column) or 0.0)
                numbers.append(value / customers if column in PER_CUSTOMER else value)
            offered = row.get("experience")
            numbers.extend(float(offered == experience) for experience in self.experiences)
        return np.array(numbers, np.float32)
