// Where the value of a perfect fit goes: for each firm a bar of parts, at the chosen period.

import { chosen, em, make, run, say, shape, shortened, widthOf, write } from "./base.js";
import { axisOver, scale } from "./axis.js";
import { Chart, tableOf } from "./chart.js";

/** The parts from left to right, each out of fit, willingness to pay, price and cost. */
const PARTS = [
  { name: say("surplus"), color: "var(--surplus)", ink: "var(--on-surplus)", of: ({ wtp, price }) => wtp - price },
  { name: say("profit"), color: "var(--part-profit)", ink: "#222", of: ({ price, cost }) => price - cost },
  { name: say("cost"), color: "#bbb", ink: "#222", of: ({ cost }) => cost },
  { name: say("lost_effort"), color: "#eac27a", ink: "#222", of: ({ fit, wtp }) => fit - wtp },
  { name: say("lost_fit"), color: "#e8e4d9", ink: "#222", of: ({ fit }) => 1 - fit },
];

export class ValueChart extends Chart {
  constructor(figure, spec) {
    super(figure, spec);
    const swatch = ({ name, color }) => make("li", {}, make("i", { style: `background:${color}` }), name);
    this.plot.before(make("ul", { class: "key" }, ...PARTS.map(swatch)));
  }

  /** The least that the negative parts of a firm come to in any period. */
  least() {
    let low = 0;
    for (const firm of this.firms(false)) {
      for (let at = 0; at <= run.last; at += 1) {
        const below = this.parts(firm, at).filter((part) => part < 0).reduce((sum, part) => sum + part, 0);
        if (Number.isFinite(below)) low = Math.min(low, below);
      }
    }
    return low;
  }

  /** The firms with bars: those with a colour, and if there are few, all. */
  firms(onlyShown = true) {
    return run.groups
      .filter((group) => (!group.pale || run.firms.length <= 12) && (!onlyShown || chosen.shown.has(group.name)))
      .flatMap((group) => group.firms.map((firm) => ({ firm, name: run.firms[firm].name, color: group.color })));
  }

  /** The sizes of a firm's parts, which add up to 1; NaN without transactions. */
  parts({ firm }, at) {
    const of = (quantity) => run.quantities[quantity][firm].mean[at];
    const found = { fit: of("fit"), wtp: of("wtp"), price: of("price"), cost: of("cost") };
    return PARTS.map((part) => part.of(found));
  }

  draw() {
    const width = this.plot.clientWidth;
    if (width === 0) return;
    const size = em();
    const firms = this.firms();
    const beside = width >= 34 * size;
    const longest = Math.max(0, ...firms.map(({ name }) => widthOf(name, 0.88 * size, true)));
    const left = beside ? Math.min(longest, 0.3 * width) + 0.9 * size : 1.3 * size;
    const row = (beside ? 3 : 4.2) * size;
    const height = Math.ceil(Math.max(1, firms.length) * row + 2.8 * size);
    this.low = this.least();
    const axis = axisOver(this.low, 1 - this.low, Math.max(3, Math.min(8, width / (5 * size))), true);
    this.place = { left, beside, row, size, x: scale(axis, left, width - 1.4 * size), bottom: height - 2.4 * size, width };
    const svg = shape("svg", { viewBox: `0 0 ${width} ${height}`, width, height, "aria-hidden": "true" });
    for (const tick of axis.ticks) {
      const at = this.place.x(tick);
      svg.append(
        shape("line", { x1: at, x2: at, y1: 0, y2: this.place.bottom + 0.3 * size, class: "grid" }),
        shape("text", { x: at, y: this.place.bottom + 1.4 * size, class: "tick middle" }, write(tick, { decimals: Math.max(1, axis.decimals) })),
      );
    }
    this.bars = shape("g", { class: "bars" });
    svg.append(this.bars);
    if (this.low < 0) {
      const at = this.place.x(0);
      svg.append(shape("line", { x1: at, x2: at, y1: 0, y2: this.place.bottom, class: "zero" }));
    }
    this.show(svg);
    this.mark();
  }

  mark() {
    super.mark();
    if (!this.place) return;
    const { left, beside, row, size, x } = this.place;
    const shapes = this.firms().flatMap((firm, number) => {
      const top = number * row + (beside ? 0.4 : 1.5) * size;
      const middle = top + size;
      const room = beside ? left - 0.9 * size : this.place.width;
      const text = shortened(firm.name, room, 0.88 * size, true);
      const name = beside
        ? shape("text", { x: left - 0.7 * size, y: middle + 0.3 * size, class: "name end", style: `fill:${firm.color}` }, text)
        : shape("text", { x: 0, y: top - 0.45 * size, class: "name", style: `fill:${firm.color}` }, text);
      return [name, ...this.bar(firm, top, 2 * size, x)];
    });
    this.bars.replaceChildren(...shapes);
  }

  /** A bar: negative parts end at zero, the others start there. */
  bar(firm, top, thick, x) {
    const { size } = this.place;
    const parts = this.parts(firm, chosen.at);
    if (!parts.every(Number.isFinite)) {
      return [shape("text", { x: x(0) + 0.4 * size, y: top + thick / 2 + 0.3 * size, class: "tick" }, say("no_transactions"))];
    }
    let below = parts.filter((part) => part < 0).reduce((sum, part) => sum + part, 0);
    let above = 0;
    return parts.flatMap((part, number) => {
      const from = part < 0 ? below : above;
      if (part < 0) below -= part;
      else above += part;
      const width = x(from + Math.abs(part)) - x(from);
      const rect = shape("rect", { x: x(from), y: top, width: Math.max(0, width), height: thick, class: "part", style: `fill:${PARTS[number].color}` });
      rect.addEventListener("pointermove", (event) => this.hover(firm, event));
      rect.addEventListener("pointerleave", () => this.hideTip());
      const text = write(part, { decimals: 2 });
      const fits = widthOf(text, 0.78 * size) + 0.4 * size < width;
      const label = fits
        ? shape("text", { x: x(from) + width / 2, y: top + thick / 2 + 0.28 * size, class: "part-value middle", style: `fill:${PARTS[number].ink}` }, text)
        : null;
      return label ? [rect, label] : [rect];
    });
  }

  hover(firm, event) {
    const box = this.plot.getBoundingClientRect();
    const parts = this.parts(firm, chosen.at);
    const rows = PARTS.map(({ name, color }, number) => ({ name, color, value: write(parts[number], { decimals: 3 }) }));
    this.showTip(say("firm_in", { firm: firm.name, period: run.periods[chosen.at] }), rows, event.clientX - box.left, event.clientY - box.top);
  }

  words(at) {
    const firm = (one) => {
      const parts = this.parts(one, at);
      if (!parts.every(Number.isFinite)) return `${one.name}: ${say("no_transactions")}`;
      return `${one.name}: ${PARTS.map(({ name }, number) => `${name} ${write(parts[number])}`).join(", ")}`;
    };
    return this.firms().map(firm).join("; ") || say("no_firms");
  }

  table() {
    const head = [say("period"), say("firm"), ...PARTS.map(({ name }) => name)];
    const firms = this.firms(false);
    const rows = [0, Math.round(run.last / 2), run.last].flatMap((at) =>
      firms.map((firm) => [run.periods[at], firm.name, ...this.parts(firm, at).map((part) => write(part, { decimals: 3 }))]),
    );
    return tableOf(head, rows);
  }
}
