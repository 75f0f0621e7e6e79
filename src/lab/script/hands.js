// Controls: a slider, a switch or a menu for each parameter on the page, and a search for the others.

import { make, say, write } from "../report/base.js";
import { keyMoves, onStep } from "./changes.js";

/** A value as the page writes it. */
export function written(value) {
  if (value === null || value === undefined) return say("a_rule");
  if (typeof value === "boolean") return value ? say("on") : say("off");
  if (typeof value !== "number") return value;
  const decimals = Math.min(6, (String(value).split(".")[1] ?? "").length);
  return write(value, { decimals });
}

/** How the page writes figures of a quantity. */
export function formOf(quantity) {
  const percent = quantity === "share";
  return { percent, decimals: percent || quantity === "customers" || quantity === "cumulative_profit" ? 1 : 3 };
}

/** A parameter with its owner, as lists name it. */
export function fullName({ owner, label }) {
  return owner ? `${owner}: ${label}` : label;
}

/** The control of one parameter. */
export class Hand {
  constructor(control, { turn, rest, remove }) {
    Object.assign(this, { control, turn, rest });
    const id = `hand-${control.key}`;
    this.element = make("div", { class: "hand", "data-key": control.key });
    this.value = control.value;
    const label = make("label", { for: id }, control.label);
    const parts = { slider: () => this.slider(id), switch: () => this.switch(id), menu: () => this.menu(id) };
    const [beside, below] = parts[control.form.is]();
    const away = remove
      ? make("button", { type: "button", class: "away", "aria-label": say("remove", { name: fullName(control) }) }, "×")
      : null;
    away?.addEventListener("click", remove);
    this.element.append(make("div", { class: "head" }, label, beside, away), ...below, this.meaning(id));
  }

  /** What the value was before anybody changed it, in words. */
  get before() {
    return this.control.said ?? say("in_scenario", { value: written(this.control.value) });
  }

  /** What the parameter means, and what it would be otherwise. */
  meaning(id) {
    const { about, default: usual } = this.control;
    const values = [this.before];
    if (usual !== null) values.push(say("default", { value: written(usual) }));
    const means = about ? [`${about} `] : [];
    return make("p", { class: "meaning", id: `${id}-means` }, make("span", {}, ...means, `(${values.join("; ")})`));
  }

  slider(id) {
    const { form } = this.control;
    const described = `${id}-means`;
    this.range = make("input", { type: "range", id, min: form.from, max: form.to, step: "any", "aria-describedby": described });
    this.number = make("input", {
      type: "number", step: "any", min: form.low, max: form.high, "aria-label": fullName(this.control), "aria-describedby": described,
    });
    this.range.addEventListener("input", () => this.move(onStep(Number(this.range.value), form), true));
    this.range.addEventListener("change", () => this.rest());
    this.range.addEventListener("keydown", (event) => {
      const to = keyMoves(event.key, event.shiftKey, Number(this.range.value), form);
      if (to === null || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      this.move(to, true);
    });
    this.range.addEventListener("keyup", () => this.rest());
    this.number.addEventListener("change", () => {
      const value = this.number.valueAsNumber;
      if (Number.isFinite(value) && this.number.checkValidity()) this.move(form.whole ? Math.round(value) : value, false);
      else this.show(this.value);
    });
    return [this.number, [this.range]];
  }

  move(value, isMoving) {
    this.show(value);
    this.turn(this.control, value, isMoving ? this.control.key : null);
  }

  switch(id) {
    this.box = make("input", { type: "checkbox", role: "switch", id, "aria-describedby": `${id}-means` });
    this.box.addEventListener("change", () => this.turn(this.control, this.box.checked, null));
    return [this.box, []];
  }

  menu(id) {
    const { form, value } = this.control;
    const rule = value === null ? [make("option", { value: "", disabled: "" }, say("a_rule"))] : [];
    this.select = make("select", { id, "aria-describedby": `${id}-means` }, ...rule, ...form.words.map((word) => make("option", { value: word }, word)));
    this.select.addEventListener("change", () => this.turn(this.control, this.select.value, null));
    return [this.select, []];
  }

  /** Shows a value, which does not change anything. */
  show(value) {
    this.value = value;
    this.element.classList.toggle("changed", JSON.stringify(value) !== JSON.stringify(this.control.value));
    if (this.box) this.box.checked = value === true;
    if (this.select) this.select.value = value ?? "";
    if (!this.range) return;
    const usual = this.control.default;
    const number = [value, usual, this.control.form.from].find((one) => typeof one === "number");
    this.range.value = number;
    this.number.value = typeof value === "number" ? value : "";
    this.range.setAttribute("aria-valuetext", `${written(value)}; ${this.before}`);
  }
}

/** All controls on the page, under the names of whom they belong to. */
export class Hands {
  constructor(places, controls, { turn, rest }) {
    this.places = places;
    this.by = new Map(controls.map((control) => [control.key, control]));
    this.turns = { turn, rest };
    this.chosen = controls.filter((control) => control.place !== null).sort((a, b) => a.place - b.place).map((control) => control.key);
    this.usual = new Set(this.chosen);
    this.open = new Map();
    this.changes = [];
    places.search.oninput = () => this.search();
    places.search.onkeydown = (event) => {
      if (event.key === "Enter") places.found.querySelector("button")?.click();
    };
  }

