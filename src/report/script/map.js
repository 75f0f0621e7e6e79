// The map of tastes: for each firm where customers are, where its products are, and where it believes customers to be.

import { chosen, em, run, say, shape, shortened, widthOf, write } from "./base.js";
import { Chart, tableOf } from "./chart.js";

export class MapChart extends Chart {
  /** The firms with a map: those with a colour that are switched on, or all of them. */
  firms(onlyShown = true) {
    return run.groups
      .filter((group) => !group.pale && (!onlyShown || chosen.shown.has(group.name)))
      .flatMap((group) => group.firms.map((firm) => ({ firm, name: run.firms[firm].name, color: group.color })));
  }

  /** The position of the last moment by a period; the first moment before it. */
  momentAt(at) {
    const last = run.map.moments.findLastIndex((moment) => moment.period <= run.periods[at]);
    return Math.max(0, last);
  }

  draw() {
    const width = this.plot.clientWidth;
    if (width === 0) return;
    const size = em();
    const firms = this.firms();
    const gap = 1.2 * size;
    const left = 2.4 * size;
    const most = Math.max(1, Math.floor((width - left + gap) / (13 * size + gap)));
    const rows = Math.ceil(firms.length / most) || 1;
    const columns = Math.ceil(firms.length / rows) || 1;
    const side = Math.floor(Math.min((width - left - (columns - 1) * gap) / columns, 25 * size));
    const row = side + 3.1 * size;
    const height = Math.ceil(rows * row + 3.2 * size);
    const { half, centre } = run.map;
    this.place = { size, side, scale: side / (2 * half), half, centre };
    const svg = shape("svg", { viewBox: `0 0 ${width} ${height}`, width, height, "aria-hidden": "true" });
    this.unit = shape("text", { x: 0, y: 0.95 * size, class: "unit" });
    svg.append(this.unit);
    this.panels = firms.map((firm, number) => {
      const [x, y] = [left + (number % columns) * (side + gap), 3.1 * size + Math.floor(number / columns) * row];
      const lowest = number + columns >= firms.length;
      const panel = this.panel(firm, x, y, number % columns === 0, lowest);
      svg.append(panel.group);
      return panel;
    });
    this.show(svg);
    this.mark();
  }

  /** The frame of a firm's map: its name, its rim, numbers at the outer edges, and places for what moves. */
  panel({ firm, name, color }, x, y, leftmost, lowest) {
    const { size, side, half, centre } = this.place;
    const group = shape("g", { transform: `translate(${x} ${y})` });
    const marks = shape("g", { class: "curves" });
    const note = shape("text", { x: side, y: -0.5 * size, class: "tick end" });
    const title = shortened(name, side - 6.5 * size, 0.88 * size, true);
    group.append(shape("text", { x: 0, y: -0.5 * size, class: "name", style: `fill:${color}` }, title), note, marks,
      shape("rect", { x: 0, y: 0, width: side, height: side, class: "rim" }));
    const count = Math.max(2, Math.min(6, side / (4 * size)));
    const [across, up] = centre.map((middle) => axisOver((middle - half) / 100, (middle + half) / 100, count, true));
    const text = (tick, { decimals }) => write(tick, { decimals });
    if (lowest) {
      for (const tick of across.ticks) {
        const at = Math.max(0.6 * size, Math.min(side - 0.6 * size, this.x(100 * tick)));
        group.append(shape("text", { x: at, y: side + 1.1 * size, class: "tick middle" }, text(tick, across)));
      }
    }
    if (leftmost && !this.isLine()) {
      for (const tick of up.ticks) {
        group.append(shape("text", { x: -0.3 * size, y: this.y(100 * tick) + 0.3 * size, class: "tick end" }, text(tick, up)));
      }
    }
    const area = shape("rect", { x: 0, y: 0, width: side, height: side, class: "area" });
    area.addEventListener("pointermove", (event) => this.hover(event, firm));
    area.addEventListener("pointerleave", () => this.hideTip());
    group.append(area);
    return { firm, color, group, marks, note };
  }

  /** Whether tastes have one dimension, so that the height means nothing. */
  isLine() {
    return run.map.moments[0].customers.length > 0;
  }

  x(value) {
    return (value - this.place.centre[0] + this.place.half) * this.place.scale;
  }

  y(value) {
    return (this.place.centre[1] + this.place.half - value) * this.place.scale;
  }

