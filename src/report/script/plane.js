// Better, cheaper, or both: each firm's path through cost (falling to the right) and willingness to pay.

import { chosen, em, run, say, shape, shortened, widthOf, write } from "./base.js";
import { axisOver, scale, spread, tickText } from "./axis.js";
import { Chart, tableOf } from "./chart.js";
import { extent } from "./lines.js";

export class PlaneChart extends Chart {
  /** The firms' paths: of those that are switched on, or of all. */
  curves(onlyShown = true) {
    return run.groups
      .filter((group) => !onlyShown || chosen.shown.has(group.name))
      .flatMap((group) =>
        group.firms.map((firm) => ({
          name: run.firms[firm].name, color: group.color, pale: group.pale,
          cost: run.quantities.cost[firm].mean, wtp: run.quantities.wtp[firm].mean,
        })),
      );
  }

  draw() {
    const width = this.plot.clientWidth;
    if (width === 0) return;
    const size = em();
    const height = Math.round(Math.max(18 * size, Math.min(0.62 * width, 30 * size)));
    const [top, bottom] = [1.9 * size, height - 3.1 * size];
    const curves = this.curves();
    const range = (of) => {
      const [low, high] = extent(curves.flatMap((curve) => [...of(curve)]));
      return low <= high ? [low, high] : [0, 1];
    };
    const y = axisOver(...range((curve) => curve.wtp), Math.max(3, Math.round((bottom - top) / (3.2 * size))));
    const x = axisOver(...range((curve) => curve.cost), Math.max(2, Math.min(6, width / (7 * size))));
    const left = Math.ceil(Math.max(...y.ticks.map((tick) => widthOf(tickText(y, tick, this.spec), 0.82 * size)))) + 0.6 * size;
    const right = width - 0.8 * size;
    this.place = { left, right, top, bottom, size, x: scale(x, right, left), y: scale(y, bottom, top) };
    const svg = shape("svg", { viewBox: `0 0 ${width} ${height}`, width, height, "aria-hidden": "true" });
    svg.append(
      shape("text", { x: 0, y: 0.95 * size, class: "unit" }, say("willingness")),
      this.drawEqualValue(x, y), this.drawAxes(x, y),
    );
    this.paths = shape("g", { class: "curves" });
    svg.append(this.paths);
    this.show(svg);
    this.mark();
  }

  drawAxes(x, y) {
    const { left, right, top, bottom, size } = this.place;
    const upright = y.ticks.flatMap((tick) => [
      shape("line", { x1: left, x2: right, y1: this.place.y(tick), y2: this.place.y(tick), class: "grid" }),
      shape("text", { x: left - 0.45 * size, y: this.place.y(tick) + 0.3 * size, class: "tick end" }, tickText(y, tick, this.spec)),
    ]);
    const level = x.ticks.flatMap((tick) => [
      shape("line", { x1: this.place.x(tick), x2: this.place.x(tick), y1: bottom, y2: bottom + 0.3 * size, class: "zero" }),
      this.tickLabel(tickText(x, tick, this.spec), this.place.x(tick)),
    ]);
    const title = shape("text", { x: (left + right) / 2, y: bottom + 2.6 * size, class: "tick middle" }, say("level"));
    const frame = shape("line", { x1: left, x2: right, y1: bottom, y2: bottom, class: "zero" });
    return shape("g", {}, ...upright, ...level, title, frame, shape("line", { x1: left, x2: left, y1: top, y2: bottom, class: "grid" }));
  }

  /** A number below the level axis, within the plot. */
  tickLabel(text, at) {
    const { bottom, right, size } = this.place;
    const half = widthOf(text, 0.82 * size) / 2;
    return shape("text", { x: Math.min(at, right + 0.7 * size - half), y: bottom + 1.25 * size, class: "tick middle" }, text);
  }

