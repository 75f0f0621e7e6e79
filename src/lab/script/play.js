// A market that teams play in rounds: decisions before each, the standing after it, and the debrief at the end.

import { make, run, say, write } from "../report/base.js";
import { tableOf } from "../report/chart.js";
import { ask, follow, newName } from "./asking.js";
import { Hand, formOf, written } from "./hands.js";
import { imageOf } from "./pictures.js";

const at = (id) => document.getElementById(id);

/** The team whose turn it is at a shared screen: the next after this one that has not decided; this one if all have. */
export function nextTeam(teams, now) {
  const from = teams.findIndex(({ name }) => name === now) + 1;
  const round = [...teams.slice(from), ...teams.slice(0, from)];
  return round.find(({ decided }) => !decided)?.name ?? now;
}

/** The decisions of all rounds, a row for each round and a cell for each team; what was left as it was is null. */
export function decisionsOf(played, teams) {
  return played.map((round) => teams.map(({ name }) => round[name] ?? null));
}

/** What a page does when it hears how the play stands: whether another round is to be shown, or another play began. */
export function turned(before, now) {
  const isOther = !before || before.play !== now.play;
  return { isOther, hasNewRound: isOther ? now.round > 0 : now.round !== before.round };
}

/** A decision in words. */
function inWords(decision) {
  if (!decision) return say("as_before");
  const parts = [decision.experience, decision.price === null ? null : written(decision.price)];
  return parts.filter((part) => part !== null).join(", ");
}

export class Play {
  constructor(key, lab, { isTeacher, isShared }) {
    Object.assign(this, { key, lab, isTeacher, isShared, told: null, standing: null, team: "", page: newName() });
    at("play").hidden = false;
    at("play-form").onsubmit = (event) => {
      event.preventDefault();
      this.decide();
    };
    at("play-team").onchange = () => this.choose(at("play-team").value);
    at("play-round").onclick = () => this.wish({ play: this.told.round });
    at("play-again").onclick = () => this.again();
    at("play-debrief").onclick = () => this.debrief();
    at("play-save").onclick = () => lab.save();
    for (const id of ["play-round", "play-again", "play-save"]) at(id).hidden = !isTeacher;
    this.clear();
  }

  /** Asks how it stands, and goes on asking while others may change it. */
  async start() {
    await this.wish({});
    if (this.isShared && !this.isStopped) this.timer = setInterval(() => this.wish({}), this.isTeacher ? 1000 : 1500);
  }

  /** Another scenario is on the page. */
  stop() {
    clearInterval(this.timer);
    this.telling?.abort();
    this.isStopped = true;
    at("play").hidden = true;
  }

  /** Rounds that were played. */
  get rounds() {
    return this.told?.round ?? 0;
  }

  /** Tells what is wanted, and shows how it stands. */
  async wish(what) {
    try {
      const told = await ask(this.key, "/api/play", { scenario: this.lab.position, ...what });
      if (!this.isStopped) await this.hear(told);
      return true;
    } catch (error) {
      // somebody else was faster: the page hears of it next
      if (error.status === 409) await this.wish({});
      else if (error.status !== 429 && !this.isStopped) this.lab.trouble(error);
      return false;
    }
  }

  async hear(told) {
    const { isOther, hasNewRound } = turned(this.told, told);
    const isNews = JSON.stringify(told) !== JSON.stringify(this.told);
    this.told = told;
    if (isOther) this.clear();
    if (isNews) this.show(isOther || hasNewRound);
    if (isOther || hasNewRound) await this.lab.follow();
  }

  /** Takes away what was shown of another play. */
  clear() {
    this.telling?.abort();
    this.standing = null;
    at("play-standing").textContent = "";
    at("play-places").replaceChildren();
    at("play-debriefed").replaceChildren();
    at("play-again").textContent = say("play_again");
    this.isSure = false;
  }

  /** Shows the round, who has decided, and what can be decided. */
  show(isNewRound) {
    const { round, of, periods, goal, teams, own, own_decision: decision } = this.told;
    const isOver = round >= of;
    document.body.classList.toggle("unplayed", round === 0);
    at("play-title").textContent = isOver ? say("play_over", { of }) : say("round_of", { round: round + 1, of });
    at("play-rules").textContent = say("play_rules", { periods, goal: say(goal) });
    at("play-form").hidden = isOver;
    at("play-waiting").hidden = isOver;
    at("play-round").textContent = say("play_round", { round: round + 1 });
    const hadFocus = document.activeElement === at("play-round");
    at("play-round").hidden = isOver || !this.isTeacher;
    at("play-debrief").hidden = !isOver;
    if (isOver && hadFocus) at("play-debrief").focus();
    at("play-save").hidden = round === 0 || !this.isTeacher;
    const item = ({ name, seats, decided }) =>
      make("li", { class: decided ? "decided" : null }, say(decided ? "has_decided" : "is_deciding", { team: name }), seats > 0 ? ` (${say("seated", { count: seats })})` : null);
    at("play-waiting").replaceChildren(...teams.map(item));
    const names = teams.map(({ name }) => name);
    if (!this.isTeacher) this.team = own ?? "";
    else if (isNewRound || !names.includes(this.team)) this.team = names[0];
    const none = this.isTeacher ? [] : [make("option", { value: "" }, say("choose_team"))];
    if (at("play-team").options.length !== names.length + none.length) {
      at("play-team").replaceChildren(...none, ...names.map((name) => make("option", { value: name }, name)));
    }
    at("play-team").value = this.team;
    const offered = JSON.stringify([this.team, round, this.told.play]);
    if (offered !== this.offered) this.offer(decision ?? null);
    this.offered = offered;
    at("play-decide").disabled = !this.team;
    this.showHistory();
    this.showPlaces();
  }

