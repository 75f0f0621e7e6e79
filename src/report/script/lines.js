// Charts over time: a line for each series, its interval as a pale band, a name where it ends, and a marker at the
// chosen period that a pointer or the arrow keys move.

import { chosen, choosePeriod, decimalsFor, em, lastDrawn, lastKnown, make, run, say, shape, shortened, widthOf, write } from "./base.js";
import { axisOfPeriods, axisOver, scale, spread, tickText, withTicks } from "./axis.js";
import { Chart, tableOf } from "./chart.js";

export class LineChart extends Chart {
  constructor(figure, spec) {
    super(figure, spec);
    this.hovered = null;
    if (spec.kind === "market" && spec.lines.length > 1) {
      const swatch = ({ name, color }) => make("li", {}, make("i", { style: `background:${color}` }), name);
      this.key = make("ul", { class: "key" }, ...this.curves().map(swatch));
      this.plot.before(this.key);
    }
  }

  table() {
    const curves = this.curves(false);
    const head = [say("period"), ...curves.map((curve) => curve.name)];
    const rows = this.listed().map((at) => [
      run.periods[at],
      ...curves.map(({ series }) => this.valueText(series, at, true)),
    ]);
    return tableOf(head, rows);
  }

  /** A value with the half-width of its interval. */
  valueText(series, at, withHalf) {
    const { percent, signed } = this.spec;
    const decimals = this.decimals();
    const mean = write(series.mean[at], { percent, signed, decimals });
    const half = series.half[at];
    return withHalf && Number.isFinite(half) ? `${mean} ± ${write(half, { percent, decimals })}` : mean;
  }

  /** Decimals that show three figures of the largest value. */
  decimals() {
    const all = this.curves(false).flatMap((curve) => [...curve.series.mean]);
    return decimalsFor(Math.max(0, ...extent(all.map(Math.abs))), this.spec.percent);
  }

  /** The lines: of the firms that are switched on (or of all), or of the market; of the chart's own variant, or of another. */
  curves(onlyShown = true, variant = this.spec.variant ?? null) {
    const { kind, lines } = this.spec;
    const shown = variant === null ? run : { ...run.variants[variant], before: null };
    if (kind === "market") {
      return lines.map(({ of, name, color }) => ({
        name, series: shown.market[of][0], before: shown.before?.market[of][0],
        color: `var(--${color})`, dashes: color === "profit" ? [9, 5] : [], pale: false,
      }));
    }
    return run.groups
      .filter((group) => !onlyShown || chosen.shown.has(group.name))
      .flatMap((group) =>
        group.firms.map((firm) => ({
          name: run.firms[firm].name, series: shown.quantities[lines[0].of][firm], before: shown.before ? seriesBefore(lines[0].of, firm) : undefined,
          color: group.color, dashes: group.dashes, pale: group.pale,
        })),
      );
  }

  /** What happens in the chart's own market. */
  events() {
    const { variant = null } = this.spec;
    return variant === null ? run.events : run.variants[variant].events;
  }

  draw() {
    const width = this.plot.clientWidth;
    if (width === 0) return;
    const size = em();
    const curves = this.curves();
    const height = Math.round(Math.max(16 * size, Math.min(0.5 * width, 25 * size)));
    const eventRow = this.events().length > 0 ? 1.2 * size : 0;
    const top = 1.9 * size + eventRow;
    const bottom = height - 2.9 * size;
    const y = this.axis(curves, bottom - top);
    const left = Math.ceil(Math.max(...y.ticks.map((tick) => widthOf(tickText(y, tick, this.spec), 0.82 * size)))) + 0.6 * size;
    const labels = width >= 34 * size ? this.labels(curves, 0.34 * width, size) : [];
    if (this.key) this.key.hidden = labels.length > 0;
    const right = width - (labels.length > 0 ? Math.max(...labels.map((label) => label.width)) + 1.2 * size : 0.7 * size);
    const x = axisOfPeriods(right - left);
    this.place = { left, right, top, bottom, x: scale(x, left, right), y: scale(y, bottom, top), size };
    const svg = shape("svg", { viewBox: `0 0 ${width} ${height}`, width, height, "aria-hidden": "true" });
    svg.append(
      shape("text", { x: 0, y: 0.95 * size, class: "unit" }, this.spec.unit),
      this.drawGrid(y), this.drawPeriods(x),
    );
    this.eventRow = eventRow;
    this.labelRoom = labels.length > 0 ? 0.34 * width : 0;
    this.drawn = shape("g");
    // without what comes, the mark draws it
    if (chosen.future) this.drawRun(curves, labels);
    svg.append(this.drawn);
    this.marker = shape("g", { class: "marker" });
    const area = shape("rect", { x: left, y: top, width: right - left, height: bottom - top, class: "area" });
    area.addEventListener("pointermove", (event) => this.hover(event));
    area.addEventListener("pointerdown", (event) => choosePeriod(this.positionAt(event)));
    area.addEventListener("pointerleave", () => this.leave());
    svg.append(this.marker, area);
    this.show(svg);
    this.mark();
  }

