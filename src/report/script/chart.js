// What every chart shares: its places on the page, its keyboard, the words beside the pointer, and the table of its numbers.

import { chosen, choosePeriod, lastDrawn, make, run, say, views } from "./base.js";

export class Chart {
  constructor(figure, spec) {
    this.spec = spec;
    this.figure = figure;
    this.plot = figure.querySelector(".plot");
    this.tip = make("div", { class: "tip", "aria-hidden": "true", hidden: "" });
    this.plot.setAttribute("tabindex", "0");
    this.plot.setAttribute("role", "slider");
    this.plot.setAttribute("aria-label", say("move", spec));
    this.plot.addEventListener("keydown", (event) => this.press(event));
    const details = figure.querySelector("details");
    details.hidden = false;
    details.addEventListener("toggle", () => {
      if (details.open) details.lastElementChild.replaceChildren(this.table());
    });
    this.numbers = details;
    views.push(this);
  }

  press(event) {
    const far = Math.max(1, Math.round(run.last / 10));
    const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowDown: -1, ArrowUp: 1, PageDown: -far, PageUp: far };
    if (event.key in steps) choosePeriod(chosen.at + steps[event.key]);
    else if (event.key === "Home") choosePeriod(0);
    else if (event.key === "End") choosePeriod(run.last);
    else return;
    event.preventDefault();
  }

  /** Puts the drawing in its place, and says in words what it shows at the chosen period. */
  show(svg) {
    this.plot.replaceChildren(svg, this.tip);
  }

  mark() {
    const period = run.periods[chosen.at];
    this.plot.setAttribute("aria-valuemin", run.periods[0]);
    this.plot.setAttribute("aria-valuemax", run.periods[run.last]);
    this.plot.setAttribute("aria-valuenow", period);
    this.plot.setAttribute("aria-valuetext", `${say("period_at", { period })}: ${this.words(chosen.at)}`);
  }

  /** Shows lines of words beside a point of the plot. */
  showTip(heading, rows, x, y) {
    const lines = rows.map(({ color, name, value }) =>
      make("div", {}, make("i", { style: `background:${color}` }), make("span", {}, name), make("b", {}, value)),
    );
    this.tip.replaceChildren(make("strong", {}, heading), ...lines);
    this.tip.hidden = false;
    const [width, height] = [this.tip.offsetWidth, this.tip.offsetHeight];
    const room = this.plot.clientWidth;
    const left = x + 14 + width <= room ? x + 14 : Math.max(0, x - 14 - width);
    this.tip.style.left = `${Math.min(left, Math.max(0, room - width))}px`;
    this.tip.style.top = `${Math.max(0, Math.min(y - height / 2, this.plot.clientHeight - height))}px`;
  }

  hideTip() {
    this.tip.hidden = true;
  }

  /** Positions that a table lists: at most about thirty. */
  listed() {
    const last = lastDrawn();
    const step = Math.max(1, Math.ceil(run.last / 30));
    const places = [];
    for (let at = 0; at < last; at += step) places.push(at);
    return [...places, last];
  }
}

/** A table of the page. */
export function tableOf(head, rows) {
  const cells = (row) => row.map((cell, number) => (number === 0 ? make("th", { scope: "row" }, cell) : make("td", {}, cell)));
  return make(
    "table",
    {},
    make("thead", {}, make("tr", {}, ...head.map((cell) => make("th", { scope: "col" }, cell)))),
    make("tbody", {}, ...rows.map((row) => make("tr", {}, ...cells(row)))),
  );
}