  original(key) {
    return this.by.get(key)?.value ?? null;
  }

  /** Shows the present changes; what was changed has a control. */
  show(changes) {
    this.changes = changes;
    const missing = changes.map(([key]) => key).filter((key) => this.by.has(key) && !this.chosen.includes(key));
    this.chosen.push(...missing);
    if (!this.all || missing.length > 0) this.build();
    const now = new Map(changes);
    for (const [key, hand] of this.all) hand.show(now.has(key) ? now.get(key) : hand.control.value);
  }

  build() {
    this.all = new Map();
    const groups = new Map();
    for (const key of this.chosen) {
      const control = this.by.get(key);
      const remove = this.usual.has(key) ? null : () => this.remove(key);
      const hand = new Hand(control, { ...this.turns, remove });
      this.all.set(key, hand);
      const group = `${key.split(".")[0]} ${control.owner}`;
      if (!groups.has(group)) groups.set(group, { name: this.groupName(control), hands: [] });
      groups.get(group).hands.push(hand.element);
    }
    const elements = [...groups].map(([group, { name, hands }], position) => {
      const isOpen = this.open.get(group) ?? position < 8;
      const details = make("details", { class: "hands-of", open: isOpen ? "" : null }, make("summary", {}, name), ...hands);
      details.addEventListener("toggle", () => this.open.set(group, details.open));
      return details;
    });
    this.places.controls.replaceChildren(...elements);
  }

  groupName({ owner, key }) {
    if (owner) return owner;
    return key.startsWith("simulation.") ? say("of_run") : say("of_all");
  }

  remove(key) {
    this.chosen = this.chosen.filter((known) => known !== key);
    this.all = null;
    this.turns.turn(this.by.get(key), this.original(key), null);
    this.show(this.changes.filter(([changed]) => changed !== key));
    this.places.search.focus();
  }

  /** Lists the parameters that hold the words in the search. */
  search() {
    const words = this.places.search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const holds = (control) => {
      const text = `${fullName(control)} ${control.key} ${control.about}`.toLowerCase();
      return words.length > 0 && !this.chosen.includes(control.key) && words.every((word) => text.includes(word));
    };
    const found = [...this.by.values()].filter(holds).slice(0, 8);
    const item = (control) => {
      const button = make("button", { type: "button", "data-add": control.key }, fullName(control));
      button.addEventListener("click", () => this.add(control.key));
      return make("li", {}, button);
    };
    const none = words.length > 0 && found.length === 0 ? [make("li", {}, say("no_match"))] : [];
    this.places.found.replaceChildren(...found.map(item), ...none);
  }

  add(key) {
    this.chosen.push(key);
    this.open.set(`${key.split(".")[0]} ${this.by.get(key).owner}`, true);
    this.build();
    this.show(this.changes);
    this.places.search.value = "";
    this.search();
    document.getElementById(`hand-${key}`).focus();
  }
}
