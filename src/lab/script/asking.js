// Questions to the lab, with its key; answers come whole, or as a stream of events.

/** A name that nobody else has; browsers have randomUUID for pages of their own machine only. */
export function newName() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A request that the lab refused: its status, and what it said. */
export class Refused extends Error {
  constructor(status, told) {
    super(told.problem ?? String(status));
    this.status = status;
    this.told = told;
  }
}

let other = null;

/** Has somebody else than a server answer from now on: whoever asks and follows likewise, without a key. */
export function answerWith(one) {
  other = one;
}

/** Whether the page asks no server. */
export function isAlone() {
  return other !== null;
}

async function send(key, path, body, signal) {
  const response = await fetch(path, {
    method: "POST",
    headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" },
    body: JSON.stringify(body),
    signal,
  });
  if (response.ok) return response;
  let told = {};
  try {
    told = await response.json();
  } catch {
    // a refusal without words
  }
  throw new Refused(response.status, told);
}

/** Asks, and gives the answer. */
export async function ask(key, path, body) {
  if (other) return other.ask(path, body);
  return (await send(key, path, body)).json();
}

/** Asks, and hands over each event of the answer as it comes: its name and what it says. */
export async function follow(key, path, body, signal, take) {
  if (other) {
    await other.follow(path, body, signal, take);
    return;
  }
  const reader = (await send(key, path, body, signal)).body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    text = eventsIn(text + value, take);
  }
}

/** Hands over the events that a text holds, and gives what is left of it. */
export function eventsIn(text, take) {
  let rest = text;
  for (let end = rest.indexOf("\n\n"); end >= 0; end = rest.indexOf("\n\n")) {
    const lines = rest.slice(0, end).split("\n");
    const of = (name) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
    if (of("data") !== undefined) take(of("event") ?? "message", JSON.parse(of("data")));
    rest = rest.slice(end + 2);
  }
  return rest;
}
