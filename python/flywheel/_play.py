"""Markets in which Python functions decide for firms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ._core import Market, Scenario

#: What a firm can see of its rivals.
PUBLIC = ("active", "experience", "price", "customers", "transactions", "share", "profit")


@dataclass(frozen=True)
class Decision:
    """What a firm does in a period; what is None, its rules decide."""

    #: The experience that it offers to all customers.
    experience: str | None = None
    #: Its price per transaction, 0 or more, in units of the willingness to pay for a perfect solution.
    price: float | None = None


@dataclass(frozen=True)
class View:
    """What a firm can see before a period."""

    #: The firm.
    firm: str
    #: The period about to begin, counted from 0.
    period: int
    #: Number of periods.
    periods: int
    #: The experiences that it can offer.
    experiences: tuple[str, ...]
    #: Its own row of the table firms in the last period, by column; empty before the first.
    own: Mapping[str, Any]
    #: By rival: active, experience, price, customers, transactions, share and profit in the last period.
    rivals: Mapping[str, Mapping[str, Any]]


#: Decides for a firm from what it can see; None leaves the decision to the firm's rules.
Policy = Callable[[View], Decision | None]


def seen_by(market: Market, firm: str) -> View:
    """What a firm can see of a market before the next period."""
    scenario = market.scenario
    rivals = {}
    for rival in scenario.firms:
        if rival != firm:
            row = market.last(rival)
            rivals[rival] = {column: row[column] for column in PUBLIC if row}
    return View(
        firm=firm,
        period=market.period,
        periods=scenario.periods,
        experiences=tuple(scenario.experiences),
        own=market.last(firm),
        rivals=rivals,
    )


def decide(market: Market, policies: Mapping[str, Policy]) -> None:
    """Has the policies decide for their firms in the next period, all from what happened before."""
    decisions = {firm: policy(seen_by(market, firm)) for firm, policy in policies.items()}
    for firm, decision in decisions.items():
        chosen = decision or Decision()
        market.decide(firm, experience=chosen.experience, price=chosen.price)


def play(scenario: Scenario, policies: Mapping[str, Policy], replicate: int = 0) -> Market:
    """Simulates a market to its end in which functions decide for firms.

    ``policies`` gives a function for each firm that decides by one: before every period it gets what the firm can see (a
    ``View``) and returns a ``Decision``. The other firms follow their rules. The market's tables tell what happened.
    """
    market = Market(scenario, replicate)
    while not market.done:
        decide(market, policies)
        market.step()
    return market
