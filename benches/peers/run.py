#!/usr/bin/env python3
"""Measures the four-experiences case in several programs, side by side, and writes the table of docs/performance.md.

Run from the root of the repository: `python3 benches/peers/run.py`. It installs what is needed from PyPI and crates.io
into `target/peers`, checks that all programs find the same shares within Monte-Carlo error, measures them in turns, and
replaces the table between the marks in docs/performance.md. `--quick` measures fewer rounds.
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
# Customers and periods; programs that are slow measure fewer periods.
SIZES = [(5_000, 300), (100_000, 60)]
FEWER_PERIODS = {"Mesa": 30}
SMALL = (2_000, 120)


def install():
    """Returns what to run for each program."""
    environment = WORK / "python"
    if not environment.exists():
        venv.create(environment, with_pip=True)
    python = environment / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
    build = ["cargo", "build", "--release", "--quiet"]
    subprocess.run([*build, "--example", "case"], cwd=ROOT, check=True)
    target = {**os.environ, "CARGO_TARGET_DIR": str(WORK / "krabmaga")}
    subprocess.run(build, cwd=HERE / "krabmaga", env=target, check=True)
    case = ROOT / "target" / "release" / "examples" / "case"
    return {
        "Mesa": [python, HERE / "mesa_case.py"],
        "NumPy": [python, HERE / "numpy_case.py"],
        "Numba": [python, HERE / "numba_case.py"],
        "krABMaga": [WORK / "krabmaga" / "release" / "peer"],
        "plain Rust loop": [case, "--program", "loop"],
        "Flywheel, baseline": ["env", "FLYWHEEL_ISA=baseline", case],
        "Flywheel, AVX2": ["env", "FLYWHEEL_ISA=avx2", case],
        "Flywheel": [case],
    }


def run(command, customers, periods, seed):
    size = ["--customers", customers, "--periods", periods, "--seed", seed]
    done = subprocess.run([str(part) for part in [*command, *size]], check=True, capture_output=True, text=True)
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
    for name, (mean, variance) in found.items():
        worst = max(
            abs(m - e) / math.sqrt(v + s + 1e-12) for m, e, v, s in zip(mean, expected, variance, spread)
        )
        print(f"{name}: shares {', '.join(f'{m:.3f}' for m in mean)}; at most {worst:.1f} standard errors off", file=sys.stderr)
        # 4 shares of 7 programs: 4 standard errors are crossed by chance once in some 500 runs
        if worst > 4.0:
            sys.exit(f"{name} does not find the shares that Flywheel finds")


def measure(programs, rounds):
    """Millions of needs per second, the best of several rounds in turns."""
    best = {}
    for size in SIZES:
        for _ in range(rounds):
            for name, command in programs.items():
                customers, periods = size
                outcome = run(command, customers, FEWER_PERIODS.get(name, periods), 1)
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


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--no-check", action="store_true")
    options = parser.parse_args()
    programs = install()
    if not options.no_check:
        check(programs, 6 if options.quick else 30)
    best = measure(programs, 2 if options.quick else 7)
    text = PAGE.read_text()
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    where = f"Measured on {platform.machine()}, one thread; the ratio to the plain loop is in parentheses."
    PAGE.write_text(f"{before}{BEGIN}\n\n{table(programs, best)}\n\n{where}\n\n{END}{after}")


if __name__ == "__main__":
    main()