  /** What happens over time, as far as it is drawn. */
  drawRun(curves, labels = this.labelRoom > 0 ? this.labels(curves, this.labelRoom, this.place.size) : []) {
    this.drawn.replaceChildren(this.drawEvents(this.eventRow), this.drawCurves(curves), this.drawLabels(labels));
  }

  /** The axis of values: it spans all means, and of the intervals as much as leaves the means legible. */
  axis(curves, height) {
    const { zero, limits } = this.spec;
    const count = Math.max(3, Math.min(6, Math.round(height / (2.6 * em()))));
    // an axis that spans what happens would tell what comes
    if (!chosen.future && limits.every((limit) => limit !== null)) return axisOver(...limits, count, true);
    // charts that stand beside each other have one axis
    const { variant = null } = this.spec;
    if (variant !== null) curves = run.variants.flatMap((_, other) => this.curves(true, other));
    let [low, high] = extent(curves.flatMap(({ series, before }) => [...series.mean, ...(before?.mean ?? [])]));
    if (!(low <= high)) [low, high] = [0, 1];
    if (zero || (low > 0 && low < 0.4 * high)) [low, high] = [Math.min(low, 0), Math.max(high, 0)];
    const reach = Math.max(high - low, 0.25 * Math.max(Math.abs(low), Math.abs(high)));
    const leading = chosen.bands ? curves.filter((curve) => !curve.pale) : [];
    const ends = (sign) => extent(leading.flatMap(({ series }) => [...series.mean].map((mean, at) => mean + sign * series.half[at])));
    const [lowest] = ends(-1);
    const [, highest] = ends(1);
    low = Math.max(Math.min(low, Math.max(lowest, low - reach)), limits[0] ?? -Infinity);
    high = Math.min(Math.max(high, Math.min(highest, high + reach)), limits[1] ?? Infinity);
    const axis = axisOver(low, high, count);
    const clipped = { ...axis, from: Math.max(axis.from, limits[0] ?? -Infinity), to: Math.min(axis.to, limits[1] ?? Infinity) };
    return withTicks(clipped);
  }

  drawGrid(y) {
    const { left, right, size } = this.place;
    const lines = y.ticks.flatMap((tick) => {
      const at = this.place.y(tick);
      const strong = Math.abs(tick) < y.step * 1e-6;
      return [
        shape("line", { x1: left, x2: right, y1: at, y2: at, class: strong ? "zero" : "grid" }),
        shape("text", { x: left - 0.45 * size, y: at + 0.3 * size, class: "tick end" }, tickText(y, tick, this.spec)),
      ];
    });
    const base = shape("line", { x1: left, x2: right, y1: this.place.bottom, y2: this.place.bottom, class: "zero" });
    return shape("g", {}, ...lines, base);
  }

  drawPeriods(x) {
    const { bottom, left, right, size } = this.place;
    const ticks = x.ticks.flatMap((tick) => [
      shape("line", { x1: this.place.x(tick), x2: this.place.x(tick), y1: bottom, y2: bottom + 0.3 * size, class: "zero" }),
      shape("text", { x: this.place.x(tick), y: bottom + 1.25 * size, class: "tick middle" }, write(tick, { decimals: 0 })),
    ]);
    const title = shape("text", { x: (left + right) / 2, y: bottom + 2.5 * size, class: "tick middle" }, say("period"));
    return shape("g", {}, ...ticks, title);
  }

