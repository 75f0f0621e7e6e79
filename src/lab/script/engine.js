// The engine in a worker of its own: it answers one question after the other, and gives up a replicate that nobody waits for.

/** Milliseconds for which it simulates before it looks whether anybody still waits. */
const SLICE = 20;

/** Periods that are simulated between two looks at the clock. */
const PERIODS = 4;

const [reader, writer] = [new TextDecoder(), new TextEncoder()];
let [engine, stopped, current] = [null, 0, 0];

const bytesAt = (start, length) => new Uint8Array(engine.memory.buffer, start, length);
const textAt = (start, length) => reader.decode(bytesAt(start, length));

/** Copies bytes to where the engine finds them. */
function give(...parts) {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  let at = engine.room(length);
  for (const part of parts) {
    bytesAt(at, part.length).set(part);
    at += part.length;
  }
}

const answer = () => bytesAt(engine.answer(), engine.answer_length());

/** Asks the engine: a status as of HTTP, and what it says. */
function ask(path, body) {
  const name = writer.encode(path);
  give(name, writer.encode(JSON.stringify(body)));
  const status = engine.ask(name.length);
  return { status, told: JSON.parse(reader.decode(answer())) };
}

/** Lets messages in that wait. */
function pause() {
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      done();
    };
    port2.postMessage(null);
  });
}

/** Simulates a replicate; its tables as bytes, or null if it was given up. */
async function simulate(number, task) {
  const begun = ask("/task", task);
  if (begun.status !== 200) return begun;
  for (;;) {
    const end = performance.now() + SLICE;
    do {
      if (engine.step(PERIODS)) return { status: 200, told: answer().slice().buffer };
    } while (performance.now() < end);
    await pause();
    if (stopped >= number) return { status: 200, told: null };
  }
}

const orders = {
  async open(number, { module, scenarios }) {
    const imports = {};
    for (const { module: from, name } of WebAssembly.Module.imports(module)) {
      // what a dependency would have of pages is never called
      (imports[from] ??= {})[name] = () => {
        throw new Error(`${from}.${name}`);
      };
    }
    imports.page.tell = (name, nameLength, text, length) => {
      postMessage({ number: current, event: textAt(name, nameLength), text: textAt(text, length) });
    };
    engine = (await WebAssembly.instantiate(module, imports)).exports;
    return ask("/open", { scenarios });
  },
  ask: (number, { path, body }) => ask(path, body),
  simulate,
  take(number, { side, tables }) {
    give(new Uint8Array(tables));
    return { status: engine.take(side) ? 200 : 404, told: {} };
  },
};

onmessage = async ({ data: { number, order, given } }) => {
  if (order === "stop") {
    stopped = given;
    return;
  }
  current = number;
  try {
    const { status, told } = await orders[order](number, given);
    postMessage({ number, status, told }, told instanceof ArrayBuffer ? [told] : []);
  } catch (error) {
    postMessage({ number, status: 500, told: { problem: String(error) } });
  }
};
