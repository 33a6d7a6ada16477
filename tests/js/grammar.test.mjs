import assert from "node:assert/strict";
import { test } from "node:test";

import { readWhole } from "../../src/slackwater/web/room/static/room/grammar.js";

const FIELD = { label: "Heart rate", low: 1, high: 400 };

test("digits are a number, with spaces around them or not", () => {
  assert.equal(readWhole("76", FIELD).value, 76);
  assert.equal(readWhole(" 76 ", FIELD).value, 76);
});

test("nothing written is nothing, not zero", () => {
  assert.equal(readWhole("", FIELD).value, null);
});

for (const text of ["7,6", "7.6", "1e2", "+76", "-76", "076", "７６", "١٠", "7_6", "7 6", "NaN", "Infinity", "0", "401", "76 bpm"]) {
  test(`${text} is refused with a way to mend it`, () => {
    const { value, fault } = readWhole(text, FIELD);
    assert.equal(value, undefined);
    assert.match(fault, /^Heart rate: /);
  });
}