  /** Dotted lines where firms enter or settings change, with as many words as have room. */
  drawEvents(row) {
    const all = this.events();
    const { left, right, top, bottom, size } = this.place;
    const group = shape("g", { class: "events" });
    let taken = left;
    const last = run.periods[lastDrawn()];
    for (const { period, words } of all.filter((event) => event.period <= last)) {
      const at = this.place.x(period);
      group.append(shape("line", { x1: at, x2: at, y1: top, y2: bottom }));
      const text = shortened(words, 16 * size, 0.75 * size);
      const width = widthOf(text, 0.75 * size);
      const start = Math.max(left, Math.min(at - width / 2, right - width));
      if (start >= taken && row > 0) {
        group.append(shape("text", { x: start, y: top - 0.45 * size }, text));
        taken = start + width + 0.6 * size;
      }
    }
    return group;
  }

  drawCurves(curves) {
    const { x, y, top, bottom } = this.place;
    const clip = (value) => Math.max(top, Math.min(bottom, value));
    const leading = curves.filter((curve) => !curve.pale);
    const group = shape("g", { class: "curves" });
    const last = lastDrawn();
    const drawn = (values) => stretches(values.subarray(0, last + 1));
    if (chosen.bands) {
      const opacity = 0.2 * Math.min(1, 4 / Math.max(1, leading.length));
      for (const { series, color } of leading) {
        const known = drawn(series.mean.map((mean, at) => mean + series.half[at]));
        for (const [from, to] of known) {
          const edge = (at, sign) => `${x(run.periods[at])},${clip(y(series.mean[at] + sign * series.half[at]))}`;
          const places = Array.from({ length: to - from + 1 }, (_, number) => from + number);
          const points = [...places.map((at) => edge(at, 1)), ...places.reverse().map((at) => edge(at, -1))];
          group.append(shape("polygon", { points: points.join(" "), class: "band", style: `fill:${color};fill-opacity:${opacity}` }));
        }
      }
    }
    for (const { before, color } of leading.filter((curve) => curve.before)) {
      const { periods } = run.before;
      for (const [from, to] of stretches(before.mean)) {
        const places = Array.from({ length: to - from + 1 }, (_, number) => from + number).filter((at) => periods[at] <= run.periods[last]);
        const points = places.map((at) => `${x(periods[at])},${y(before.mean[at])}`);
        group.append(shape("polyline", { points: points.join(" "), class: "line before", style: `stroke:${color}` }));
      }
    }
    for (const { series, color, dashes, pale } of [...curves].sort((a, b) => b.pale - a.pale)) {
      for (const [from, to] of drawn(series.mean)) {
        const points = [];
        for (let at = from; at <= to; at += 1) points.push(`${x(run.periods[at])},${y(series.mean[at])}`);
        const style = `stroke:${color};stroke-dasharray:${dashes.join(" ") || "none"}`;
        group.append(shape("polyline", { points: points.join(" "), class: pale ? "line pale" : "line", style }));
        if (from === to || run.last < 12) {
          for (const point of points) {
            const [cx, cy] = point.split(",");
            group.append(shape("circle", { cx, cy, r: pale ? 1.5 : 4, style: `fill:${color}` }));
          }
        }
      }
    }
    return group;
  }

  /** Names with the figures of the end, as all texts have them, to stand where the lines end; or of where the drawing ends. */
  labels(curves, most, size) {
    const decimals = this.decimals();
    return curves.filter((curve) => !curve.pale).flatMap(({ name, series, color }) => {
      const at = lastKnown(series.mean.subarray(0, lastDrawn() + 1));
      if (at < 0) return [];
      const { percent, signed } = this.spec;
      const end = at === run.last && Number.isFinite(series.end) ? series.end : series.mean[at];
      const value = write(end, { percent, signed, decimals });
      const room = most - widthOf(` ${value}`, 0.88 * size, true);
      const text = `${shortened(name, room, 0.88 * size, true)} ${value}`;
      return [{ text, color, at, value: series.mean[at], width: widthOf(text, 0.88 * size, true) }];
    });
  }

