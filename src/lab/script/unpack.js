// The engine as a page holds it: in letters, and compressed by LZMA, to seven tenths of what gzip leaves, which browsers know themselves.

/** The letters in which bytes are written: what a page may hold anywhere. */
const LETTERS = Array.from({ length: 94 }, (_, place) => String.fromCharCode(33 + place)).filter((letter) => !"\"<{".includes(letter));

/** The bytes that letters hold: two letters have thirteen bits, the lowest first. There may be a zero more at their end. */
export function bytesOf(letters) {
  const values = new Uint8Array(128);
  LETTERS.forEach((letter, value) => (values[letter.charCodeAt(0)] = value));
  const bytes = new Uint8Array((letters.length * 13) >> 4);
  let [held, count, end] = [0, 0, 0];
  for (let at = 0; at < letters.length; at += 2) {
    held |= (values[letters.charCodeAt(at)] + 91 * values[letters.charCodeAt(at + 1)]) << count;
    for (count += 13; count >= 8; count -= 8) {
      bytes[end] = held & 255;
      held >>= 8;
      end += 1;
    }
  }
  return bytes;
}

/** The first byte of files that are read here: literals depend on four bits of the byte before, and nothing on where it stands (lc=4, lp=0, pb=0). */
const CONTEXT = 4;

/** Where the probabilities of each part of the format begin; literals come last. */
const AT = { match: 0, repeat: 12, first: 24, second: 36, third: 48, short: 60, length: 72, again: 346, slot: 620, place: 876, align: 991, literal: 1007 };

/** The bits of a file, each by the probability that it is 0, in parts of 2048, which follows them. */
class Bits {
  constructor(packed) {
    this.packed = packed;
    this.probabilities = new Uint16Array(AT.literal + (0x300 << CONTEXT)).fill(1024);
    this.range = 0xffffffff;
    this.code = new DataView(packed.buffer, packed.byteOffset).getUint32(14);
    this.at = 18;
  }

  /** The next bit that has this probability. */
  next(place) {
    const probability = this.probabilities[place];
    const bound = Math.imul(this.range >>> 11, probability) >>> 0;
    const bit = this.code < bound ? 0 : 1;
    if (bit === 0) {
      this.range = bound;
      this.probabilities[place] = probability + ((2048 - probability) >> 5);
    } else {
      this.range -= bound;
      this.code -= bound;
      this.probabilities[place] = probability - (probability >> 5);
    }
    this.refill();
    return bit;
  }

  refill() {
    if (this.range >= 0x1000000) return;
    this.range = (this.range << 8) >>> 0;
    this.code = ((this.code << 8) | this.packed[this.at]) >>> 0;
    this.at += 1;
  }

  /** A number of so many bits that are as often 0 as 1. */
  even(count) {
    let number = 0;
    for (let left = count; left > 0; left -= 1) {
      this.range >>>= 1;
      const bit = this.code < this.range ? 0 : 1;
      if (bit === 1) this.code -= this.range;
      number = number * 2 + bit;
      this.refill();
    }
    return number;
  }

  /** A number of so many bits, the highest first, each with a probability for all bits before it. */
  tree(start, count) {
    let node = 1;
    for (let left = count; left > 0; left -= 1) node = node * 2 + this.next(start + node);
    return node - 2 ** count;
  }

  /** Likewise, the lowest first. */
  reversed(start, count) {
    let [node, number] = [1, 0];
    for (let place = 0; place < count; place += 1) {
      const bit = this.next(start + node);
      node = node * 2 + bit;
      number += bit << place;
    }
    return number;
  }

  /** How many bytes are repeated. */
  length(start) {
    if (this.next(start) === 0) return 2 + this.tree(start + 2, 3);
    if (this.next(start + 1) === 0) return 10 + this.tree(start + 10, 3);
    return 18 + this.tree(start + 18, 8);
  }

  /** How far back so many repeated bytes stand, beyond one. */
  distance(length) {
    const slot = this.tree(AT.slot + 64 * Math.min(length - 2, 3), 6);
    if (slot < 4) return slot;
    const count = (slot >> 1) - 1;
    const high = (2 + (slot & 1)) * 2 ** count;
    if (slot < 14) return high + this.reversed(AT.place + high - slot, count);
    return high + 16 * this.even(count - 4) + this.reversed(AT.align, 4);
  }

  /** A byte of its own; after repeated ones (`likely` is 0 or more), by what came next where they stand. */
  literal(before, likely) {
    const start = AT.literal + 0x300 * (before >> (8 - CONTEXT));
    let node = 1;
    for (let place = 7; likely >= 0 && place >= 0; place -= 1) {
      const other = (likely >> place) & 1;
      const bit = this.next(start + 256 * (1 + other) + node);
      node = node * 2 + bit;
      if (bit !== other) break;
    }
    while (node < 256) node = node * 2 + this.next(start + node);
    return node - 256;
  }
}

/** Twice the room, with the same bytes. */
function grown(bytes) {
  const more = new Uint8Array(2 * bytes.length);
  more.set(bytes);
  return more;
}

/** The bytes of a compressed file. */
export function unpacked(packed) {
  if (packed[0] !== CONTEXT) throw new Error("this is no engine");
  const bits = new Bits(packed);
  let [out, end, state] = [new Uint8Array(6 * packed.length + 300), 0, 0];
  // how far back the latest four repetitions stood, the latest first
  let back = [0, 0, 0, 0];
  for (;;) {
    if (end + 300 > out.length) out = grown(out);
    if (bits.next(AT.match + state) === 0) {
      out[end] = bits.literal(end > 0 ? out[end - 1] : 0, state < 7 ? -1 : out[end - back[0] - 1]);
      end += 1;
      state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
      continue;
    }
    let length = 1;
    if (bits.next(AT.repeat + state) === 0) {
      length = bits.length(AT.length);
      back = [bits.distance(length), back[0], back[1], back[2]];
      // the mark of the end
      if (back[0] === 0xffffffff) return out.subarray(0, end);
      state = state < 7 ? 7 : 10;
    } else {
      const which = bits.next(AT.first + state) === 0 ? 0 : bits.next(AT.second + state) === 0 ? 1 : 2 + bits.next(AT.third + state);
      const isShort = which === 0 && bits.next(AT.short + state) === 0;
      back = [back[which], ...back.filter((_, place) => place !== which)];
      if (!isShort) length = bits.length(AT.again);
      state = state < 7 ? (isShort ? 9 : 8) : 11;
    }
    for (const last = end + length; end < last; end += 1) out[end] = out[end - back[0] - 1];
  }
}
