// A lesson on the page: a question to vote on, then what the market bears out, and changes to try.

import { make, say } from "../report/base.js";
import { follow, newName } from "./asking.js";

const at = (id) => document.getElementById(id);
const letter = (position) => String.fromCharCode(65 + position);

export class Lesson {
  constructor(key, which, lesson, { reveal, attempt, trouble, cast }) {
    Object.assign(this, { key, which, lesson, reveal, attempt, trouble, cast, room: [], page: newName() });
    at("lesson").hidden = !lesson;
    document.body.classList.toggle("secret", Boolean(lesson));
    at("lesson-told").replaceChildren();
    if (!lesson) return;
    at("lesson-question").textContent = lesson.question;
    this.votes = lesson.answers.map(() => 0);
    this.answers = lesson.answers.map((text, position) => {
      const count = make("b", { class: "votes" }, "0");
      const bar = make("i", { class: "vote-bar" });
      const button = make("button", { type: "button" }, make("span", {}, `${letter(position)}. ${text}`), count, bar);
      button.addEventListener("click", () => this.vote(position));
      return { button, count, bar };
    });
    at("lesson-answers").replaceChildren(...this.answers.map(({ button }) => make("li", {}, button)));
    at("lesson-reveal").hidden = false;
    at("lesson-reveal").onclick = () => this.ask();
  }

  /** One more hand for an answer. */
  vote(position) {
    if (this.cast) {
      // of somebody who joined, the room counts the latest vote
      this.cast(position);
      return;
    }
    this.votes[position] += 1;
    this.count();
  }

  /** How those voted who joined. */
  setVotes(counts) {
    if (!this.lesson || counts.length !== this.votes.length) return;
    this.room = counts;
    this.count();
  }

  /** Shows how many hands, here and in the room, are for each answer. */
  count() {
    const votes = this.votes.map((count, number) => count + (this.room[number] ?? 0));
    const all = votes.reduce((sum, count) => sum + count, 0);
    this.answers.forEach(({ button, count, bar }, number) => {
      count.textContent = votes[number];
      bar.style.width = `${(100 * votes[number]) / Math.max(1, all)}%`;
      button.setAttribute("aria-label", `${button.firstChild.textContent} ${say("votes", { count: votes[number] })}`);
    });
  }

  /** Asks what the runs bear out, and shows it with the charts. */
  async ask() {
    at("lesson-reveal").hidden = true;
    document.body.classList.remove("secret");
    this.reveal();
    const place = at("lesson-told");
    place.textContent = say("working");
    try {
      await follow(this.key, "/api/lesson", { which: this.which, page: this.page }, undefined, (event, told) => {
        if (event === "lesson") this.show(told);
        else if (event === "problem") this.trouble(say("refused", told));
        else place.textContent = say("markets", told);
      });
    } catch (error) {
      this.trouble(error);
    }
  }

  show({ right, open, look, explanation, changes }) {
    this.answers.forEach(({ button }, position) => button.classList.toggle("right", right.includes(position)));
    const item = ({ what, set, teaches }) => {
      const button = make("button", { type: "button" }, what);
      const words = make("p", { hidden: "" }, teaches);
      button.addEventListener("click", () => {
        words.hidden = false;
        this.attempt(set);
      });
      return make("li", {}, button, words);
    };
    const verdict = open.length > 0 ? say("undecided", { answers: open.map(letter).join(", ") }) : say("borne_out", { answers: right.map(letter).join(", ") });
    at("lesson-told").replaceChildren(
      make("p", {}, make("strong", {}, verdict)), make("p", {}, look), make("p", {}, explanation),
      make("h3", {}, say("to_try")), make("ol", {}, ...changes.map(item)),
    );
  }
}