  /** Places of a flat list as pairs of pixels, rounded. */
  pixels(flat) {
    const places = [];
    for (let at = 0; at < flat.length; at += 2) places.push([this.x(flat[at]).toFixed(1), this.y(flat[at + 1]).toFixed(1)]);
    return places;
  }

  mark() {
    super.mark();
    if (!this.place) return;
    const at = this.momentAt(chosen.at);
    const moment = run.map.moments[at];
    this.unit.textContent = say("end_of", { period: moment.period });
    for (const panel of this.panels) {
      panel.marks.replaceChildren(...this.ground(moment), ...this.firmMarks(panel, at));
      const { off } = moment.firms[panel.firm];
      panel.note.textContent = off === null ? "" : say("off_by", { distance: write(off) });
    }
  }

  /** Customers: areas of their density, or dots. */
  ground({ areas, customers }) {
    const shapes = areas.map(([level, corners]) =>
      shape("polygon", { points: this.pixels(corners).join(" "), class: "shade", style: `--level:${5 * level}%` }));
    if (customers.length > 0) shapes.push(this.dots(customers, "far-customer"));
    return shapes;
  }

  dots(places, kind, style) {
    return shape("path", { d: this.pixels(places).map(([x, y]) => `M${x} ${y}h0`).join(""), class: kind, style });
  }

  firmMarks({ firm, color }, at) {
    const { size } = this.place;
    const { products, priors, estimates } = run.map.moments[at].firms[firm];
    const ends = this.pixels(estimates);
    let lines = "";
    let beliefs = "";
    for (let number = 0; number < ends.length; number += 2) {
      const [[x, y], [truly, high]] = [ends[number], ends[number + 1]];
      lines += `M${x} ${y}L${truly} ${high}`;
      beliefs += `M${x} ${y}h0`;
    }
    const reach = 0.42 * size;
    const product = ([x, y]) => {
      const [left, right, top, bottom] = [x - reach, +x + reach, y - reach, +y + reach];
      return shape("polygon", { points: `${x},${top} ${right},${y} ${x},${bottom} ${left},${y}`, class: "part product", style: `fill:${color}` });
    };
    const crosses = this.pixels(priors).map(([x, y]) => `M${x - reach} ${y}h${2 * reach}M${x} ${y - reach}v${2 * reach}`).join("");
    return [
      shape("path", { d: lines, class: "error", style: `stroke:${color}` }),
      shape("path", { d: beliefs, class: "belief", style: `stroke:${color}` }),
      ...this.ways(firm, at),
      ...this.pixels(products).map(product),
      shape("path", { d: crosses, class: "cross halo" }),
      shape("path", { d: crosses, class: "cross" }),
    ];
  }

  /** The ways of a firm's products up to a moment. */
  ways(firm, at) {
    const past = run.map.moments.slice(0, at + 1).map((moment) => this.pixels(moment.firms[firm].products));
    const there = past.filter((places) => places.length > 0);
    if (there.length === 0) return [];
    return there[0].map((_, number) => shape("polyline", { points: there.map((places) => places[number]).join(" "), class: "way" }));
  }

  hover(event, firm) {
    const box = this.plot.getBoundingClientRect();
    const moment = run.map.moments[this.momentAt(chosen.at)];
    const { off } = moment.firms[firm];
    const name = say("of_estimates", { firm: run.firms[firm].name });
    const rows = [{ color: `var(--firm-${firm})`, name, value: off === null ? "–" : write(off) }];
    this.showTip(say("end_of", { period: moment.period }), rows, event.clientX - box.left, event.clientY - box.top);
  }

  words(at) {
    const moment = run.map.moments[this.momentAt(at)];
    const known = this.firms().filter(({ firm }) => moment.firms[firm].off !== null);
    const words = known.map(({ firm, name }) => `${name} ${write(moment.firms[firm].off)}`).join(", ");
    return words ? say("estimates_off", { values: words }) : say("no_values");
  }

  table() {
    const firms = this.firms(false);
    const head = [say("period"), ...firms.map(({ name }) => say("of_estimates", { firm: name }))];
    const rows = run.map.moments.map((moment) => [
      moment.period,
      ...firms.map(({ firm }) => (moment.firms[firm].off === null ? "–" : write(moment.firms[firm].off))),
    ]);
    return tableOf(head, rows);
  }
}
