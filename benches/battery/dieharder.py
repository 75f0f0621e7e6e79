#!/usr/bin/env python3
"""Runs dieharder on the simulator's random words and tells what it found, for docs/performance.md.

Run from the root of the repository after `cargo build --release --example draws`:
`python3 benches/battery/dieharder.py model customers`. Arguments are the orders of words (see benches/battery/draws.rs).
All tests that dieharder calls reliable are run but for one that takes long (17, greatest common divisors), of families with a
parameter (tuples, dimensions, lags) a few members, so that a stream takes some minutes instead of an hour. A weak result (p below 0.005 or above 0.995, one in a hundred of a perfect
source) is repeated with other seeds. `--samples N` changes the number of p-values that make a result (100).
"""

import argparse
import concurrent.futures
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
DRAWS = ROOT / "target" / "release" / "examples" / "draws"
# Test numbers of dieharder, with the members of a family that are run. Left out: 5, 6 and 7, which dieharder calls suspect,
# and 14, which it says not to use.
TESTS = [(test, None) for test in (0, 1, 2, 3, 4, 8, 9, 10, 11, 12, 13, 15, 16, 100, 101)]
TESTS += [(102, None)]  # tuples of 1 to 16 bits in one go
TESTS += [(200, n) for n in (1, 2, 4, 8, 12)]  # distribution of tuples of bits
TESTS += [(201, n) for n in (2, 3, 4, 5)]  # least distance of points in n dimensions
TESTS += [(202, n) for n in (2, 3, 4, 5)]  # orders of n words
TESTS += [(203, n) for n in (0, 1, 3)]  # sums of words this far apart
TESTS += [(test, None) for test in (204, 205, 206, 207, 208, 209)]
OTHER_SEEDS = (2, 3, 4)
LINE = re.compile(r"^\s*(\S+)\|\s*(\d+)\|\s*(\d+)\|\s*(\d+)\|\s*([\d.e+-]+)\|\s*(PASSED|WEAK|FAILED)")


def run(order, seed, test, samples):
    """The results of a test: name, n, p-value and verdict of each."""
    number, n = test
    command = ["dieharder", "-g", "200", "-d", str(number), *(["-n", str(n)] if n is not None else [])]
    command += ["-p", str(samples)] if samples != 100 else []
    with subprocess.Popen([DRAWS, order, str(seed)], stdout=subprocess.PIPE) as words:
        done = subprocess.run(command, stdin=words.stdout, capture_output=True, text=True, check=True)
        words.stdout.close()
    found = [LINE.match(line) for line in done.stdout.splitlines()]
    found = [(m[1], int(m[2]), float(m[5]), m[6]) for m in found if m]
    if not found:
        sys.exit(f"dieharder -d {number} said nothing that could be read:\n{done.stdout}{done.stderr}")
    return found


def verdict(order, samples):
    """Runs all tests on an order of words; returns the number that passed, were weak and failed."""
    counts = {"PASSED": 0, "WEAK": 0, "FAILED": 0}
    for test in TESTS:
        for name, n, p, found in run(order, 1, test, samples):
            counts[found] += 1
            if found != "PASSED":
                print(f"{order}: {name} {n}: p = {p:.6f}, {found}", flush=True)
                for seed in OTHER_SEEDS:
                    again = [r for r in run(order, seed, test, samples) if r[:2] == (name, n)]
                    print(f"{order}: {name} {n} with seed {seed}: {', '.join(f'p = {r[2]:.6f}, {r[3]}' for r in again)}", flush=True)
    return counts


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("orders", nargs="+")
    parser.add_argument("--samples", type=int, default=100)
    options = parser.parse_args()
    failed = False
    with concurrent.futures.ThreadPoolExecutor() as pool:
        jobs = [pool.submit(verdict, order, options.samples) for order in options.orders]
        for order, job in zip(options.orders, jobs):
            counts = job.result()
            failed |= counts["FAILED"] > 0
            print(f"{order}: {counts['PASSED']} passed, {counts['WEAK']} weak, {counts['FAILED']} failed")
    sys.exit(failed)


if __name__ == "__main__":
    main()
