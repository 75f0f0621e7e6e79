// Axes: round numbers along them, and the way from values to pixels.

import { em, run, write } from "./base.js";

/** The round number next to a step: 1, 2, 2.5 or 5 times a power of ten. */
function roundStep(step) {
  const power = 10 ** Math.floor(Math.log10(step));
  const size = step / power;
  return power * (size <= 1.001 ? 1 : size <= 2.001 ? 2 : size <= 2.501 ? 2.5 : size <= 5.001 ? 5 : 10);
}

/** An axis over the values, with about `count` steps; its ends lie on half steps unless `exact`. */
export function axisOver(low, high, count, exact = false) {
  if (!(high - low > 1e-9)) {
    const room = Math.max(Math.abs(high), 1) * 0.05;
    [low, high] = [low - room, high + room];
  }
  const step = roundStep((high - low) / count);
  const half = step / 2;
  const from = exact ? low : Math.floor(low / half + 1e-9) * half;
  const to = exact ? high : Math.ceil(high / half - 1e-9) * half;
  return withTicks({ from, to, step });
}

export function withTicks(axis) {
  const { from, to, step } = axis;
  const ticks = [];
  for (let tick = Math.ceil(from / step - 1e-9); tick * step <= to + step * 1e-9; tick += 1) ticks.push(tick * step);
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9) + (/^25/.test(String(step).replace(/[0.]/g, "") ) ? 1 : 0));
  return { ...axis, ticks, decimals };
}

/** The axis of periods. */
export function axisOfPeriods(width) {
  const [first, last] = [run.periods[0], run.periods[run.last]];
  if (first === last) return { from: first - 1, to: first + 1, step: 1, ticks: [first], decimals: 0 };
  const count = Math.max(2, Math.min(7, width / (em() * 5)));
  const step = Math.max(1, Math.round(roundStep((last - first) / count)));
  return { ...withTicks({ from: first, to: last, step }), decimals: 0 };
}

/** A tick's number. */
export function tickText(axis, value, chart) {
  const decimals = chart.percent ? Math.max(0, axis.decimals - 2) : axis.decimals;
  return write(value, { percent: chart.percent, signed: chart.signed, decimals });
}

/** From values to pixels. */
export function scale(axis, start, end) {
  return (value) => start + ((value - axis.from) / (axis.to - axis.from)) * (end - start);
}

/** Places as near to those wanted as they can be without overlap, at least `gap` apart, between the bounds. */
export function spread(wanted, gap, low, high) {
  const order = wanted.map((_, number) => number).sort((a, b) => wanted[a] - wanted[b]);
  let clusters = order.map((number) => ({ members: [number], centre: wanted[number] }));
  const half = (cluster) => (cluster.members.length * gap) / 2;
  const clamp = (cluster) => {
    cluster.centre = Math.max(low + half(cluster), Math.min(high - half(cluster), cluster.centre));
    return cluster;
  };
  clusters = clusters.map(clamp);
  for (let number = 1; number < clusters.length; ) {
    const [above, below] = [clusters[number - 1], clusters[number]];
    if (below.centre - half(below) >= above.centre + half(above) - 1e-9) {
      number += 1;
      continue;
    }
    const [n, m] = [above.members.length, below.members.length];
    const joined = clamp({
      members: [...above.members, ...below.members],
      centre: (above.centre * n + below.centre * m) / (n + m),
    });
    clusters.splice(number - 1, 2, joined);
    number = Math.max(1, number - 1);
  }
  const places = [];
  for (const cluster of clusters) {
    cluster.members.forEach((member, number) => {
      places[member] = cluster.centre - half(cluster) + gap * (number + 0.5);
    });
  }
  return places;
}
