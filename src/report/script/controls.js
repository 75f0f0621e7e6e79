// The bar that moves all charts: the period, the firms, the intervals; the standing at the period; light and dark.

import { chosen, choosePeriod, drawAll, make, run, say, shape, views, write } from "./base.js";

/** The slider with its play button, a button for each firm, and one for the intervals. */
export class Controls {
  constructor(place) {
    this.slider = make("input", { type: "range", id: "period", min: 0, max: run.last, step: 1 });
    this.slider.addEventListener("input", () => choosePeriod(Number(this.slider.value)));
    this.output = make("output", { for: "period" });
    this.play = make("button", { type: "button", class: "play" }, `▶ ${say("play")}`);
    this.play.addEventListener("click", () => (this.timer ? this.stop() : this.start()));
    const chips = run.groups.length > 1 ? run.groups.map((group) => this.chip(group)) : [];
    const intervals = run.replicates > 1 ? [this.intervals()] : [];
    place.append(
      make("div", { class: "time" }, this.play, make("label", { for: "period" }, say("period")), this.slider, this.output),
      make("div", { class: "chips scroll" }, ...chips, ...intervals),
    );
    place.hidden = run.last === 0 && chips.length === 0;
    views.push(this);
  }

  /** A button that switches a firm on and off, with a stretch of its line. */
  chip(group) {
    const line = shape("svg", { viewBox: "0 0 28 10", width: 28, height: 10, "aria-hidden": "true" },
      shape("line", { x1: 1, x2: 27, y1: 5, y2: 5, style: `stroke:${group.color};stroke-width:3;stroke-dasharray:${group.dashes.join(" ") || "none"}` }));
    const chip = make("button", { type: "button", class: "chip", "aria-pressed": "true" }, line, group.name);
    chip.addEventListener("click", () => {
      if (!chosen.shown.delete(group.name)) chosen.shown.add(group.name);
      chip.setAttribute("aria-pressed", chosen.shown.has(group.name));
      drawAll();
    });
    return chip;
  }

  intervals() {
    const chip = make("button", { type: "button", class: "chip", "aria-pressed": "true" }, say("intervals"));
    chip.addEventListener("click", () => {
      chosen.bands = !chosen.bands;
      chip.setAttribute("aria-pressed", chosen.bands);
      drawAll();
    });
    return chip;
  }

  /** Runs through all periods in about twelve seconds. */
  start() {
    if (chosen.at === run.last) choosePeriod(0);
    const started = performance.now();
    const from = chosen.at;
    const step = (now) => {
      if (!this.timer) return;
      choosePeriod(Math.round(from + ((now - started) / 12000) * run.last));
      if (chosen.at < run.last) this.timer = requestAnimationFrame(step);
      else this.stop();
    };
    this.play.textContent = `❚❚ ${say("stop")}`;
    this.timer = requestAnimationFrame(step);
  }

  stop() {
    cancelAnimationFrame(this.timer);
    this.timer = 0;
    this.play.textContent = `▶ ${say("play")}`;
  }

  draw() {
    this.mark();
  }

  mark() {
    const period = run.periods[chosen.at];
    this.slider.value = chosen.at;
    this.slider.setAttribute("aria-valuetext", say("period_at", { period }));
    this.output.textContent = period;
  }
}

/** The standing at the chosen period: a row for each firm, the largest share first. */
export class Standing {
  static COLUMNS = [
    ["share", say("share"), { percent: true, decimals: 1 }],
    ["customers", say("customers"), { decimals: 0 }],
    ["knowledge", say("knowledge"), { decimals: 2 }],
    ["fit", say("fit"), { decimals: 2 }],
    ["value_created", say("value_created"), { decimals: 3 }],
    ["competitive_advantage", say("competitive_advantage"), { decimals: 3, signed: true }],
    ["price", say("price"), { decimals: 2 }],
    ["cumulative_profit", say("so_far"), { decimals: 0 }],
  ];

  constructor(place) {
    this.caption = make("caption");
    this.body = make("tbody");
    const heads = [say("firm"), ...Standing.COLUMNS.map(([, heading]) => heading)];
    const table = make("table", {}, this.caption,
      make("thead", {}, make("tr", {}, ...heads.map((heading) => make("th", { scope: "col" }, heading)))), this.body);
    place.append(make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": say("standing") }, table));
    place.hidden = run.last === 0;
    views.push(this);
  }

  draw() {
    this.mark();
  }

  mark() {
    const at = chosen.at;
    const value = (firm, quantity) => run.quantities[quantity][firm].mean[at];
    const share = (firm) => (Number.isFinite(value(firm, "share")) ? value(firm, "share") : -1);
    const firms = run.groups
      .filter((group) => chosen.shown.has(group.name) && (!group.pale || run.firms.length <= 12))
      .flatMap((group) => group.firms.map((firm) => ({ firm, color: group.color })))
      .sort((a, b) => share(b.firm) - share(a.firm));
    const row = ({ firm, color }) =>
      make("tr", {},
        make("th", { scope: "row" }, make("span", { class: "firm", style: `--ink:${color}` }, run.firms[firm].name)),
        ...Standing.COLUMNS.map(([quantity, , format]) => make("td", {}, write(value(firm, quantity), format))));
    const key = run.smoothing > 1 ? "standing_means" : "standing_in";
    this.caption.textContent = say(key, { period: run.periods[at], count: run.smoothing });
    this.body.replaceChildren(...firms.map(row));
  }
}

/** The switch between light and dark; the reader's choice is kept where the browser allows it. */
export function themeSwitch(button) {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);
  const tell = () => {
    button.textContent = isDark() ? `☀ ${say("light")}` : `☾ ${say("dark")}`;
  };
  try {
    const kept = localStorage.getItem("flywheel-theme");
    if (kept === "dark" || kept === "light") root.dataset.theme = kept;
  } catch {
    // a browser that keeps nothing for local files
  }
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try {
      localStorage.setItem("flywheel-theme", root.dataset.theme);
    } catch {
      // as above
    }
    tell();
  });
  system.addEventListener("change", tell);
  button.hidden = false;
  tell();
}
