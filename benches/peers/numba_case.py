"""The case as plain loops, compiled by Numba (compilation is not measured)."""

import numpy as np
from numba import njit

from case import *

REC, REQ, RES = (np.array(s) for s in (SUPPORT_RECOGNIZE, SUPPORT_REQUEST, SUPPORT_RESPOND))
CON, MEN, SIG, ALA, EAS = (np.array(s) for s in (CONTROL, MENU, SIGNAL_NOISE, FALSE_ALARM, EASE))


@njit(cache=True)
def nearest(products, a, b):
    best, least = 0, np.inf
    for m in range(PRODUCTS):
        d = (products[m, 0] - a) ** 2 + (products[m, 1] - b) ** 2
        if d < least:
            best, least = m, d
    return best


@njit(cache=True)
def from_menu(menu, products, a, b, va, vb, distances):
    for m in range(PRODUCTS):
        distances[m] = (products[m, 0] - a) ** 2 + (products[m, 1] - b) ** 2
    chosen, least = 0, np.inf
    for _ in range(menu):
        proposed = 0
        for m in range(1, PRODUCTS):
            if distances[m] < distances[proposed]:
                proposed = m
        distances[proposed] = np.inf
        d = (products[proposed, 0] - va) ** 2 + (products[proposed, 1] - vb) ** 2
        if d < least:
            chosen, least = proposed, d
    return chosen


