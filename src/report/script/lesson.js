// A lesson, step by step: the question with the class's votes, the run up to the slider, what to look at, the answer and why, and each change.

import { chosen, choosePeriod, drawAll, make, run, say, write } from "./base.js";

/** The votes of a class, which the lists of answers show. */
class Votes {
  constructor(lists) {
    const [asked, ...others] = lists;
    this.answers = [...asked.children].map((item, number) => {
      const letter = item.querySelector("b").textContent;
      const input = make("input", { type: "number", min: 0, max: 9999, value: 0, "aria-label": say("hands", { letter }) });
      const button = (text, label, step) => {
        const one = make("button", { type: "button", "aria-label": say(label, { letter }) }, text);
        one.addEventListener("click", () => this.set(number, this.answers[number].votes + step));
        return one;
      };
      input.addEventListener("input", () => this.set(number, Number(input.value), false));
      item.append(make("span", { class: "hands" }, button("−", "fewer", -1), input, button("+", "more", 1)));
      const bars = [item, ...others.map((list) => list.children[number])].map((place) => {
        const [bar, count] = [make("i", { class: "bar" }), make("em", { class: "count" })];
        place.append(bar, ...(place === item ? [] : [count]));
        return { bar, count };
      });
      return { votes: 0, input, bars };
    });
    this.voters = make("p", { class: "voters", "aria-live": "polite" });
    asked.after(this.voters);
    this.show();
  }

  set(number, votes, write = true) {
    const answer = this.answers[number];
    answer.votes = Math.min(9999, Math.max(0, Math.round(votes) || 0));
    if (write) answer.input.value = answer.votes;
    this.show();
  }

  show() {
    const all = this.answers.reduce((sum, { votes }) => sum + votes, 0);
    for (const { votes, bars } of this.answers) {
      const share = all > 0 ? votes / all : 0;
      for (const { bar, count } of bars) {
        bar.style.width = `${100 * share}%`;
        count.textContent = all > 0 ? write(share, { percent: true, decimals: 0 }) : "";
      }
    }
    this.voters.textContent = all > 0 ? say("voters", { count: all }) : "";
  }
}

/** The bar that goes through a lesson, and what is shown at each of its steps. */
export class Lesson {
  constructor(bar) {
    this.bar = bar;
    this.buttons = [...bar.querySelectorAll("[data-to]")];
    this.steps = this.buttons.map((button) => button.dataset.to);
    this.sections = [...document.querySelectorAll("[data-step]")];
    this.votes = new Votes([...document.querySelectorAll(".answers")]);
    for (const button of this.buttons) button.addEventListener("click", () => this.go(button.dataset.to));
    this.back = bar.querySelector(".back");
    this.next = bar.querySelector(".next");
    this.back.addEventListener("click", () => this.move(-1));
    this.next.addEventListener("click", () => this.move(1));
    addEventListener("hashchange", () => this.show(location.hash.slice(1)));
    addEventListener("keydown", (event) => this.press(event));
    chosen.future = false;
    this.seen = new Set();
    bar.hidden = false;
    this.show(location.hash.slice(1));
  }

  go(step) {
    location.hash = step;
    // where the address was that already, nothing is told of it
    this.show(step);
  }

  move(by) {
    const to = this.steps[this.steps.indexOf(this.now) + by];
    if (to) this.go(to);
  }

  /** What a presenter's remote control sends; a chart with the focus keeps its own keys. */
  press(event) {
    const by = { PageDown: 1, PageUp: -1 }[event.key];
    if (!by || event.target.closest?.(".plot, input, summary, .scroll")) return;
    event.preventDefault();
    this.move(by);
  }

  show(wanted) {
    const step = this.steps.includes(wanted) ? wanted : this.now && wanted ? null : this.steps[0];
    // an anchor of the whole page
    if (!step || step === this.now) return;
    const place = this.steps.indexOf(step);
    this.now = step;
    const whole = step === "whole";
    document.body.classList.add("stepping");
    document.body.classList.toggle("whole", whole);
    for (const section of this.sections) section.classList.toggle("now", section.dataset.step.split(" ").includes(step));
    const charted = whole || this.sections.some((section) => section.matches(".now") && section.querySelector(".chart"));
    document.body.classList.toggle("charted", charted);
    this.buttons.forEach((button, number) => button.toggleAttribute("data-done", number < place));
    for (const button of this.buttons) button.setAttribute("aria-current", button.dataset.to === step ? "step" : "false");
    this.back.disabled = place === 0;
    this.next.disabled = place === this.steps.length - 1;
    chosen.future = whole;
    // the run begins at its start; whatever is told of it afterwards has come to its end
    if (!this.seen.has(step)) choosePeriod(step === "run" || step === "question" ? 0 : run.last);
    this.seen.add(step);
    drawAll();
    scrollTo(0, 0);
  }
}
