"""The case with Mesa: one agent per customer."""

import math
import random

import mesa

from case import *


class Firm:
    def __init__(self, guess, first):
        self.guess, self.first, self.products = guess, first, [list(p) for p in first]
        self.assigned = [[0.0, 0.0, 0.0] for _ in first]
        self.observed = [0.0, 0.0, 0.0]
        self.reputation = REPUTATION

    def start(self):
        count, a, b = self.observed
        w = INERTIA_OF_FIRM / (INERTIA_OF_FIRM + count)
        seen = (a / count, b / count) if count else (0.0, 0.0)
        self.mean = [w * g + (1 - w) * s for g, s in zip(self.guess, seen)]
        self.variance = 1 + PRIOR_SD**2 * w
        weight = INERTIA_OF_FIRM / PRODUCTS
        for product, first, (n, a, b) in zip(self.products, self.first, self.assigned):
            product[0] = (weight * first[0] + a) / (weight + n)
            product[1] = (weight * first[1] + b) / (weight + n)
        self.transactions, self.wtp = 0, 0.0

    def nearest(self, point, among=range(PRODUCTS)):
        x, y = point
        return min(among, key=lambda m: (self.products[m][0] - x) ** 2 + (self.products[m][1] - y) ** 2)

    def select(self, menu, estimate, view):
        if menu == 0:
            return self.nearest(view)
        if menu == PRODUCTS:
            return self.nearest(estimate)
        x, y = estimate
        by_distance = sorted(
            range(PRODUCTS), key=lambda m: (self.products[m][0] - x) ** 2 + (self.products[m][1] - y) ** 2
        )
        return self.nearest(view, by_distance[:menu])


class Customer(mesa.Agent):
    def __init__(self, model):
        super().__init__(model)
        self.arrive()

    def arrive(self):
        self.taste = (random.gauss(0, 1), random.gauss(0, 1))
        self.agency = random.betavariate(2, 2)
        self.home = None
        self.belief = [None] * FIRMS
        self.precision = [0.0] * FIRMS
        self.total = [[0.0, 0.0] for _ in range(FIRMS)]

    def likes(self, j):
        return 1 / (1 + math.exp(-(self.belief[j] - PRICE) / NOISE))

    def unknown(self, j):
        return 1 / (self.precision[j] + 1 / self.model.firms[j].variance) / (1 + PRIOR_SD**2)

    def step(self):
        if self.model.period > 0 and random.random() < TURNOVER:
            self.arrive()
        if random.random() < NEED_RATE:
            self.model.needs += 1
            self.feel_need()
        elif self.home is not None and FALSE_ALARM[self.home] > 0:
            self.feel_no_need(self.home)

    def feel_no_need(self, h):
        if random.random() < FALSE_ALARM[h] * self.unknown(h):
            wtp = -CONTROL[h] * (AGENCY_COST * self.agency + MISTAKE_COST)
            self.belief[h] += BELIEF_SPEED * (wtp - self.belief[h])
            if random.random() >= self.likes(h):
                self.home = None

    def feel_need(self):
        x = [theta + VARIETY * random.gauss(0, 1) for theta in self.taste]
        h = self.home
        told = (
            h is not None
            and SUPPORT_RECOGNIZE[h] > 0
            and random.random() < SUPPORT_RECOGNIZE[h] * (1 - self.unknown(h))
        )
        cancels = False
        if told:
            likes = self.likes(h)
            if random.random() < likes:
                return self.transact(h, x, told)
            cancels = random.random() >= likes
        elif random.random() >= AWARENESS:
            return None
        best, chosen = gumbel(), None
        for j, firm in enumerate(self.model.firms):
            q = self.belief[j]
            if j != h and q is not None:
                q += WORD_OF_MOUTH * (firm.reputation - q)
                self.belief[j] = q
            expected = firm.reputation if q is None else q
            u = (expected - PRICE + (INERTIA if j == h else 0.0)) / NOISE + gumbel()
            if u > best and not (told and j == h):
                best, chosen = u, j
        if chosen is not None:
            self.transact(chosen, x, told)
        elif cancels:
            self.home = None

    def transact(self, j, x, told):
        firm = self.model.firms[j]
        posterior = 1 / (self.precision[j] + 1 / firm.variance)
        estimate = [posterior * (s + m / firm.variance) for s, m in zip(self.total[j], firm.mean)]
        view = [a + VIEW_ERROR * random.gauss(0, 1) for a in x]
        b = firm.products[firm.select(MENU[j], estimate, view)]
        fit = math.exp(-0.5 * ((b[0] - x[0]) ** 2 + (b[1] - x[1]) ** 2))
        familiarity = 1 - posterior / firm.variance
        friction = (0.0 if told else FRICTION[0]) + (
            FRICTION[1] * (1 - SUPPORT_REQUEST[j]) + FRICTION[2] * (1 - SUPPORT_RESPOND[j])
        ) * (1 - EASE[j] * familiarity)
        wtp = fit - friction - CONTROL[j] * (AGENCY_COST * self.agency + MISTAKE_COST * (1 - fit))
        if self.belief[j] is None:
            self.belief[j] = firm.reputation
        self.belief[j] += BELIEF_SPEED * (wtp - self.belief[j])
        y = [a + SIGNAL_NOISE[j] * random.gauss(0, 1) for a in x]
        v = VARIETY**2 + SIGNAL_NOISE[j] ** 2
        self.precision[j] += 1 / v
        posterior = 1 / (self.precision[j] + 1 / firm.variance)
        for d in range(2):
            self.total[j][d] += y[d] / v
        estimate = [posterior * (s + m / firm.variance) for s, m in zip(self.total[j], firm.mean)]
        self.model.seen.append((firm, firm.nearest(estimate), estimate, y))
        firm.transactions += 1
        firm.wtp += wtp
        self.home = j


class Market(mesa.Model):
    def __init__(self, customers, seed):
        super().__init__(rng=seed)
        random.seed(seed)
        guess = [PRIOR_SD * random.gauss(0, 1) for _ in range(2)]
        first = [[g + random.gauss(0, 1) for g in guess] for _ in range(PRODUCTS)]
        self.firms = [Firm(guess, first) for _ in range(FIRMS)]
        self.needs, self.period, self.seen = 0, 0, []
        Customer.create_agents(self, customers)

    def step(self):
        for firm in self.firms:
            firm.start()
        self.agents.do("step")
        for firm, near, estimate, y in self.seen:
            for total, part in ((firm.assigned[near], estimate), (firm.observed, y)):
                total[0] += 1
                total[1] += part[0]
                total[2] += part[1]
        self.seen.clear()
        for firm in self.firms:
            if firm.transactions:
                firm.reputation += REPUTATION_SPEED * (firm.wtp / firm.transactions - firm.reputation)
        self.period += 1


def gumbel():
    return -math.log(-math.log(1.0 - random.random()))


def run(customers, periods, seed):
    market = Market(customers, seed)
    shares = [0.0] * FIRMS
    for period in range(periods):
        market.step()
        if period >= periods - LAST:
            sold = sum(firm.transactions for firm in market.firms)
            shares = [s + firm.transactions / sold / LAST for s, firm in zip(shares, market.firms)]
    return market.needs, shares


if __name__ == "__main__":
    measure("Mesa", run)
