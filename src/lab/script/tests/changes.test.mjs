// What the script computes without a page: node --test src/lab/script/tests

import assert from "node:assert/strict";
import { test } from "node:test";

import { modules } from "./modules.mjs";

const { Steps, fromFragment, keyMoves, onStep, toFragment, withChange } = await modules("../changes.js");
const { eventsIn } = await modules("../asking.js");
const { distance, through } = await modules("../predict.js");
const { decisionsOf, nextTeam, turned } = await modules("../play.js");
const { axisOver, spread, write } = await modules("../../../report/script/base.js", "../../../report/script/axis.js");

test("a change that goes back to the scenario is none", () => {
  const one = withChange([], "a", 1, 0);
  const two = withChange(one, "b", 2, 0);
  assert.deepEqual(withChange(two, "a", 3, 0), [["a", 3], ["b", 2]]);
  assert.deepEqual(withChange(two, "a", 0, 0), [["b", 2]]);
});

test("the way of a slider under a finger is one step", () => {
  const steps = new Steps();
  steps.turnTo([["a", 1]], "a");
  steps.turnTo([["a", 2]], "a");
  steps.rest();
  steps.turnTo([["a", 3]], "a");
  assert.deepEqual(steps.before, [["a", 2]]);
  steps.undo();
  assert.deepEqual(steps.now, [["a", 2]]);
  steps.undo();
  assert.ok(!steps.canUndo && steps.canRedo);
  steps.redo();
  steps.turnTo([["b", 1]]);
  assert.ok(!steps.canRedo, "what was undone is gone once something else is done");
  assert.deepEqual(steps.all, [[], [["a", 2]], [["b", 1]]]);
});

test("a link holds the key, the scenario and the changes", () => {
  const state = { key: "0f", scenario: "market", changes: [["firms.a b.price", 0.5], ["market.data_pooling", true], ["firms.x.experience", "é&#%"]] };
  assert.deepEqual(fromFragment(toFragment(state)), { ...state, code: null });
  for (const broken of ["#set=x", "#set={}", "#set=[1]", "#set=[[1,2]]", "", "#"]) assert.deepEqual(fromFragment(broken).changes, []);
});

test("keys move a slider as they do everywhere", () => {
  const form = { from: 0, to: 1, step: 0.01, whole: false };
  const to = (key, shift = false, value = 0.5) => keyMoves(key, shift, value, form);
  assert.deepEqual(["ArrowRight", "ArrowDown", "PageUp", "PageDown", "Home", "End"].map((key) => to(key)), [0.51, 0.49, 0.6, 0.4, 0, 1]);
  assert.equal(to("ArrowLeft", true), 0.499);
  assert.equal(to("ArrowRight", false, 1), 1);
  assert.equal(to("a"), null);
  const whole = { from: 0, to: 300, step: 5, whole: true };
  assert.equal(keyMoves("ArrowRight", true, 10, whole), 15);
  assert.equal(onStep(0.30000000000000004, form), 0.3);
  assert.equal(onStep(-0.43, { from: -1, to: 1, step: 0.02, whole: false }), -0.42);
});

test("events are read as they come, in whatever pieces", () => {
  const text = 'event: frame\ndata: {"done":4}\n\nevent: problem\ndata: {"problem":"x"}\n\n';
  for (let size = 1; size <= text.length; size += 1) {
    const found = [];
    let rest = "";
    for (let at = 0; at < text.length; at += size) rest = eventsIn(rest + text.slice(at, at + size), (...event) => found.push(event));
    assert.deepEqual([found, rest], [[["frame", { done: 4 }], ["problem", { problem: "x" }]], ""]);
  }
});

test("an expected line goes through its points, and is compared where it is", () => {
  const line = through(new Map([[4, 1], [0, 0], [5, 0]]));
  assert.deepEqual([...line], [[0, 0], [1, 0.25], [2, 0.5], [3, 0.75], [4, 1], [5, 0]]);
  assert.equal(distance(line, [0, 0, 0, NaN, 0, 0.25]), (0 + 0.25 + 0.5 + 1 + 0.25) / 5);
  assert.ok(Number.isNaN(distance(new Map(), [1, 2])));
});

test("axes have round numbers, and labels do not overlap", () => {
  const { from, to, step } = axisOver(0.13, 0.88, 4);
  assert.deepEqual([from, to, step], [0.1, 0.9, 0.2]);
  const places = spread([10, 11, 12, 50], 5, 0, 60);
  for (let at = 1; at < places.length; at += 1) assert.ok(places[at] - places[at - 1] >= 5 - 1e-9);
  assert.equal(write(NaN), "–");
});

test("at one screen the next team that has not decided comes", () => {
  const teams = ["a", "b", "c"].map((name) => ({ name, decided: name === "b" }));
  assert.equal(nextTeam(teams, "a"), "c");
  assert.equal(nextTeam(teams, "c"), "a");
  assert.equal(nextTeam(teams.map((team) => ({ ...team, decided: true })), "b"), "b");
  assert.equal(nextTeam(teams, ""), "a");
});

test("what was decided is told round by round, and what was not is nothing", () => {
  const teams = [{ name: "a" }, { name: "b" }];
  assert.deepEqual(decisionsOf([{ b: { price: 1 } }, {}], teams), [[null, { price: 1 }], [null, null]]);
});

test("a page shows another round once it was played, and another play from its beginning", () => {
  const told = (play, round) => ({ play, round });
  assert.deepEqual(turned(null, told(0, 2)), { isOther: true, hasNewRound: true });
  assert.deepEqual(turned(null, told(0, 0)), { isOther: true, hasNewRound: false });
  assert.deepEqual(turned(told(0, 2), told(0, 2)), { isOther: false, hasNewRound: false });
  assert.deepEqual(turned(told(0, 2), told(0, 3)), { isOther: false, hasNewRound: true });
  assert.deepEqual(turned(told(0, 2), told(1, 0)), { isOther: true, hasNewRound: false });
});
