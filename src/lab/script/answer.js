// What follows from the changes: charts, sentences and a table, from frames that come as replicates are done.

import { drawAll, make, run, say, showRun, views, write } from "../report/base.js";
import { makeCharts } from "../report/charts.js";
import { Controls, Standing } from "../report/controls.js";
import { tableOf } from "../report/chart.js";
import { follow, newName } from "./asking.js";
import { formOf } from "./hands.js";

/** Quantities whose differences are told in sentences. */
const TOLD = ["share", "value_created", "cumulative_profit"];

/** Milliseconds for which a moving slider waits for the first frame of an earlier place. */
const PATIENCE = 400;

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
    this.charts = [];
    this.sheet = new CSSStyleSheet();
    document.adoptedStyleSheets = [this.sheet];
  }

  /** Makes all charts anew. */
  build() {
    if (!run) return;
    this.controls?.stop();
    views.length = 0;
    this.charts = [];
    for (const { select, holder } of this.slots) {
      holder.innerHTML = this.places.get(select.value);
      this.charts.push(...makeCharts(holder));
    }
    at("period-bar").replaceChildren();
    this.controls = new Controls(at("period-bar"));
    at("standing").replaceChildren();
    new Standing(at("standing"));
    this.afterBuild?.();
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
    if (isFirst) this.animate("growing", 400);
  }

  /** A lesson that was voted on is shown from its first period on. */
  reveal() {
    drawAll();
    this.unfold();
  }

  /** Lets the lines appear from the first period to the last. */
  unfold() {
    this.animate("unfolding", 3200);
  }

  animate(kind, milliseconds) {
    for (const { holder } of this.slots) {
      holder.classList.add(kind);
      setTimeout(() => holder.classList.remove(kind), milliseconds);
    }
  }
}

/** Asks what follows, one question at a time: the latest counts. */
export class Answer {
  constructor(key, stage, trouble) {
    Object.assign(this, { key, stage, trouble, asked: 0, known: null, abort: null, next: null, isOpen: false, askedAt: 0 });
    this.page = newName();
    this.prediction = null;
    this.held = null;
    at("all-differences").ontoggle = () => this.fillTable();
  }

  /** Asks; while something is moving, only once the question before has shown something, so that a slider is answered on its way. */
  async ask(which, before, after, isMoving = false) {
    this.next = null;
    if (isMoving && this.isOpen && performance.now() - this.askedAt < PATIENCE) {
      this.next = [which, before, after];
      return;
    }
    Object.assign(this, { isOpen: true, askedAt: performance.now() });
    this.abort?.abort();
    this.abort = new AbortController();
    this.asked += 1;
    const asked = this.asked;
    const compared = JSON.stringify(before) !== JSON.stringify(after);
    const name = JSON.stringify([which, before]);
    const hasBefore = this.known?.name === name && this.known.isWhole;
    at("progress").textContent = say("working");
    document.body.dataset.asked = asked;
    let first = true;
    this.held = null;
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
        const frame = { told, base, compared };
        if (this.prediction?.isOn && compared && base && (first || this.held)) this.hold(frame);
        else this.show(frame, first);
        first = false;
        this.isOpen = false;
        document.body.dataset.answered = `${asked}:${told.done}/${told.of}`;
        this.rest();
      });
      return true;
    } catch (error) {
      if (error.name === "AbortError" || asked !== this.asked) return false;
      this.isOpen = false;
      // too many questions at once: a moment later there is room again
      if (error.status === 429) setTimeout(() => asked === this.asked && this.ask(which, before, after), 300);
      else this.trouble(error);
      return false;
    }
  }

  /** Asks what waits, now that nothing moves any more or the way is free. */
  rest() {
    if (this.next) this.ask(...this.next);
  }

  show({ told, base, compared }, isFirst) {
    this.stage.show(told.after, base, told.colors, isFirst);
    this.tell(told, compared);
  }

  /** Keeps a frame back until somebody has drawn what they expect. */
  hold(frame) {
    const isNew = !this.held;
    this.held = frame;
    at("progress").textContent = say("markets", frame.told);
    if (!isNew) return;
    this.stage.show(frame.base, null, frame.told.colors, false);
    at("sentences").replaceChildren();
    at("verdicts").replaceChildren();
    this.prediction.wait();
  }

  /** Shows what was kept back, over time, and how far it is from what was expected. */
  reveal() {
    const frame = this.held;
    this.held = null;
    if (!frame) return;
    this.show(frame, false);
    this.stage.unfold();
    const said = this.prediction.end();
    at("verdicts").replaceChildren(...said.map((words) => make("li", {}, words)));
    at("said").textContent = [at("said").textContent, ...said].join(". ");
  }

  /** Says in words what differs, at the end once for those who listen. */
  tell(told, compared) {
    const { done, of, differences, summary, standing } = told;
    if (standing) this.hearStanding?.(standing);
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
      const words = [say("answered", { done }), ...(standing ? [standing.words] : []), ...shown.slice(0, 2).map((one) => one.words)];
      at("said").textContent = words.join(". ");
    }
  }

  /** The table of all differences, while it is open. */
  fillTable() {
    const details = at("all-differences");
    if (!details.open || !this.told) return;
    const head = [say("firm"), say("quantity"), say("before"), say("after"), say("difference"), say("interval"), say("higher_in")];
    const row = ({ firm, quantity, before, after, mean, low, high, higher, of }) => {
      const form = formOf(quantity);
      const number = (value, signed = false) => write(value ?? NaN, { ...form, signed });
      return [firm, say(quantity), number(before), number(after), number(mean, true), `${number(low, true)} … ${number(high, true)}`, `${higher} / ${of}`];
    };
    details.lastElementChild.replaceChildren(tableOf(head, this.told.differences.map(row)));
  }
}
