"""Markets stepped by hand, with firms that Python functions decide for."""

from __future__ import annotations

import pytest

import flywheel as fw


def test_a_market_is_a_replicate_of_a_run(run: fw.Run, scenario: fw.Scenario) -> None:
    market = fw.Market(scenario, 1)
    assert (market.period, market.done, market.last("shop")) == (0, False, {})
    while not market.done:
        market.step()
    firms = run.firms.to_dict()
    own = [n for n, replicate in enumerate(firms["replicate"]) if replicate == 1]
    assert market.firms.to_dict() == {name: [values[n] for n in own] for name, values in firms.items()}
    assert market.last("coach")["share"] == market.firms["share"][-1]
    assert len(market.periods) == len(market.market) * 2 == 80
    market.step()
    assert market.period == 40, "nothing happens after the end"


def test_a_policy_that_does_as_the_rules_changes_nothing(scenario: fw.Scenario) -> None:
    def same(view: fw.View) -> fw.Decision:
        return fw.Decision(experience="coach-behavior", price=0.3)

    def none(view: fw.View) -> None:
        return None

    by_rules = fw.play(scenario, {}).firms.to_dict()
    assert fw.play(scenario, {"coach": same}).firms.to_dict() == by_rules
    assert fw.play(scenario, {"coach": none}).firms.to_dict() == by_rules


def test_a_policy_sees_what_a_firm_can_see(scenario: fw.Scenario) -> None:
    views: list[fw.View] = []

    def undercut(view: fw.View) -> fw.Decision:
        views.append(view)
        rival = view.rivals["shop"].get("price")
        return fw.Decision(price=0.3 if rival is None else 0.9 * rival)

    market = fw.play(scenario, {"coach": undercut})
    assert [view.period for view in views] == list(range(40))
    assert views[0].own == {} and views[0].rivals == {"shop": {}}
    last = views[-1]
    assert last.own["firm"] == "coach" and "wtp" in last.own and "wtp" not in last.rivals["shop"]
    assert last.rivals["shop"]["price"] == 0.3 and last.own["price"] == pytest.approx(0.27)
    assert "curated-offering" in last.experiences
    prices = {price for price, firm in zip(market.firms["price"], market.firms["firm"], strict=True) if firm == "shop"}
    assert prices == {0.3}, "a firm without a policy follows its rules"


def test_decisions_are_interventions(scenario: fw.Scenario) -> None:
    def late(view: fw.View) -> fw.Decision | None:
        return fw.Decision("curated-offering", 0.35) if view.period >= 20 else None

    ruled = scenario.add(
        "interventions", period=20, set={"firms.shop.experience": "curated-offering", "firms.shop.price": 0.35}
    )
    assert fw.play(scenario, {"shop": late}).periods.to_dict() == fw.play(ruled, {}).periods.to_dict()


def test_decisions_that_make_no_sense_are_refused(scenario: fw.Scenario) -> None:
    market = fw.Market(scenario)
    with pytest.raises(fw.ScenarioError, match="did you mean `coach-behavior`"):
        market.decide("coach", experience="coach-behaviour")
    with pytest.raises(fw.ScenarioError, match="a price is a number from 0 on"):
        market.decide("coach", price=-1.0)
    with pytest.raises(ValueError, match="there are shop, coach"):
        market.last("nobody")
