// How a page reads its engine: node --test src/lab/script/tests

import assert from "node:assert/strict";
import { test } from "node:test";

import { modules } from "./modules.mjs";

const { bytesOf, unpacked } = await modules("../unpack.js");

/** What was compressed, and what `xz --format=lzma --lzma1=preset=9e,lc=4,lp=0,pb=0` made of it, in letters. */
const TEXT = Array.from({ length: 400 }, (_, place) => `${(place * place) % 19}${"-".repeat(place % 7 === 0 ? place : 0)}`).join(" ");
const LETTERS =
  "&!!!m$!~#~#~#~#~RfdP0IPq]V%.Rd_,uyS-X1A/.ghob7[[t@+230J0ff6$v'hn~?J`3k@p2Fk@7CJVO(bUmO_t89-Y/zt2JZS0SuRO!Fhv9VpehQQidG._\\*_o8b!\\gO" +
  "$:n=_ohRA[N[01;erHL5'vQz4A!BRLo-@>#/@SV,&\\Z7ipFS1u&#dK6NS[}F\\Od%OX2[CLb='GDaawJPKP&M-&y}aw;pJjCk4Oc!rhq:m3E,*MG]1%-'LX-E2h|1.'z6JV" +
  "|#e^>XV)B#}2vcbreKY`SpL4qFJZT>9#\\Hj_xXPXgpXd^Co:q5T!43tw]M&-_o]}}(z!TPWEaA*!C[EsSTUMRD)pc\\Z+)nQr4>*'L9a]Ii9BnXIZWoYmDdY9ZH$zeylRl+" +
  ";|_WM`r/ug(l!'%!";

test("bytes are read from the letters that the program writes", () => {
  // the test of the program has the same
  const text = new TextDecoder().decode(bytesOf("J9v*nj#X!7[WMTG-C_(Z2t##"));
  assert.equal(text, "The flywheel turns.");
  assert.equal(bytesOf("").length, 0);
});

test("what was compressed is as it was", () => {
  assert.equal(new TextDecoder().decode(unpacked(bytesOf(LETTERS))), TEXT);
});

test("what is no engine is refused", () => {
  assert.throws(() => unpacked(new Uint8Array(40)), /no engine/);
});
