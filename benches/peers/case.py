"""The four-experiences case with its default parameters, as docs/ODD.md describes it, and what all programs print."""

import argparse
import json
import time

FRICTION = (0.05, 0.20, 0.20)
PRICE = 0.3
NEED_RATE = 0.3
VARIETY = 0.4
AWARENESS = 0.6
VIEW_ERROR = 0.5
AGENCY_COST = 0.3
MISTAKE_COST = 0.2
NOISE = 0.08
INERTIA = 0.05
BELIEF_SPEED = 0.3
WORD_OF_MOUTH = 0.02
TURNOVER = 0.005
REPUTATION = 0.45
REPUTATION_SPEED = 0.1
PRIOR_SD = 0.7
INERTIA_OF_FIRM = 6000.0
EFFICIENCY = 0.5
UNIT_COST = 0.2
FIRMS = 4
PRODUCTS = 12

# By firm: respond-to-desire, curated-offering, coach-behavior, automatic-execution.
SUPPORT_RECOGNIZE = (0.0, 0.0, 0.8, 0.9)
SUPPORT_REQUEST = (0.0, 0.7, 0.5, 1.0)
SUPPORT_RESPOND = (0.9, 0.5, 0.5, 1.0)
CONTROL = (0.0, 0.2, 0.5, 1.0)
MENU = (0, 3, 3, PRODUCTS)  # 0: the customer chooses; PRODUCTS: the firm does
SIGNAL_NOISE = (2.0, 1.6, 1.2, 1.2)
FALSE_ALARM = (0.0, 0.0, 0.05, 0.05)
EASE = (0.2, 0.3, 0.3, 0.0)

# Shares are means over this many periods at the end.
LAST = 5


def measure(program, run):
    """Reads the size from the command line, runs `run(customers, periods, seed)`, which returns the number of
    needs and the four shares, and prints what came of it as one line of JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--customers", type=int, default=5000)
    parser.add_argument("--periods", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    start = time.process_time()
    needs, shares = run(options.customers, options.periods, options.seed)
    seconds = time.process_time() - start
    print(json.dumps({"program": program, "needs": int(needs), "seconds": seconds, "shares": [float(s) for s in shares]}))
