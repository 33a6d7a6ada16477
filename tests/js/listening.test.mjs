import assert from "node:assert/strict";
import { test } from "node:test";

import { listening, said } from "../../src/slackwater/web/room/static/room/listening.js";

const SIGNS = [
  { sign: "rating", at_opening: true },
  { sign: "heart_rate", at_opening: false },
];
const T0 = Date.UTC(2026, 10, 26, 9);
const turned = (sign, on, minute, more = {}) => ({
  kind: "listening",
  sequence: 1 + minute,
  payload: { sign, on, reason: more.reason ?? "" },
  happened_at: new Date(T0 + minute * 60_000).toISOString(),
  by: { name: "Noor", role: "monitor" },
  ...more.entry,
});
const show = (ms) => new Date(ms).toISOString().slice(11, 16);

test("a sign that nobody switched is as the room was opened", () => {
  const heard = listening([], SIGNS);
  assert.deepEqual(heard.get("rating"), { on: true, entry: null });
  assert.equal(said(heard.get("heart_rate"), show), "Off since the room was opened.");
});

test("the switch that happened last counts, in whatever order they came", () => {
  const entries = [turned("rating", 1, 9), turned("rating", 0, 4, { reason: "sleepy" })];
  assert.equal(listening(entries, SIGNS).get("rating").on, true);
  assert.equal(listening(entries.slice(1), SIGNS).get("rating").on, false);
});

test("who, when and why are said, and that it still waits", () => {
  const kept = listening([turned("rating", 0, 4, { reason: "sleepy" })], SIGNS).get("rating");
  assert.equal(said(kept, show), "Switched off at 09:04 by Noor: sleepy.");
  const waiting = { ...turned("rating", 0, 4), sequence: undefined };
  assert.match(said(listening([waiting], SIGNS).get("rating"), show), /Waiting to be sent\.$/);
});
