// The page of the lab: a market, the hands that change it, and what follows.

import { drawAll, make, say } from "../report/base.js";
import { themeSwitch } from "../report/controls.js";
import { Answer, Stage } from "./answer.js";
import { Refused, ask, isAlone } from "./asking.js";
import { Steps, areSame, fromFragment, toFragment, withChange } from "./changes.js";
import { Hands, fullName, written } from "./hands.js";
import { Keeping, copyLink } from "./keeping.js";
import { Lesson } from "./lesson.js";
import { Pictures } from "./pictures.js";
import { Play } from "./play.js";
import { Prediction } from "./predict.js";
import { Room, join } from "./room.js";

const at = (id) => document.getElementById(id);
const given = fromFragment(location.hash);
const language = document.documentElement.lang;

/** Shows what is in the way; nothing hides it. */
function trouble(what) {
  const place = at("problem");
  place.hidden = !what;
  if (what instanceof Refused) place.textContent = what.status === 401 ? say("no_key") : say("refused", { problem: what.message });
  else if (what instanceof TypeError) place.textContent = say("stopped");
  else place.textContent = what ? String(what.message ?? what) : "";
}

class Lab {
  constructor(told) {
    const { scenarios, folder } = told;
    this.scenarios = scenarios;
    this.trouble = trouble;
    this.room = new Room(given.key, told, this);
    this.keeping = new Keeping(given.key, folder);
    const known = scenarios.findIndex(({ name }) => name === given.scenario);
    this.position = Math.max(0, known);
    const option = ({ title }, position) => make("option", { value: position }, title);
    at("scenario").replaceChildren(...scenarios.map(option));
    at("choice").hidden = scenarios.length < 2;
    at("scenario").addEventListener("change", () => this.open(Number(at("scenario").value), []));
    at("undo").addEventListener("click", () => this.step(() => this.steps.undo()));
    at("redo").addEventListener("click", () => this.step(() => this.steps.redo()));
    at("reset").addEventListener("click", () => this.step(() => this.steps.turnTo([])));
    at("against").addEventListener("change", () => this.follow());
    at("class").addEventListener("click", () => this.turnClass());
    addEventListener("fullscreenchange", () => this.turnClass(Boolean(document.fullscreenElement)));
    at("save").addEventListener("click", () => this.save());
    at("teams").addEventListener("click", () => this.turnPlay());
    at("copy").addEventListener("click", () => copyLink((words) => this.say(words)));
    at("language").addEventListener("change", () => location.assign(`?lang=${at("language").value}${location.hash}`));
    addEventListener("keydown", (event) => this.press(event));
  }

  /** What is asked about: the market of the page, or as it was after so many rounds of the play. */
  get which() {
    const market = { scenario: this.position, language };
    return this.isPlaying ? { ...market, rounds: this.play.rounds } : market;
  }

  get isPlaying() {
    return document.body.classList.contains("playing");
  }

  /** The changes of the market that is shown. */
  get changes() {
    return this.isPlaying ? [] : this.steps.now;
  }

  /** Saves what is shown. */
  save() {
    const { name } = this.scenarios[this.position];
    this.keeping.open(this.which, this.changes, this.isPlaying ? `${name}-${this.play.rounds}-rounds` : `${name}-2`);
  }

  /** Goes from the play to the scenario under one's own hands, or back. */
  turnPlay(isOn = !this.isPlaying) {
    document.body.classList.toggle("playing", isOn);
    at("teams").setAttribute("aria-pressed", isOn);
    at("play").hidden = !isOn;
    this.follow();
  }

  /** Begins the play of a scenario that is one to play. */
  async openPlay() {
    this.play?.stop();
    const { play: isOne } = this.market;
    document.body.classList.toggle("playing", isOne);
    document.body.classList.remove("unplayed");
    at("teams").hidden = !isOne;
    at("teams").setAttribute("aria-pressed", isOne);
    this.play = isOne ? new Play(given.key, this, { isTeacher: this.room.isTeacher, isShared: this.room.isOpen }) : null;
    this.answer.hearStanding = (standing) => this.play?.hearStanding(standing);
    await this.play?.start();
  }

  /** Puts a scenario on the page, with changes that a link may bring. */
  async open(position, changes) {
    this.answer?.abort?.abort();
    this.room.leave();
    this.position = position;
    at("scenario").value = position;
    this.market = await ask(given.key, "/api/market", this.which);
    at("title").textContent = this.scenarios[position].title;
    document.title = `${this.scenarios[position].title} · Flywheel`;
    at("about").lastElementChild.innerHTML = this.market.description;
    const places = { controls: at("controls-of-market"), search: at("search"), found: at("found") };
    this.hands = new Hands(places, this.market.controls, {
      turn: (control, value, moving) => this.turn(control, value, moving),
      rest: () => {
        this.steps.rest();
        this.answer.rest();
      },
    });
    const isKnown = ([key]) => this.hands.by.has(key);
    this.steps = new Steps(changes.filter(isKnown));
    document.querySelector("main").hidden = false;
    const stage = new Stage(this.market.charts);
    this.answer = new Answer(given.key, stage, trouble);
    this.answer.prediction = new Prediction(stage, { reveal: () => this.answer.reveal(), tell: (words) => this.say(words) });
    this.lesson = new Lesson(given.key, this.which, this.market.lesson, {
      reveal: () => {
        stage.reveal();
        this.share(true);
      },
      cast: this.room.isTeacher ? null : (answer) => this.room.vote(this.position, answer),
      attempt: (set) => this.step(() => this.steps.turnTo(set.filter(isKnown))),
      trouble,
    });
    this.pictures?.clear();
    this.pictures = new Pictures(given.key, this.market, (what) => trouble(what));
    this.show();
    await this.openPlay();
    if (!this.play) await this.follow();
  }