@njit(cache=True)
def simulate(customers, periods, seed):
    np.random.seed(seed)
    normal, uniform = np.random.standard_normal, np.random.random
    taste = np.random.standard_normal((customers, 2))
    agency = np.random.beta(2.0, 2.0, customers)
    home = np.full(customers, -1)
    belief = np.full((customers, FIRMS), np.nan)
    precision = np.zeros((customers, FIRMS))
    total = np.zeros((customers, FIRMS, 2))
    guess = PRIOR_SD * np.random.standard_normal(2)
    first = guess + np.random.standard_normal((PRODUCTS, 2))
    products = np.zeros((FIRMS, PRODUCTS, 2))
    observed, observed_sum = np.zeros(FIRMS), np.zeros((FIRMS, 2))
    assigned, assigned_sum = np.zeros((FIRMS, PRODUCTS)), np.zeros((FIRMS, PRODUCTS, 2))
    mean, variance = np.zeros((FIRMS, 2)), np.zeros(FIRMS)
    reputation = np.full(FIRMS, REPUTATION)
    distances = np.zeros(PRODUCTS)
    needs, shares = 0, np.zeros(FIRMS)
    weight = INERTIA_OF_FIRM / PRODUCTS
    for period in range(periods):
        for j in range(FIRMS):
            w = INERTIA_OF_FIRM / (INERTIA_OF_FIRM + observed[j])
            variance[j] = 1 + PRIOR_SD**2 * w
            for d in range(2):
                mean[j, d] = w * guess[d] + (1 - w) * observed_sum[j, d] / max(observed[j], 1)
                for m in range(PRODUCTS):
                    products[j, m, d] = (weight * first[m, d] + assigned_sum[j, m, d]) / (weight + assigned[j, m])
        transactions, wtp_sum = np.zeros(FIRMS), np.zeros(FIRMS)
        for i in range(customers):
            if period > 0 and uniform() < TURNOVER:
                taste[i, 0], taste[i, 1] = normal(), normal()
                agency[i] = np.random.beta(2.0, 2.0)
                home[i] = -1
                belief[i] = np.nan
                precision[i] = 0
                total[i] = 0
            h = home[i]
            unknown = 1.0
            if h >= 0:
                unknown = 1 / (precision[i, h] + 1 / variance[h]) / (1 + PRIOR_SD**2)
            if uniform() >= NEED_RATE:
                if h >= 0 and ALA[h] > 0 and uniform() < ALA[h] * unknown:
                    wtp = -CON[h] * (AGENCY_COST * agency[i] + MISTAKE_COST)
                    belief[i, h] += BELIEF_SPEED * (wtp - belief[i, h])
                    if uniform() >= 1 / (1 + np.exp(-(belief[i, h] - PRICE) / NOISE)):
                        home[i] = -1
                continue
            needs += 1
            x, y = taste[i, 0] + VARIETY * normal(), taste[i, 1] + VARIETY * normal()
            detected = h >= 0 and REC[h] > 0 and uniform() < REC[h] * (1 - unknown)
            server, cancels = -1, False
            if detected:
                likes = 1 / (1 + np.exp(-(belief[i, h] - PRICE) / NOISE))
                if uniform() < likes:
                    server = h
                else:
                    cancels = uniform() >= likes
            elif uniform() >= AWARENESS:
                continue
            if server < 0:
                best = np.random.gumbel(0.0, 1.0)
                for j in range(FIRMS):
                    q = belief[i, j]
                    if j != h and not np.isnan(q):
                        q += WORD_OF_MOUTH * (reputation[j] - q)
                        belief[i, j] = q
                    expected = reputation[j] if np.isnan(q) else q
                    u = (expected - PRICE + (INERTIA if j == h else 0.0)) / NOISE + np.random.gumbel(0.0, 1.0)
                    if u > best and not (detected and j == h):
                        best, server = u, j
                if server < 0:
                    if cancels:
                        home[i] = -1
                    continue
            j = server
            posterior = 1 / (precision[i, j] + 1 / variance[j])
            a = posterior * (total[i, j, 0] + mean[j, 0] / variance[j])
            b = posterior * (total[i, j, 1] + mean[j, 1] / variance[j])
            va, vb = x + VIEW_ERROR * normal(), y + VIEW_ERROR * normal()
            if MEN[j] == 0:
                m = nearest(products[j], va, vb)
            elif MEN[j] == PRODUCTS:
                m = nearest(products[j], a, b)
            else:
                m = from_menu(MEN[j], products[j], a, b, va, vb, distances)
            fit = np.exp(-0.5 * ((products[j, m, 0] - x) ** 2 + (products[j, m, 1] - y) ** 2))
            familiarity = 1 - posterior / variance[j]
            friction = (0.0 if detected else FRICTION[0]) + (
                FRICTION[1] * (1 - REQ[j]) + FRICTION[2] * (1 - RES[j])
            ) * (1 - EAS[j] * familiarity)
            wtp = fit - friction - CON[j] * (AGENCY_COST * agency[i] + MISTAKE_COST * (1 - fit))
            if np.isnan(belief[i, j]):
                belief[i, j] = reputation[j]
            belief[i, j] += BELIEF_SPEED * (wtp - belief[i, j])
            v = VARIETY**2 + SIG[j] ** 2
            ya, yb = x + SIG[j] * normal(), y + SIG[j] * normal()
            precision[i, j] += 1 / v
            total[i, j, 0] += ya / v
            total[i, j, 1] += yb / v
            posterior = 1 / (precision[i, j] + 1 / variance[j])
            a = posterior * (total[i, j, 0] + mean[j, 0] / variance[j])
            b = posterior * (total[i, j, 1] + mean[j, 1] / variance[j])
            near = nearest(products[j], a, b)
            assigned[j, near] += 1
            assigned_sum[j, near, 0] += a
            assigned_sum[j, near, 1] += b
            observed[j] += 1
            observed_sum[j, 0] += ya
            observed_sum[j, 1] += yb
            transactions[j] += 1
            wtp_sum[j] += wtp
            home[i] = j
        for j in range(FIRMS):
            if transactions[j] > 0:
                reputation[j] += REPUTATION_SPEED * (wtp_sum[j] / transactions[j] - reputation[j])
        if period >= periods - LAST:
            shares += transactions / transactions.sum() / LAST
    return needs, shares


if __name__ == "__main__":
    simulate(10, 10, 1)  # compiles
    measure("Numba", simulate)
