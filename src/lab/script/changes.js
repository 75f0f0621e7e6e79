// What was changed, step by step: undone, done again, and carried by a link. Changes are pairs of a key and a value, in order.

/** Whether two lists of changes are the same. */
export function areSame(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The changes with one more; a value as in the scenario is no change. */
export function withChange(changes, key, value, original) {
  const others = changes.filter(([known]) => known !== key);
  if (JSON.stringify(value) === JSON.stringify(original)) return others;
  const place = changes.findIndex(([known]) => known === key);
  if (place < 0) return [...others, [key, value]];
  return changes.map((change, at) => (at === place ? [key, value] : change));
}

/** The steps that led to the present changes. */
export class Steps {
  constructor(first = []) {
    this.all = [first];
    this.at = 0;
    this.moving = null;
  }

  get now() {
    return this.all[this.at];
  }

  /** The changes before the last step. */
  get before() {
    return this.at > 0 ? this.all[this.at - 1] : this.all[0];
  }

  get canUndo() {
    return this.at > 0;
  }

  get canRedo() {
    return this.at < this.all.length - 1;
  }

  /** Goes on to other changes. While something is `moving` (a slider under a finger) all of its way is one step. */
  turnTo(changes, moving = null) {
    if (areSame(changes, this.now)) {
      this.moving = moving;
      return;
    }
    const goesOn = moving !== null && moving === this.moving && this.at > 0;
    this.all.length = goesOn ? this.at : this.at + 1;
    this.all.push(changes);
    this.at = this.all.length - 1;
    this.moving = moving;
  }

  /** What was moving has come to rest. */
  rest() {
    this.moving = null;
  }

  undo() {
    this.rest();
    if (this.canUndo) this.at -= 1;
  }

  redo() {
    this.rest();
    if (this.canRedo) this.at += 1;
  }
}

/** What stands behind the # of an address: the key of the lab, or the code of its room; the scenario's name, and changes. */
export function fromFragment(fragment) {
  const parts = new URLSearchParams(fragment.replace(/^#/, ""));
  return { key: parts.get("key") ?? "", code: parts.get("code"), scenario: parts.get("scenario"), changes: changesIn(parts.get("set")) };
}

/** Changes out of a link; whatever is not a list of pairs is none. */
function changesIn(text) {
  try {
    const list = JSON.parse(text ?? "[]");
    const isPair = (one) => Array.isArray(one) && one.length === 2 && typeof one[0] === "string";
    return Array.isArray(list) ? list.filter(isPair) : [];
  } catch {
    return [];
  }
}

export function toFragment({ key, scenario, changes }) {
  const parts = new URLSearchParams({ key, scenario });
  if (changes.length > 0) parts.set("set", JSON.stringify(changes));
  return `#${parts}`;
}

/** A number between two ends, written without the rounding of sums: with a digit more than a step has. */
function between(value, { from, to, whole }, step) {
  const digits = Math.max(0, Math.min(12, Math.ceil(-Math.log10(step)) + 1));
  const near = whole ? Math.round(value) : Number(value.toFixed(digits));
  return Math.max(from, Math.min(to, near));
}

/** A value on the nearest step of its slider. */
export function onStep(value, form) {
  const { from, step } = form;
  return between(from + Math.round((value - from) / step) * step, form, step);
}

/** Where a key of the keyboard moves a slider; null for keys that do not. With Shift a step is a tenth. */
export function keyMoves(key, shift, value, form) {
  const { from, to, step, whole } = form;
  const one = shift && !whole ? step / 10 : step;
  const ways = { ArrowLeft: -one, ArrowDown: -one, ArrowRight: one, ArrowUp: one, PageDown: -10 * step, PageUp: 10 * step };
  if (key === "Home") return from;
  if (key === "End") return to;
  if (!(key in ways)) return null;
  return between(value + ways[key], form, one);
}
