"""How fast the package is: `python python/benches/speed.py PROGRAM`, with a release build of both.

Each figure is the best of some rounds, in CPU seconds as well as by the clock, since other work on the machine slows the clock only.
"""

from __future__ import annotations

import argparse
import os
import resource
import signal
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import flywheel as fw
from flywheel.gym import MarketEnv

EXPERIENCES = ("respond-to-desire", "curated-offering", "coach-behavior", "automatic-execution")


def market(customers: int, periods: int = 300) -> fw.Scenario:
    """Four firms, one for each experience."""
    firms = [{"name": name, "experience": name} for name in EXPERIENCES]
    return fw.Scenario(
        name="speed",
        simulation={"periods": periods, "replicates": 20},
        populations=[{"name": "everyone", "customers": customers}],
        firms=firms,
    )


def cpu() -> float:
    """CPU seconds of this process and of those that it waited for."""
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def best(work: Callable[[], object], rounds: int) -> tuple[float, float]:
    """The fewest CPU seconds, and the fewest by the clock, that work took."""
    took = []
    for _ in range(rounds):
        at, used = time.perf_counter(), cpu()
        work()
        took.append((cpu() - used, time.perf_counter() - at))
    return min(cpu for cpu, _ in took), min(clock for _, clock in took)


def same_run(program: Path, rounds: int) -> None:
    """20 replicates of 5,000 customers, 300 periods and 4 firms, from Python and by the program, both as they come."""
    scenario = market(5000)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "speed.toml"
        source.write_text(scenario.to_toml())
        command: list[str | Path] = [program, "run", source, "--quiet", "--charts", "none", "--fresh", "-o", folder]
        by_program = best(lambda: subprocess.run(command, check=True), rounds)
    by_python = best(lambda: scenario.run(progress=False), rounds)
    for name, took in (("program", by_program), ("python", by_python)):
        print(f"20 replicates of 5,000 x 300 x 4, {name}: {took[0]:.2f} CPU seconds, {took[1]:.2f} s by the clock")
    print(f"  python / program: {by_python[0] / by_program[0]:.3f} of CPU, {by_python[1] / by_program[1]:.3f} of the clock")


def own_rules(rounds: int) -> None:
    """A market of 5,000 customers in which Python decides for every firm, every period."""

    def undercut(view: fw.View) -> fw.Decision:
        prices = [rival["price"] for rival in view.rivals.values() if rival.get("price")]
        return fw.Decision(price=max(0.25, 0.99 * min(prices, default=0.3)))

    scenario = market(5000)
    policies = dict.fromkeys(EXPERIENCES, undercut)
    took = best(lambda: fw.play(scenario, policies), rounds)
    print(f"four own rules, 5,000 customers: {300 / took[0]:.0f} periods per CPU second, {300 / took[1]:.0f} by the clock")


def random_agent(rounds: int) -> None:
    """An agent that acts at random among 1,000 customers, over whole episodes."""
    env = MarketEnv(market(1000), "coach-behavior")
    env.action_space.seed(1)

    def episode() -> None:
        env.reset(seed=1)
        over = False
        while not over:
            _, _, over, _, _ = env.step(env.action_space.sample())

    took = best(episode, rounds)
    print(f"random agent, 1,000 customers: {300 / took[0]:.0f} steps per CPU second, {300 / took[1]:.0f} by the clock")


def interruption(rounds: int) -> None:
    """How long a run goes on after a Ctrl-C, at ten times within it; the longest counts. Its replicates are long, so that the rows of one
    are megabytes."""
    scenario = market(300, 100_000)
    took = []
    for at in range(10 * rounds):
        sent = []

        def send() -> None:
            sent.append(time.perf_counter())
            os.kill(os.getpid(), signal.SIGINT)

        threading.Timer(1.0 + 0.25 * (at % 10), send).start()
        try:
            scenario.run(1000, progress=False)
        except KeyboardInterrupt:
            took.append(time.perf_counter() - sent[0])
    print(f"Ctrl-C, replicates of 300 x 100,000 x 4: at most {max(took):.3f} s, median {statistics.median(took):.3f} s")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("program", type=Path, help="the program, such as target/release/flywheel")
    arguments.add_argument("--rounds", type=int, default=5, help="rounds of which the best counts")
    given = arguments.parse_args()
    same_run(given.program.resolve(), given.rounds)
    own_rules(given.rounds)
    random_agent(given.rounds)
    interruption(given.rounds)
