// The numbers, what is chosen at present, and small helpers that all charts use.

/** What a part of the page holds as JSON; null without a page. */
export function held(id) {
  const part = globalThis.document?.getElementById(id);
  return part ? JSON.parse(part.textContent) : null;
}

const TEXTS = held("words") ?? {};
const SVG = "http://www.w3.org/2000/svg";

/** The text of a key in the page's language, with its {placeholders} filled in. */
export function say(key, values = {}) {
  return (TEXTS[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** An element of the page; attributes with an empty value (undefined, null, false) are left out. */
export function make(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** An element of a drawing. */
export function shape(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    // a policy against styles written in a page forbids the attribute, but not this
    if (name === "style") element.style.cssText = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** A number in figures: a percentage, or with so many decimals; a dash where there is none. */
export function write(value, { percent = false, signed = false, decimals = 2 } = {}) {
  if (!Number.isFinite(value)) return "–";
  const size = Math.abs(percent ? value * 100 : value);
  const english = size.toLocaleString("en", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  const digits = english.replace(/[.,]/g, (mark) => say(mark === "." ? "decimal" : "group"));
  const zero = !/[1-9]/.test(digits);
  const sign = zero ? "" : value < 0 ? "−" : signed ? "+" : "";
  return sign + digits + (percent ? say("percent") : "");
}

/** Decimals that show three figures of a number of this size. */
export function decimalsFor(size, percent = false) {
  const shown = percent ? size * 100 : size;
  return shown >= 100 ? 0 : shown >= 10 ? 1 : percent ? 1 : shown >= 1 ? 2 : 3;
}

/** Font size of the page in pixels: charts grow with it. */
export function em() {
  return parseFloat(getComputedStyle(document.documentElement).fontSize);
}

let measure = null;

/** Width of a text in pixels. */
export function widthOf(text, size, bold = false) {
  measure ??= document.createElement("canvas").getContext("2d");
  measure.font = `${bold ? "600 " : ""}${size}px ${getComputedStyle(document.body).fontFamily}`;
  return measure.measureText(text).width;
}

/** The text, or as much of it as fits, with an ellipsis. */
export function shortened(text, width, size, bold = false) {
  if (widthOf(text, size, bold) <= width) return text;
  let kept = text;
  while (kept.length > 1 && widthOf(kept + "…", size, bold) > width) kept = kept.slice(0, -1);
  return kept.trimEnd() + "…";
}

/** Series as numbers: { mean, half }, by the position of the period, and the figure of the end; NaN where empty. */
function unpacked(blocks) {
  const numbers = (list, decimals) => Float64Array.from(list, (whole) => (whole === null ? NaN : whole / 10 ** decimals));
  return Object.fromEntries(
    blocks.map(({ name, decimals, series }) => [
      name,
      series.map(({ mean, half, end }) => ({ mean: numbers(mean, decimals), half: numbers(half, decimals), end: numbers([end], decimals)[0] })),
    ]),
  );
}

/** The firms that are switched on and off together: each leading firm, and all others. */
function groupsOf(firms) {
  const groups = firms.flatMap(({ name, leads, dashes }, firm) =>
    leads ? [{ name, firms: [firm], color: `var(--firm-${firm})`, dashes, pale: false }] : [],
  );
  const others = firms.flatMap(({ leads }, firm) => (leads ? [] : [firm]));
  if (others.length > 0) {
    const name = others.length === 1 ? say("one_other") : say("others", { count: others.length });
    groups.push({ name, firms: others, color: "var(--others)", dashes: [], pale: true });
  }
  return groups;
}

/** The run that is shown; with `before`, another one of the same kind that it is compared with. */
export let run = null;

/** What is chosen: the position of the period, the names of the groups of firms shown, whether intervals are, and whether what comes
 * after the period is. */
export const chosen = { at: 0, shown: new Set(), bands: true, future: true };

/** The last position that charts over time draw. */
export const lastDrawn = () => (chosen.future ? run.last : chosen.at);

/** Everything that shows what is chosen: `draw` everything anew, or `mark` the period. */
export const views = [];

function numbersOf(raw) {
  return { ...raw, quantities: unpacked(raw.quantities), market: unpacked(raw.market), last: raw.periods.length - 1 };
}

/** Shows a run from its packed numbers, beside another one if there is any; what is chosen stays so where it can. */
export function showRun(raw, before = null) {
  const earlier = run;
  const variants = (raw.variants ?? []).map((one) => ({ ...one, quantities: unpacked(one.quantities), market: unpacked(one.market) }));
  run = { ...numbersOf(raw), groups: groupsOf(raw.firms), variants, before: before && numbersOf(before) };
  const names = run.groups.map((group) => group.name);
  const isNew = (name) => !earlier?.groups.some((group) => group.name === name);
  chosen.shown = new Set(names.filter((name) => isNew(name) || chosen.shown.has(name)));
  chosen.at = earlier && chosen.at < earlier.last ? Math.min(chosen.at, run.last) : run.last;
}

export function choosePeriod(at) {
  chosen.at = Math.max(0, Math.min(run.last, at));
  for (const view of views) view.mark();
}

export function drawAll() {
  for (const view of views) view.draw();
}

/** The last position with a value; -1 without any. */
export function lastKnown(mean) {
  let at = mean.length - 1;
  while (at >= 0 && !Number.isFinite(mean[at])) at -= 1;
  return at;
}
