// A page without a server: it holds the engine, and has workers answer what others ask the lab.

import { held } from "../report/base.js";
import { Refused, answerWith } from "./asking.js";
import { bytesOf, unpacked } from "./unpack.js";

/** Most workers that simulate: each takes memory. */
const MOST = 8;

/** The error of work that nobody waits for any more. */
const givenUp = () => new DOMException("given up", "AbortError");

/** A worker with an engine, and what it was asked. */
class Hand {
  constructor(source, opened) {
    this.worker = new Worker(source);
    this.waiting = new Map();
    this.number = 0;
    this.worker.onmessage = ({ data }) => this.hear(data);
    this.worker.onerror = (event) => this.fail(event.message);
    this.opened = this.order("open", opened);
  }

  /** Gives an order; its answer, and meanwhile its events. */
  order(order, given, { tell, move = [] } = {}) {
    this.number += 1;
    const number = this.number;
    return new Promise((done, refuse) => {
      this.waiting.set(number, { done, refuse, tell });
      this.worker.postMessage({ number, order, given }, move);
    });
  }

  ask(path, body, tell) {
    return this.order("ask", { path, body }, { tell });
  }

  hear({ number, event, text, status, told }) {
    const order = this.waiting.get(number);
    if (event) order?.tell?.(event, JSON.parse(text));
    if (event || !order) return;
    this.waiting.delete(number);
    if (status === 200) order.done(told);
    else order.refuse(new Refused(status, told));
  }

  fail(problem) {
    for (const { refuse } of this.waiting.values()) refuse(new Refused(500, { problem }));
    this.waiting.clear();
  }

  /** Gives up the replicate that is being simulated. */
  stop() {
    this.worker.postMessage({ order: "stop", given: this.number });
  }

  end() {
    this.worker.terminate();
    for (const { refuse } of this.waiting.values()) refuse(givenUp());
    this.waiting.clear();
  }
}

/** All engines of the page: a desk, which takes questions, and hands that simulate for it. */
export class Engines {
  constructor(source, opened, count) {
    this.hire = () => new Hand(source, opened);
    this.desk = this.hire();
    this.free = Array.from({ length: count }, this.hire);
    this.tasks = [];
    /** What was done in plays, which only the desk knows. */
    this.played = [];
  }

  async ask(path, body) {
    const told = await this.atDesk((desk) => desk.ask(path, body));
    if (path === "/api/play" && Object.keys(body).length > 1) this.played.push(body);
    return told;
  }

  /** Has the desk do something; after a defect, an engine is of no use any more, and another takes its place. */
  async atDesk(work) {
    const { desk } = this;
    await desk.opened;
    try {
      return await work(desk);
    } catch (error) {
      if (error.status === 500 && desk === this.desk) {
        this.desk = this.renewed(desk);
        this.desk.opened = this.informed(this.desk);
      }
      throw error;
    }
  }

  renewed(hand) {
    hand.end();
    return this.hire();
  }

  /** Waits until an engine is open, and plays again there what was played; it comes to the same. */
  async informed(hand) {
    await hand.opened;
    for (const one of this.played) await hand.ask("/api/play", one);
  }

  /** Answers in events, as the server does. */
  async follow(path, body, signal, take) {
    signal?.throwIfAborted();
    await this.desk.opened;
    if (path === "/api/question") return this.answer(body, signal, take);
    // a picture or a lesson has a worker of its own, which ends with it
    const hand = this.hire();
    const end = () => hand.end();
    signal?.addEventListener("abort", end);
    try {
      await this.informed(hand);
      await hand.ask(path, body, take);
    } finally {
      signal?.removeEventListener("abort", end);
      end();
    }
  }

  /** Has the replicates of a question simulated, hands them to the desk in their order, and shows each frame. */
  async answer(body, signal, take) {
    const { frames, markets } = await this.ask("/api/question", body);
    const simulated = ([side, replicate]) => {
      const tables = this.simulate({ market: markets[side], replicate }, signal);
      // whoever waits for it hears of it
      tables.catch(() => {});
      return { side, tables };
    };
    for (const frame of frames.map((missing) => missing.map(simulated))) {
      for (const { side, tables } of frame) {
        const moved = await tables;
        signal.throwIfAborted();
        await this.atDesk((desk) => desk.order("take", { side, tables: moved }, { move: [moved] }));
        signal.throwIfAborted();
      }
      await this.atDesk((desk) => desk.ask("/frame", {}, (event, told) => signal.aborted || take(event, told)));
      signal.throwIfAborted();
    }
  }

  /** The tables of a replicate, by the first hand that is free. */
  simulate(task, signal) {
    return new Promise((done, refuse) => {
      this.tasks.push({ task, signal, done, refuse });
      this.next();
    });
  }

  async next() {
    while (this.tasks.length > 0 && this.tasks[0].signal.aborted) this.tasks.shift().refuse(givenUp());
    if (this.tasks.length === 0 || this.free.length === 0) return;
    let hand = this.free.shift();
    const { task, signal, done, refuse } = this.tasks.shift();
    const stop = () => hand.stop();
    signal.addEventListener("abort", stop);
    try {
      await hand.opened;
      const tables = await hand.order("simulate", task);
      if (tables) done(tables);
      else refuse(givenUp());
    } catch (error) {
      if (error.status === 500) hand = this.renewed(hand);
      refuse(error);
    }
    signal.removeEventListener("abort", stop);
    this.free.push(hand);
    this.next();
  }
}

/** Has this page answer itself from now on. */
export async function start() {
  const text = (id) => document.getElementById(id).textContent;
  const module = await WebAssembly.compile(unpacked(bytesOf(text("module"))));
  const source = URL.createObjectURL(new Blob([text("engine")], { type: "text/javascript" }));
  const count = Math.max(1, Math.min(MOST, navigator.hardwareConcurrency ?? 2));
  answerWith(new Engines(source, { module, scenarios: held("scenarios") }, count));
}
