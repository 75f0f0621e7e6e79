// Predict first: a class draws the line that it expects, with a pointer or with keys, before it sees what follows.

import { chosen, make, run, say, shape, views, write } from "../report/base.js";

const at = (id) => document.getElementById(id);

/** A line through some points, at every position between the first and the last of them. */
export function through(knots) {
  const known = [...knots].sort(([a], [b]) => a - b);
  const line = new Map();
  known.forEach(([place, value], number) => {
    line.set(place, value);
    const next = known[number + 1];
    for (let between = place + 1; next && between < next[0]; between += 1) {
      line.set(between, value + ((next[1] - value) * (between - place)) / (next[0] - place));
    }
  });
  return line;
}

/** How far a line is from values, on average where both are; NaN where they never are. */
export function distance(line, values) {
  const gaps = [...line].map(([place, value]) => Math.abs(value - values[place])).filter(Number.isFinite);
  return gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
}

/** The layer of expected lines on the first chart. */
export class Prediction {
  constructor(stage, { reveal, tell }) {
    Object.assign(this, { stage, tell, isOn: false, isWaiting: false, lines: new Map() });
    stage.afterBuild = () => this.attach();
    at("predict").onclick = () => this.turn(!this.isOn);
    at("reveal").onclick = reveal;
    at("expects").onchange = () => this.draw();
    this.turn(false);
  }

  turn(isOn) {
    this.isOn = isOn;
    at("predict").setAttribute("aria-pressed", isOn);
    if (!isOn && this.isWaiting) at("reveal").click();
  }

  get chart() {
    const [chart] = this.stage.charts;
    return chart?.spec.kind === "firms" ? chart : null;
  }

  /** Waits for a line before what follows is shown. */
  wait() {
    this.isWaiting = true;
    this.lines.clear();
    at("predicting").hidden = false;
    const names = run.firms.filter(({ leads }) => leads).map(({ name }) => name);
    at("expects").replaceChildren(...names.map((name) => make("option", { value: name }, name)));
    this.draw();
  }

  /** What follows is shown: says how far each line was from it. */
  end() {
    this.isWaiting = false;
    at("predicting").hidden = true;
    const said = [...this.lines].map(([firm, knots]) => this.verdict(firm, through(knots))).filter(Boolean);
    this.draw();
    return said;
  }

  verdict(firm, line) {
    const { spec } = this.chart ?? {};
    const number = run.firms.findIndex(({ name }) => name === firm);
    if (!spec || number < 0 || line.size === 0) return "";
    const { mean, half } = run.quantities[spec.lines[0].of][number];
    const last = Math.max(...line.keys());
    const form = { percent: spec.percent, decimals: spec.percent ? 1 : 3 };
    const written = (value) => write(value, form);
    const [least, most] = [spec.limits[0] ?? -Infinity, spec.limits[1] ?? Infinity];
    const off = distance(line, mean);
    return say("expected", {
      firm, period: run.periods[last], expected: written(line.get(last)), value: written(mean[last]),
      low: written(Math.max(least, mean[last] - half[last])), high: written(Math.min(most, mean[last] + half[last])), off: spec.percent ? say("points", { count: write(100 * off, { decimals: 1 }) }) : written(off),
    });
  }

  /** Takes the pointer and the keys of a chart that was made anew. */
  attach() {
    views.push(this);
    const { chart } = this;
    if (!chart) return;
    const takes = (event) => this.isWaiting && (event.buttons & 1) === 1;
    let last = null;
    const pull = (event) => {
      if (event.type === "pointerdown") last = null;
      if (!takes(event)) return;
      event.stopPropagation();
      event.preventDefault();
      const place = chart.positionAt(event);
      const y = event.clientY - chart.plot.getBoundingClientRect().top;
      this.set(place, this.valueAt(y), last);
      last = place;
    };
    chart.plot.addEventListener("pointerdown", pull, true);
    chart.plot.addEventListener("pointermove", pull, true);
    chart.plot.addEventListener("keydown", (event) => this.press(event), true);
  }

  valueAt(y) {
    const { place } = this.chart;
    const [zero, one] = [place.y(0), place.y(1)];
    const within = Math.max(place.top, Math.min(place.bottom, y));
    return (within - zero) / (one - zero);
  }

  /** Up and down move the expected line at the period that is chosen; left and right choose another as always. */
  press(event) {
    const steps = { ArrowUp: 1, ArrowDown: -1 };
    if (!this.isWaiting || !(event.key in steps)) return;
    event.stopPropagation();
    event.preventDefault();
    const { place } = this.chart;
    const step = (this.valueAt(place.top) - this.valueAt(place.bottom)) / (event.shiftKey ? 200 : 40);
    const line = through(this.knots);
    const ends = [...line.keys()];
    const near = ends.length > 0 ? line.get(Math.max(Math.min(...ends), Math.min(Math.max(...ends), chosen.at))) : this.start();
    const value = (line.get(chosen.at) ?? near) + steps[event.key] * step;
    this.set(chosen.at, Math.max(this.valueAt(place.bottom), Math.min(this.valueAt(place.top), value)));
    const form = { percent: this.chart.spec.percent, decimals: this.chart.spec.percent ? 1 : 3 };
    this.tell(say("expects_at", { firm: this.firm, period: run.periods[chosen.at], value: write(value, form) }));
  }

  /** Where the firm's line is in the market before, at the chosen period. */
  start() {
    const firm = run.firms.findIndex(({ name }) => name === this.firm);
    const value = run.quantities[this.chart.spec.lines[0].of][firm]?.mean[chosen.at];
    return Number.isFinite(value) ? value : 0;
  }

  get firm() {
    return at("expects").value;
  }

  get knots() {
    if (!this.lines.has(this.firm)) this.lines.set(this.firm, new Map());
    return this.lines.get(this.firm);
  }

  /** The line goes through a point; what the pointer passed over since `last` is drawn anew. */
  set(place, value, last = null) {
    const { knots } = this;
    if (last !== null) {
      for (const known of [...knots.keys()]) {
        if (known > Math.min(place, last) && known < Math.max(place, last)) knots.delete(known);
      }
    }
    knots.set(place, value);
    this.draw();
  }

  draw() {
    const { chart } = this;
    this.layer?.remove();
    if (!chart?.place || this.lines.size === 0) return;
    this.layer = shape("g", { class: "expected" });
    const { x, y, top, bottom } = chart.place;
    for (const [firm, knots] of this.lines) {
      const number = run.firms.findIndex(({ name }) => name === firm);
      const line = [...through(knots)].filter(([place]) => place <= run.last);
      const points = line.map(([place, value]) => [x(run.periods[place]), Math.max(top, Math.min(bottom, y(value)))]);
      const style = `stroke:var(--firm-${number});fill:var(--firm-${number})`;
      this.layer.append(shape("polyline", { points: points.map((point) => point.join(",")).join(" "), style }));
      if (points.length === 1) this.layer.append(shape("circle", { cx: points[0][0], cy: points[0][1], r: 4, style }));
    }
    chart.marker?.before(this.layer);
  }

  mark() {}
}
