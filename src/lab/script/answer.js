// What follows from the changes: charts, sentences and a table, from frames that come as replicates are done.

import { drawAll, make, run, say, showRun, views, write } from "../report/base.js";
import { makeCharts } from "../report/charts.js";
import { Controls, Standing } from "../report/controls.js";
import { tableOf } from "../report/lines.js";
import { follow } from "./asking.js";

/** Quantities whose differences are told in sentences. */
const TOLD = ["share", "value_created", "cumulative_profit"];

/** Most sentences; the table has all. */
const MOST = 6;

const at = (id) => document.getElementById(id);

/** Two places for charts, and what is chosen for them. */
export class Stage {
  constructor(charts) {
    this.places = new Map(charts.map(([id, , html]) => [id, html]));
    const names = charts.map(([id]) => id);
    const wanted = names.includes("share") ? ["share", "advantage"] : ["fit", "knowledge"];
    this.slots = ["first", "second"].map((id, number) => {
      const [slot, chosen] = [at(id), wanted[number]];
      const select = slot.querySelector("select");
      select.replaceChildren(...charts.map(([name, title]) => make("option", { value: name, selected: name === chosen ? "" : null }, title)));
      select.onchange = () => this.build();
      return { select, holder: slot.querySelector(".holder") };
    });
    this.sheet = new CSSStyleSheet();
    document.adoptedStyleSheets = [this.sheet];
  }

  /** Makes all charts anew. */
  build() {
    if (!run) return;
    this.controls?.stop();
    views.length = 0;
    for (const { select, holder } of this.slots) {
      holder.innerHTML = this.places.get(select.value);
      makeCharts(holder);
    }
    at("period-bar").replaceChildren();
    this.controls = new Controls(at("period-bar"));
    at("standing").replaceChildren();
    new Standing(at("standing"));
    drawAll();
  }

  /** Shows a run beside another; `isFirst`: it is the first frame of an answer, whose lines grow in. */
  show(after, before, colors, isFirst) {
    const form = JSON.stringify([after.firms, after.charts.map(({ id }) => id), after.periods.length, after.replicates > 1, after.events]);
    this.sheet.replaceSync(colors);
    showRun(after, before);
    if (form === this.form) drawAll();
    else this.build();
    this.form = form;
    if (!isFirst) return;
    for (const { holder } of this.slots) {
      holder.classList.add("growing");
      setTimeout(() => holder.classList.remove("growing"), 400);
    }
  }
}

/** Asks what follows, one question at a time: the latest counts. */
export class Answer {
  constructor(key, stage, trouble) {
    Object.assign(this, { key, stage, trouble, asked: 0, known: null, abort: null });
    this.page = crypto.randomUUID();
    at("all-differences").ontoggle = () => this.fillTable();
  }

  async ask(which, before, after) {
    this.abort?.abort();
    this.abort = new AbortController();
    this.asked += 1;
    const asked = this.asked;
    const compared = JSON.stringify(before) !== JSON.stringify(after);
    const name = JSON.stringify([which.scenario, which.language, before]);
    const hasBefore = this.known?.name === name && this.known.isWhole;
    at("progress").textContent = say("working");
    document.body.dataset.asked = asked;
    let first = true;
    try {
      const body = { which, page: this.page, before, after, has_before: hasBefore };
      await follow(this.key, "/api/question", body, this.abort.signal, (event, told) => {
        if (asked !== this.asked) return;
        if (event === "problem") {
          this.trouble(say("refused", told));
          return;
        }
        if (told.before) this.known = { name, data: told.before, isWhole: told.done === told.of };
        if (!compared) this.known = { name, data: told.after, isWhole: told.done === told.of };
        const base = compared && this.known?.name === name ? this.known.data : null;
        this.stage.show(told.after, base, told.colors, first);
        first = false;
        this.tell(told, compared);
        document.body.dataset.answered = `${asked}:${told.done}/${told.of}`;
      });
      return true;
    } catch (error) {
      if (error.name !== "AbortError" && asked === this.asked) this.trouble(error);
      return false;
    }
  }

  /** Says in words what differs, at the end once for those who listen. */
  tell(told, compared) {
    const { done, of, differences, summary } = told;
    this.told = { differences, summary };
    at("progress").textContent = say("markets", { done, of });
    const size = ({ mean }) => Math.abs(mean);
    const sentences = TOLD.flatMap((quantity) => {
      const own = differences.filter((one) => one.quantity === quantity);
      return own.sort((a, b) => size(b) - size(a));
    });
    const shown = sentences.slice(0, MOST);
    const item = ({ words, clear }) => make("li", { class: clear ? "clear" : null }, words);
    at("sentences").replaceChildren(...(compared ? shown.map(item) : [make("li", {}, say("no_comparison"))]));
    at("all-differences").hidden = !compared;
    this.fillTable();
    if (done === of) {
      const words = [say("answered", { done }), ...shown.slice(0, 2).map((one) => one.words)];
      at("said").textContent = words.join(". ");
    }
  }

  /** The table of all differences, while it is open. */
  fillTable() {
    const details = at("all-differences");
    if (!details.open || !this.told) return;
    const head = [say("firm"), say("quantity"), say("before"), say("after"), say("difference"), say("interval"), say("higher_in")];
    const row = ({ firm, quantity, before, after, mean, low, high, higher, of }) => {
      const percent = quantity === "share";
      const decimals = quantity === "customers" || quantity === "cumulative_profit" ? 1 : percent ? 1 : 3;
      const form = { percent, decimals };
      const number = (value, signed = false) => write(value ?? NaN, { ...form, signed });
      return [firm, say(quantity), number(before), number(after), number(mean, true), `${number(low, true)} … ${number(high, true)}`, `${higher} / ${of}`];
    };
    details.lastElementChild.replaceChildren(tableOf(head, this.told.differences.map(row)));
  }
}