  /** A team is chosen: at a shared screen to decide for, by who joined to sit in. */
  choose(team) {
    if (!this.isTeacher) {
      this.wish({ sit: team || null });
      return;
    }
    this.team = team;
    this.offered = JSON.stringify([team, this.told.round, this.told.play]);
    this.offer(null);
  }

  /** Puts what a team can choose on the page; `decision` is what it has decided already. */
  offer(decision) {
    const { experiences, lowest_price: from, highest_price: to, teams } = this.told;
    const place = at("play-choice");
    const team = teams.find(({ name }) => name === this.team);
    place.replaceChildren();
    if (!team) return;
    const control = (key, form) => {
      const known = this.lab.hands.by.get(`firms.${team.name}.${key}`);
      const value = team.chosen[key];
      return { ...known, key: `play.${key}`, form, value, default: null, said: say("up_to_now", { value: written(value) }) };
    };
    const step = (to - from) / 100 || 0.01;
    const turn = (key) => (_, value) => {
      this.wanted[key] = value;
      this.hands[key].show(value);
    };
    const hand = (key, form) => new Hand(control(key, form), { turn: turn(key), rest: () => {} });
    this.hands = {
      experience: hand("experience", { is: "menu", words: experiences }),
      price: hand("price", { is: "slider", from, to, step: Number(step.toPrecision(3)), low: from, high: to, whole: false }),
    };
    this.wanted = { experience: decision?.experience ?? null, price: decision?.price ?? null };
    for (const [key, one] of Object.entries(this.hands)) {
      one.show(this.wanted[key] ?? team.chosen[key]);
      place.append(one.element);
    }
  }

  async decide() {
    if (!this.team) return;
    const { team } = this;
    const isDone = await this.wish({ decide: { round: this.told.round, team, ...this.wanted } });
    if (!isDone) return;
    this.lab.say(say("has_decided", { team }));
    // the next team at this screen does not see it
    if (this.isTeacher) {
      this.choose(nextTeam(this.told.teams, team));
      at("play-team").value = this.team;
      at("play-team").focus();
    }
  }

  /** Begins anew, once somebody is sure. */
  again() {
    if (this.isSure || this.rounds === 0) this.wish({ again: true });
    this.isSure = !this.isSure && this.rounds > 0;
    at("play-again").textContent = say(this.isSure ? "play_again_sure" : "play_again");
  }

  /** What the replicates so far say of who is ahead. */
  hearStanding(standing) {
    this.standing = standing;
    at("play-standing").textContent = standing.words;
    this.showPlaces();
  }

  showPlaces() {
    if (!this.standing) return;
    const { places, goal } = this.standing;
    const form = formOf(goal);
    const head = [say("team"), say(goal), say("interval"), say("first_in"), say("chosen_now")];
    const row = ({ firm, mean, low, high, first, of }, number) => {
      const name = make("span", { class: "firm", style: `--ink:var(--firm-${run.firms.findIndex((one) => one.name === firm)})` }, `${number + 1}. ${firm}`);
      const figure = (value) => write(value ?? NaN, form);
      const chosen = this.told.teams.find((one) => one.name === firm)?.chosen;
      return [name, figure(mean), `${figure(low)} … ${figure(high)}`, `${first} / ${of}`, inWords(chosen)];
    };
    at("play-places").replaceChildren(tableOf(head, places.map(row)));
  }

  showHistory() {
    const { played, teams } = this.told;
    at("play-history").hidden = played.length === 0;
    const rows = decisionsOf(played, teams).map((cells, number) => [say("round_number", { round: number + 1 }), ...cells.map(inWords)]);
    at("play-history").lastElementChild.replaceChildren(tableOf([say("round"), ...teams.map(({ name }) => name)], rows));
  }

  /** Tells who won, what the best team's decisions were worth, and where its advantage comes from. */
  async debrief() {
    const place = at("play-debriefed");
    at("play-debrief").hidden = true;
    const progress = make("p", {}, say("working"));
    place.replaceChildren(progress);
    const { which } = this.lab;
    const telling = new AbortController();
    this.telling = telling;
    const listen = async (path, body, event) => {
      let found = null;
      await follow(this.key, path, { which, page: this.page, ...body }, telling.signal, (name, told) => {
        if (name === event) found = told;
        else if (name === "problem") this.lab.trouble(say("refused", told));
        else progress.textContent = say("compared", told);
      });
      return found;
    };
    try {
      const told = await listen("/api/debrief", {}, "debrief");
      if (!told) return;
      place.prepend(...this.moves(told));
      place.querySelector("h3").focus();
      const [best] = told.standing.places;
      for (const [kind, title] of [["sources", say("sources")], ["wheel", say("wheel")]]) {
        const drawn = await listen("/api/picture", { changes: [], kind, firm: best.firm }, "picture");
        if (drawn) progress.before(make("h4", {}, kind === "sources" ? `${best.firm}: ${title}` : title), ...drawn.figures.map(imageOf));
      }
      progress.remove();
    } catch (error) {
      if (error.name !== "AbortError" && !this.isStopped) this.lab.trouble(error);
    }
  }

  moves({ standing, moves }) {
    const [best] = standing.places;
    const item = ({ round, changes, worth, clear }) =>
      make("li", { class: clear ? "clear" : null }, `${say("round_number", { round })}: ${changes.join("; ")}`, make("br"), worth);
    const none = moves.length === 0 ? [make("p", {}, say("no_decision", { team: best.firm }))] : [];
    return [
      make("h3", { tabindex: "-1" }, say("best_did", { team: best.firm })), make("p", {}, make("strong", {}, standing.words)), make("p", {}, say("worth_is")),
      ...none, make("ol", { class: "story" }, ...moves.map(item)),
    ];
  }
}