  drawLabels(labels) {
    const { x, y, right, top, bottom, size } = this.place;
    const wanted = labels.map((label) => y(label.value));
    const places = spread(wanted, 1.2 * size, top - 0.6 * size, bottom + 0.6 * size);
    const group = shape("g", { class: "labels" });
    const start = (chosen.future ? right : x(run.periods[chosen.at])) + 0.8 * size;
    labels.forEach(({ text, color, at }, number) => {
      const end = x(run.periods[at]);
      if (chosen.future && (Math.abs(places[number] - wanted[number]) > 0.4 * size || at < run.last)) {
        const points = `${end + 3},${wanted[number]} ${right + 0.25 * size},${wanted[number]} ${right + 0.7 * size},${places[number]}`;
        group.append(shape("polyline", { points, class: "leader" }));
      }
      group.append(shape("text", { x: start, y: places[number] + 0.32 * size, style: `fill:${color}` }, text));
    });
    return group;
  }

  mark() {
    super.mark();
    if (!this.place) return;
    if (!chosen.future) this.drawRun(this.curves());
    const { x, y, top, bottom } = this.place;
    const draw = (at, kind) => {
      const line = shape("line", { x1: x(run.periods[at]), x2: x(run.periods[at]), y1: top, y2: bottom, class: kind });
      const dots = this.curves().filter((curve) => !curve.pale && Number.isFinite(curve.series.mean[at]));
      const dot = ({ series, color }) => shape("circle", { cx: x(run.periods[at]), cy: y(series.mean[at]), r: 4.5, style: `fill:${color}` });
      return [line, ...dots.map(dot)];
    };
    const hovered = this.hovered === null || this.hovered === chosen.at ? [] : draw(this.hovered, "hovered");
    this.marker.replaceChildren(...draw(chosen.at, "chosen"), ...hovered);
  }

  /** Values at a position, the largest first. */
  values(at) {
    const known = this.curves().filter(({ pale, series }) => !pale && Number.isFinite(series.mean[at]));
    return known
      .sort((a, b) => b.series.mean[at] - a.series.mean[at])
      .map(({ name, color, series }) => ({ name, color, value: this.valueText(series, at, chosen.bands) }));
  }

  words(at) {
    return this.values(at).map(({ name, value }) => `${name} ${value}`).join(", ") || say("no_values");
  }

  positionAt(event) {
    const { x } = this.place;
    const at = event.clientX - this.plot.getBoundingClientRect().left;
    let nearest = 0;
    run.periods.forEach((period, position) => {
      if (Math.abs(x(period) - at) < Math.abs(x(run.periods[nearest]) - at)) nearest = position;
    });
    return nearest;
  }

  hover(event) {
    this.hovered = Math.min(this.positionAt(event), lastDrawn());
    const box = this.plot.getBoundingClientRect();
    this.mark();
    const rows = this.values(this.hovered);
    this.showTip(say("period_at", { period: run.periods[this.hovered] }), rows, this.place.x(run.periods[this.hovered]), event.clientY - box.top);
  }

  leave() {
    this.hovered = null;
    this.hideTip();
    this.mark();
  }
}

/** The series of a firm in the run that this one is compared with, where it takes part in both. */
function seriesBefore(quantity, firm) {
  const { name } = run.firms[firm];
  const place = run.before ? run.before.firms.findIndex((other) => other.name === name) : -1;
  return place < 0 ? undefined : run.before.quantities[quantity][place];
}

/** First and last position of each stretch of values. */
export function stretches(values) {
  const found = [];
  values.forEach((value, at) => {
    if (!Number.isFinite(value)) return;
    const last = found[found.length - 1];
    if (last && last[1] === at - 1) last[1] = at;
    else found.push([at, at]);
  });
  return found;
}

/** Least and greatest of the values that are known. */
export function extent(values) {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (Number.isFinite(value)) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return [low, high];
}