  /** Shows the class what is on the page. */
  share(revealed = !document.body.classList.contains("secret")) {
    this.room.show({ changes: this.steps.now, revealed });
  }

  /** Goes to a scenario with changes, which somebody else chose. */
  async go(position, changes) {
    if (position !== this.position) await this.open(position, changes);
    else this.step(() => this.steps.turnTo(changes));
  }

  /** A control takes another value. */
  turn(control, value, moving) {
    const changes = withChange(this.steps.now, control.key, value, control.value);
    if (areSame(changes, this.steps.now)) return;
    this.steps.turnTo(changes, moving);
    this.show();
    this.follow(moving !== null);
  }

  step(change) {
    const before = this.steps.now;
    change();
    if (areSame(before, this.steps.now)) return;
    this.show();
    this.follow();
  }

  /** Ctrl+Z and Ctrl+Y, but where text is written. */
  press(event) {
    const writes = event.target.matches?.("input[type=search], input[type=number], dialog input");
    if (writes || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    if (key === "z" && !event.shiftKey) this.step(() => this.steps.undo());
    else if (key === "y" || (key === "z" && event.shiftKey)) this.step(() => this.steps.redo());
    else return;
    event.preventDefault();
  }

  /** Shows what is changed at present: on the controls, in the list, in the address. */
  show() {
    const changes = this.steps.now;
    this.hands.show(changes);
    at("undo").disabled = !this.steps.canUndo;
    at("redo").disabled = !this.steps.canRedo;
    at("reset").disabled = changes.length === 0;
    const item = ([key, value]) => {
      const control = this.hands.by.get(key);
      const name = fullName(control);
      const back = make("button", { type: "button", "aria-label": say("back", { name }) }, "↩");
      back.addEventListener("click", () => this.turn(control, control.value, null));
      return make("li", {}, say("was_becomes", { name, before: written(control.value), after: written(value) }), back);
    };
    at("changed").replaceChildren(...(changes.length > 0 ? changes.map(item) : [make("li", {}, say("nothing_changed"))]));
    const scenario = this.scenarios[this.position].name;
    history.replaceState(null, "", toFragment({ key: given.key, scenario, changes }));
    this.share();
  }

  /** Asks what follows from the present changes. */
  async follow(isMoving = false) {
    if (this.isPlaying) {
      at("pale").hidden = true;
      trouble("");
      this.pictures.about(this.which, []);
      if (this.play.rounds > 0) await this.answer.ask(this.which, [], []);
      return;
    }
    const last = at("against").value === "last";
    const before = last ? this.steps.before : [];
    const compared = !areSame(before, this.steps.now);
    at("pale").hidden = !compared;
    at("pale").textContent = say("pale", { what: last ? say("with_last") : say("with_scenario") });
    trouble("");
    this.pictures.about(this.which, this.steps.now);
    await this.answer.ask(this.which, before, this.steps.now, isMoving);
  }

  /** One chart at a time, in large letters, over the whole screen where the browser allows it. */
  async turnClass(isOn = !document.body.classList.contains("class")) {
    document.body.classList.toggle("class", isOn);
    document.documentElement.classList.toggle("large", isOn);
    at("class").setAttribute("aria-pressed", isOn);
    drawAll();
    try {
      if (isOn && !document.fullscreenElement) await document.documentElement.requestFullscreen();
      if (!isOn && document.fullscreenElement) await document.exitFullscreen();
    } catch {
      // a browser that keeps its bars: the page is large anyway
    }
  }

  say(words) {
    at("said").textContent = words;
    at("progress").textContent = words;
  }
}

/** Draws the charts anew when their width changes. */
function watchWidth() {
  let width = 0;
  const place = at("first");
  const redraw = () => {
    if (place.clientWidth === width) return;
    width = place.clientWidth;
    drawAll();
  };
  new ResizeObserver(() => requestAnimationFrame(redraw)).observe(place);
}

async function start() {
  themeSwitch(at("theme"));
  addEventListener("hashchange", () => location.reload());
  try {
    const isHere = isAlone() || ["127.0.0.1", "localhost"].includes(location.hostname);
    if (!given.key && !isHere) {
      given.key = await join(given.code);
      history.replaceState(null, "", toFragment({ key: given.key, scenario: "", changes: [] }));
    }
    const lab = new Lab(await ask(given.key, "/api/lab", {}));
    watchWidth();
    await lab.open(lab.position, given.changes);
    setInterval(() => ask(given.key, "/api/alive", {}).catch(trouble), 60000);
  } catch (error) {
    trouble(error);
  }
}

start();
