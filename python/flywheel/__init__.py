"""Flywheel simulates markets in which firms learn from their customers.

The usual flow::

    import flywheel as fw

    market = fw.Scenario("coach.toml")
    run = market.set({"firms.coach.price": 0.35}).run(replicates=20)
    run.chart("share")         # a notebook shows it
    polars.DataFrame(run.firms)

Values are in units of the willingness to pay for a perfectly fitting solution without friction (= 1); time is in periods,
counted from 0, and so are replicates. Equal scenario, seed and version give equal tables, byte for byte those of the command
``flywheel run``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from os import PathLike
from typing import Any

from ._core import (
    Chart,
    Market,
    Run,
    RunError,
    Scenario,
    ScenarioError,
    Table,
    __version__,
    compare,
    load,
)
from ._play import Decision, Policy, View, play
from ._progress import Progress


def sweep(
    scenario: Scenario | str | PathLike[str],
    axes: Mapping[str, Sequence[Any]],
    **options: Any,
) -> Run:
    """Runs a scenario at every combination of the values of some parameters.

    ``axes`` gives values by path, as in ``{"firms.coach.price": [0.2, 0.3, 0.4]}``; ``options`` are those of ``Scenario.run``.
    All points face the same customers. The tables of the run have a column ``point``, and ``run.points`` says which values
    each point has.
    """
    market = scenario if isinstance(scenario, Scenario) else Scenario(scenario)
    return market.over(axes).run(**options)


__all__ = [
    "Chart",
    "Decision",
    "Market",
    "Policy",
    "Progress",
    "Run",
    "RunError",
    "Scenario",
    "ScenarioError",
    "Table",
    "View",
    "__version__",
    "compare",
    "load",
    "play",
    "sweep",
]
