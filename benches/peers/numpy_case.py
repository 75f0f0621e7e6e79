"""The case with vectorised NumPy: every step takes all customers at once."""

import numpy as np

from case import *


def nearest(products, points):
    return ((points[:, None, :] - products[None]) ** 2).sum(2).argmin(1)


def choose_product(menu, products, estimate, view):
    if menu == 0:
        return nearest(products, view)
    if menu == PRODUCTS:
        return nearest(products, estimate)
    to_estimate = ((estimate[:, None, :] - products[None]) ** 2).sum(2)
    proposed = np.argpartition(to_estimate, menu, axis=1)[:, :menu]
    to_view = ((view[:, None, :] - products[proposed]) ** 2).sum(2)
    return proposed[np.arange(len(view)), to_view.argmin(1)]


def run(customers, periods, seed):
    rng = np.random.default_rng(seed)
    recognize, alarm, control = map(np.array, (SUPPORT_RECOGNIZE, FALSE_ALARM, CONTROL))
    taste = rng.standard_normal((customers, 2))
    agency = rng.beta(2.0, 2.0, customers)
    home = np.full(customers, -1)
    belief = np.full((customers, FIRMS), np.nan)
    precision = np.zeros((customers, FIRMS))
    total = np.zeros((customers, FIRMS, 2))
    guess = PRIOR_SD * rng.standard_normal(2)
    first = guess + rng.standard_normal((PRODUCTS, 2))
    observed, observed_sum = np.zeros(FIRMS), np.zeros((FIRMS, 2))
    assigned, assigned_sum = np.zeros((FIRMS, PRODUCTS)), np.zeros((FIRMS, PRODUCTS, 2))
    reputation = np.full(FIRMS, REPUTATION)
    needs, shares = 0, np.zeros(FIRMS)
    weight = INERTIA_OF_FIRM / PRODUCTS
    for period in range(periods):
        w = INERTIA_OF_FIRM / (INERTIA_OF_FIRM + observed)
        seen = observed_sum / np.maximum(observed, 1)[:, None]
        mean = w[:, None] * guess + (1 - w)[:, None] * seen
        variance = 1 + PRIOR_SD**2 * w
        products = (weight * first + assigned_sum) / (weight + assigned)[:, :, None]
        if period > 0:
            gone = np.flatnonzero(rng.random(customers) < TURNOVER)
            taste[gone] = rng.standard_normal((len(gone), 2))
            agency[gone] = rng.beta(2.0, 2.0, len(gone))
            home[gone] = -1
            belief[gone] = np.nan
            precision[gone] = 0
            total[gone] = 0
        has_need = rng.random(customers) < NEED_RATE

        # false alarms
        idle = np.flatnonzero(~has_need & (home >= 0))
        h = home[idle]
        unknown = 1 / (precision[idle, h] + 1 / variance[h]) / (1 + PRIOR_SD**2)
        hit = rng.random(len(idle)) < alarm[h] * unknown
        idle, h = idle[hit], h[hit]
        suffered = -control[h] * (AGENCY_COST * agency[idle] + MISTAKE_COST)
        q = belief[idle, h]
        belief[idle, h] = q + BELIEF_SPEED * (suffered - q)
        stays = 1 / (1 + np.exp(-(belief[idle, h] - PRICE) / NOISE))
        home[idle[rng.random(len(idle)) >= stays]] = -1

        # needs, detection, acceptance
        who = np.flatnonzero(has_need)
        n = len(who)
        needs += n
        x = taste[who] + VARIETY * rng.standard_normal((n, 2))
        h = home[who]
        unknown = 1 / (precision[who, h] + 1 / variance[h]) / (1 + PRIOR_SD**2)
        detected = (h >= 0) & (rng.random(n) < recognize[h] * (1 - unknown))
        q = np.where(detected, belief[who, h], 0.0)
        likes = 1 / (1 + np.exp(-(q - PRICE) / NOISE))
        accepts = detected & (rng.random(n) < likes)
        declined = detected & ~accepts
        cancels = declined & (rng.random(n) >= likes)
        server = np.where(accepts, h, -1)

        # word of mouth and the choice
        c = np.flatnonzero(declined | (~detected & (rng.random(n) < AWARENESS)))
        at_home = h[c, None] == np.arange(FIRMS)
        q = belief[who[c]]
        q = np.where(at_home, q, q + WORD_OF_MOUTH * (reputation - q))
        belief[who[c]] = q
        utility = (np.where(np.isnan(q), reputation, q) - PRICE + INERTIA * at_home) / NOISE
        utility = np.where(at_home & declined[c, None], -np.inf, utility)
        noisy = np.column_stack([np.zeros(len(c)), utility]) + rng.gumbel(size=(len(c), FIRMS + 1))
        server[c] = noisy.argmax(1) - 1
        home[who[cancels & (server < 0)]] = -1

        # transactions
        transactions, wtp_sum = np.zeros(FIRMS), np.zeros(FIRMS)
        for j in range(FIRMS):
            t = np.flatnonzero(server == j)
            i, need = who[t], x[t]
            posterior = 1 / (precision[i, j] + 1 / variance[j])
            estimate = posterior[:, None] * (total[i, j] + mean[j] / variance[j])
            view = need + VIEW_ERROR * rng.standard_normal((len(i), 2))
            product = choose_product(MENU[j], products[j], estimate, view)
            fit = np.exp(-0.5 * ((products[j][product] - need) ** 2).sum(1))
            familiarity = 1 - posterior / variance[j]
            friction = np.where(detected[t], 0.0, FRICTION[0]) + (
                FRICTION[1] * (1 - SUPPORT_REQUEST[j]) + FRICTION[2] * (1 - SUPPORT_RESPOND[j])
            ) * (1 - EASE[j] * familiarity)
            wtp = fit - friction - CONTROL[j] * (AGENCY_COST * agency[i] + MISTAKE_COST * (1 - fit))
            cost = UNIT_COST * (1 - EFFICIENCY * fit)
            q = np.where(np.isnan(belief[i, j]), reputation[j], belief[i, j])
            belief[i, j] = q + BELIEF_SPEED * (wtp - q)
            y = need + SIGNAL_NOISE[j] * rng.standard_normal((len(i), 2))
            v = VARIETY**2 + SIGNAL_NOISE[j] ** 2
            precision[i, j] += 1 / v
            total[i, j] += y / v
            posterior = 1 / (precision[i, j] + 1 / variance[j])
            estimate = posterior[:, None] * (total[i, j] + mean[j] / variance[j])
            near = nearest(products[j], estimate)
            assigned[j] += np.bincount(near, minlength=PRODUCTS)
            for d in range(2):
                assigned_sum[j, :, d] += np.bincount(near, estimate[:, d], PRODUCTS)
            observed[j] += len(i)
            observed_sum[j] += y.sum(0)
            transactions[j] = len(i)
            wtp_sum[j] = wtp.sum()
            home[i] = j
        sold = transactions > 0
        reputation[sold] += REPUTATION_SPEED * (wtp_sum[sold] / transactions[sold] - reputation[sold])
        if period >= periods - LAST:
            shares += transactions / transactions.sum() / LAST
    return needs, shares


if __name__ == "__main__":
    measure("NumPy", run)
