#!/usr/bin/env python3
"""Measures the four-experiences case in several programs, side by side, and writes the table of docs/performance.md.

Run from the root of the repository: `python3 benches/peers/run.py`. It installs what is needed from PyPI and crates.io
into `target/peers`, checks that all programs find the same shares within Monte-Carlo error, measures them in turns, and
replaces the table between the marks in docs/performance.md. `--install`, `--check` and `--measure` do only that
part, so that the measuring, some three minutes, can wait for a quiet machine. `--quick` checks and measures fewer times.
"""

import argparse
import json
import math
import os
import pathlib
import platform
import subprocess
import sys
import venv

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
WORK = ROOT / "target" / "peers"
PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- peers: begin -->", "<!-- peers: end -->"
PACKAGES = ["mesa==3.3.1", "numpy==2.4.6", "numba==0.68.1"]
# Customers and periods; a program that is slow measures fewer periods, and in the first rounds only.
SIZES = [(5_000, 300), (100_000, 60)]
FEWER_PERIODS = {("Mesa", 5_000): 30, ("Mesa", 100_000): 6}
SLOW, SLOW_ROUNDS = "Mesa", 3
SMALL = (2_000, 120)
LABELS = {"avx2": "AVX2", "avx512": "AVX-512"}


def install():
    """Installs the Python packages and builds the Rust programs, as far as that has not been done."""
    environment = WORK / "python"
    if not environment.exists():
        venv.create(environment, with_pip=True)
    subprocess.run([environment / "bin" / "python", "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
    build = ["cargo", "build", "--release", "--locked", "--quiet"]
    subprocess.run([*build, "--example", "case"], cwd=ROOT, check=True)
    target = {**os.environ, "CARGO_TARGET_DIR": str(WORK / "krabmaga")}
    subprocess.run(build, cwd=HERE / "krabmaga", env=target, check=True)


def programs():
    """What to run for each program; instruction sets that the machine does not have are left out."""
    python = WORK / "python" / "bin" / "python"
    case = ROOT / "target" / "release" / "examples" / "case"
    said = subprocess.run([case, "--instruction-sets"], check=True, capture_output=True, text=True).stdout.split()
    # the last is what Flywheel chooses by itself
    slower = {f"Flywheel, {LABELS.get(name, name)}": ["env", f"FLYWHEEL_ISA={name}", case] for name in said[:-1]}
    return {
        "Mesa": [python, HERE / "mesa_case.py"],
        "NumPy": [python, HERE / "numpy_case.py"],
        "Numba": ["env", f"NUMBA_CACHE_DIR={WORK / 'numba'}", python, HERE / "numba_case.py"],
        "krABMaga": [WORK / "krabmaga" / "release" / "peer"],
        "plain Rust loop": [case, "--program", "loop"],
        "case kernel": ["env", f"FLYWHEEL_ISA={said[-1]}", case, "--program", "kernel"],
        **slower,
        "Flywheel": ["env", f"FLYWHEEL_ISA={said[-1]}", case],
    }


def run(command, customers, periods, seed):
    size = ["--customers", customers, "--periods", periods, "--seed", seed]
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(WORK / "pycache")}
    done = subprocess.run([str(part) for part in [*command, *size]], check=True, capture_output=True, text=True, env=environment)
    return json.loads(done.stdout)


def check(programs, replicates):
    """Compares mean shares with Flywheel's over independent seeds; stops where they differ by more than chance."""
    found = {}
    for name, command in programs.items():
        shares = [run(command, *SMALL, 1000 + seed)["shares"] for seed in range(replicates)]
        mean = [sum(s) / replicates for s in zip(*shares)]
        variance = [
            sum((value - m) ** 2 for value in s) / (replicates - 1) / replicates for s, m in zip(zip(*shares), mean)
        ]
        found[name] = mean, variance
    expected, spread = found["Flywheel"]
    # Student's t: crossed by chance by one of some 30 means in about 200 checks; of a few runs the error is itself estimated badly
    bound = 4.0 if replicates >= 30 else 6.0
    for name, (mean, variance) in found.items():
        worst = max(
            abs(m - e) / math.sqrt(v + s + 1e-12) for m, e, v, s in zip(mean, expected, variance, spread)
        )
        print(f"{name}: shares {', '.join(f'{m:.3f}' for m in mean)}; at most {worst:.1f} standard errors off", file=sys.stderr)
        if worst > bound:
            sys.exit(f"{name} does not find the shares that Flywheel finds")


def measure(programs, rounds):
    """Millions of needs per second, the best of several rounds in turns."""
    best = {}
    for size in SIZES:
        for n in range(rounds):
            for name, command in programs.items():
                if name == SLOW and n >= SLOW_ROUNDS:
                    continue
                customers, periods = size
                outcome = run(command, customers, FEWER_PERIODS.get((name, customers), periods), 1)
                speed = outcome["needs"] / outcome["seconds"] / 1e6
                best[name, size] = max(best.get((name, size), 0.0), speed)
    return best


def table(programs, best):
    head = " | ".join(f"{customers:,} customers" for customers, _ in SIZES)
    lines = [f"| program | {head} |", "| --- |" + " ---: |" * len(SIZES)]
    for name in programs:
        cells = []
        for size in SIZES:
            ratio = best[name, size] / best["plain Rust loop", size]
            cells.append(f"{best[name, size]:.2f} ({ratio:.2f})")
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def write(programs, best, rounds):
    """Replaces the table in docs/performance.md."""
    before, rest = PAGE.read_text().split(BEGIN)
    after = rest.split(END)[1]
    periods = " and ".join(str(periods) for _, periods in SIZES)
    slow = " and ".join(str(FEWER_PERIODS[SLOW, customers]) for customers, _ in SIZES)
    where = (
        f"Measured on {platform.machine()} in processor time of one thread, {periods} periods ({SLOW}: {slow}), the best of {rounds} "
        "rounds in turns.\nThe ratio to the plain loop is in parentheses. The creation of the customers is included."
    )
    PAGE.write_text(f"{before}{BEGIN}\n\n{table(programs, best)}\n\n{where}\n\n{END}{after}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for part in ("install", "check", "measure"):
        parser.add_argument(f"--{part}", action="store_true")
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    everything = not (options.install or options.check or options.measure)
    if everything or options.install:
        install()
    if everything or options.check:
        check(programs(), 6 if options.quick else 30)
    if everything or options.measure:
        rounds = 2 if options.quick else 7
        write(programs(), measure(programs(), rounds), rounds)


if __name__ == "__main__":
    main()
