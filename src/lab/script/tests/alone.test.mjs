// A page without a server, with made-up engines: node --test src/lab/script/tests

import assert from "node:assert/strict";
import { test } from "node:test";

import { modules } from "./modules.mjs";

/** All workers that were begun. */
const workers = [];
/** The orders and questions that end an engine by a defect. */
const defects = new Set();

/** A worker whose engine answers every question with two replicates of one market, unless it has a defect. */
globalThis.Worker = class {
  constructor() {
    this.heard = [];
    this.ended = false;
    workers.push(this);
  }

  postMessage({ number, order, given }) {
    const asked = order === "ask" ? given.path : order;
    this.heard.push(asked);
    const frames = { frames: [[[1, 0], [1, 1]]], markets: ["", ""] };
    const told = { "/api/question": frames, simulate: new ArrayBuffer(1) }[asked] ?? {};
    queueMicrotask(() => {
      if (this.ended) return;
      if (defects.has(asked)) this.onmessage({ data: { number, status: 500, told: { problem: "a defect" } } });
      else {
        if (asked === "/frame") this.onmessage({ data: { number, event: "frame", text: "{}" } });
        this.onmessage({ data: { number, status: 200, told } });
      }
    });
  }

  terminate() {
    this.ended = true;
  }
};

const { Engines } = await modules("../asking.js", "../alone.js");

/** What a page is told of a question. */
async function framesOf(engines) {
  const told = [];
  await engines.follow("/api/question", {}, new AbortController().signal, (event) => told.push(event));
  return told;
}

for (const defect of ["take", "/frame", "/api/question"]) {
  test(`a desk with a defect in ${defect} is replaced, and knows what was played`, async () => {
    workers.length = 0;
    const engines = new Engines("", {}, 1);
    await engines.ask("/api/play", { scenario: 0, decide: {} });
    defects.add(defect);
    await assert.rejects(framesOf(engines), { status: 500 });
    defects.clear();
    assert.deepEqual(await framesOf(engines), ["frame"]);
    const [first, , second] = workers;
    assert.ok(first.ended && !second.ended);
    assert.deepEqual(second.heard.slice(0, 3), ["open", "/api/play", "/api/question"]);
    assert.equal(workers.length, 3);
  });
}

test("work that nobody waits for any more is given up", async () => {
  const engines = new Engines("", {}, 1);
  const asking = new AbortController();
  const answered = engines.follow("/api/question", {}, asking.signal, () => assert.fail("nobody waits"));
  asking.abort();
  await assert.rejects(answered, { name: "AbortError" });
  assert.deepEqual(await framesOf(engines), ["frame"]);
});
