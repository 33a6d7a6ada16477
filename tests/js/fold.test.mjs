import assert from "node:assert/strict";
import { test } from "node:test";

import { doses, happened, latest, standing } from "../../src/slackwater/web/room/static/room/fold.js";
import { mg, readings, sentence } from "../../src/slackwater/web/room/static/room/words.js";

const T0 = Date.UTC(2026, 10, 14, 14);
let sequence = 0;
const entry = (kind, payload, minute) => ({
  sequence: (sequence += 1),
  kind,
  payload,
  happened_at: new Date(T0 + minute * 60_000).toISOString(),
  by: { name: "Noor", role: "monitor" },
});
const vitals = (minute, code, tenths, quality = "ok") =>
  entry("vitals", { source: "hand", readings: [{ code, tenths, quality }] }, minute);

test("a struck rating is no rating, but stays in the log", () => {
  const wrong = entry("rating", { depth: 1 }, 5);
  const entries = [wrong, entry("rating", { depth: 6 }, 6), entry("struck", { sequence: wrong.sequence, reason: "typed" }, 7)];
  assert.deepEqual(standing(entries, "rating").map((each) => each.payload.depth), [6]);
  assert.equal(happened(entries).length, 2);
});

test("entries stand in the order in which they happened, not in which they came", () => {
  const entries = [entry("rating", { depth: 6 }, 20), entry("rating", { depth: 4 }, 10)];
  assert.deepEqual(standing(entries, "rating").map((each) => each.payload.depth), [4, 6]);
});

test("what is not a reading is never the value shown, and the last true one keeps its age", () => {
  const entries = [vitals(1, "spo2", 970), vitals(2, "spo2", 0, "disconnected")];
  const { last, good } = latest(entries, "spo2");
  assert.equal(last.quality, "disconnected");
  assert.equal(good.value, 97);
  assert.equal(good.at, T0 + 60_000);
});

test("a stop ends a running infusion there and touches no finished one", () => {
  const first = entry("dose", { number: 1, amount_ug: 35000, duration_s: 600 }, 0);
  const second = entry("dose", { number: 2, amount_ug: 10000, duration_s: 2400 }, 20);
  const [done, cut] = doses([first, second, entry("stop", { reason: "" }, 30)]);
  assert.equal(done.until, T0 + 10 * 60_000);
  assert.equal(cut.until, T0 + 30 * 60_000);
});

test("amounts have no trailing zero", () => {
  assert.equal(mg(35000), "35 mg");
  assert.equal(mg(35500), "35.5 mg");
  assert.equal(mg(125), "0.125 mg");
});

test("both pressures are one reading, and artefacts are words", () => {
  const both = [
    { code: "sbp", tenths: 1420, quality: "ok" },
    { code: "dbp", tenths: 880, quality: "ok" },
    { code: "hr", tenths: 2770, quality: "artefact" },
  ];
  assert.equal(readings(both), "142/88 mmHg · Heart rate: artefact, not shown");
});

test("what somebody wrote is passed on as it is", () => {
  const note = entry("note", { text: "<img src=x onerror=alert(1)>" }, 1);
  assert.deepEqual(sentence(note, {}), ["<img src=x onerror=alert(1)>", ""]);
});