  /** Dashed lines along which willingness to pay less cost is the same, within the plane. */
  drawEqualValue(x, y) {
    const group = shape("g", { class: "equal" });
    const [least, most] = [y.from - x.to, y.to - x.from];
    const { ticks, decimals } = axisOver(least, most, 7, true);
    const { size } = this.place;
    for (const value of ticks) {
      // from the lower edge or the dearer one, to the upper edge or the cheaper one
      const start = Math.max(x.from, y.from - value);
      const end = Math.min(x.to, y.to - value);
      if (end - start < (x.to - x.from) * 0.04) continue;
      const [x1, y1, x2, y2] = [this.place.x(start), this.place.y(start + value), this.place.x(end), this.place.y(end + value)];
      group.append(shape("line", { x1, y1, x2, y2 }));
      const inside = Math.min(Math.max(x2 + 0.3 * size, this.place.left + 0.3 * size), this.place.right - 3 * size);
      group.append(shape("text", { x: inside, y: Math.max(y2 - 0.25 * size, this.place.top + 0.8 * size) }, write(value, { decimals })));
    }
    return group;
  }

  mark() {
    super.mark();
    if (!this.place) return;
    const { x, y, size } = this.place;
    const shapes = [];
    const ends = [];
    for (const curve of [...this.curves()].sort((a, b) => b.pale - a.pale)) {
      const point = (at) => [x(curve.cost[at]), y(curve.wtp[at])];
      const known = [...curve.cost.keys()].filter((at) => Number.isFinite(curve.cost[at] + curve.wtp[at]));
      if (known.length === 0) continue;
      const line = (places, kind) =>
        shape("polyline", { points: places.map((at) => point(at).join(",")).join(" "), class: kind, style: `stroke:${curve.color}` });
      if (!curve.pale && chosen.future) shapes.push(line(known, "line faint"));
      const past = known.filter((at) => at <= chosen.at);
      if (past.length === 0) continue;
      shapes.push(line(past, curve.pale ? "line far" : "line"));
      if (curve.pale) continue;
      const [first, end] = [point(past[0]), point(past[past.length - 1])];
      shapes.push(
        shape("circle", { cx: first[0], cy: first[1], r: 0.3 * size, class: "ring", style: `stroke:${curve.color}` }),
        shape("circle", { cx: end[0], cy: end[1], r: 0.36 * size, style: `fill:${curve.color}` }),
      );
      ends.push({ ...curve, end });
    }
    this.paths.replaceChildren(...shapes, ...this.names(ends));
  }

  /** Names beside the dots, to the left of those near the right edge. */
  names(ends) {
    const { left, right, top, bottom, size } = this.place;
    const places = spread(ends.map(({ end }) => end[1]), 1.15 * size, top, bottom);
    return ends.map(({ name, color, end }, number) => {
      const text = shortened(name, 0.45 * (right - left), 0.88 * size, true);
      const width = widthOf(text, 0.88 * size, true);
      const fits = end[0] + 0.7 * size + width <= right;
      const start = fits ? end[0] + 0.7 * size : Math.max(left, end[0] - 0.7 * size - width);
      return shape("text", { x: start, y: places[number] + 0.3 * size, class: "name halo", style: `fill:${color}` }, text);
    });
  }

  words(at) {
    const known = this.curves().filter(({ pale, wtp }) => !pale && Number.isFinite(wtp[at]));
    return known.map(({ name, wtp, cost }) => say("at_cost", { firm: name, wtp: write(wtp[at]), cost: write(cost[at], { decimals: 3 }) })).join(", ") || say("no_values");
  }

  table() {
    const curves = this.curves(false);
    const head = [say("period"), ...curves.flatMap(({ name }) => [say("of_willingness", { firm: name }), say("of_cost", { firm: name })])];
    const rows = this.listed().map((at) => [
      run.periods[at],
      ...curves.flatMap(({ wtp, cost }) => [write(wtp[at], { decimals: 3 }), write(cost[at], { decimals: 3 })]),
    ]);
    return tableOf(head, rows);
  }
}
