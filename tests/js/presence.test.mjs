import assert from "node:assert/strict";
import { test } from "node:test";

import { here, leavesOpen, missing } from "../../src/slackwater/web/room/static/room/presence.js";

const T0 = Date.UTC(2026, 10, 26, 9);
let sequence = 0;
const entry = (minute, kind, payload, name = "Noor") => ({
  kind,
  sequence: ++sequence,
  payload,
  happened_at: new Date(T0 + minute * 60_000).toISOString(),
  by: { name, role: "monitor" },
});
const comes = (minute, who, place) => entry(minute, "came_in", { who, place }, `N${who}`);
const goes = (minute, who) => entry(minute, "went_out", { who, is_fact: 0 }, `N${who}`);
const dose = (minute) => entry(minute, "dose", { number: 1, duration_s: 0 });
const names = (entries) => here(entries).map(({ who, place }) => `${who} ${place}`);

test("whoever came in is here until they go out, and in one place at a time", () => {
  const entries = [comes(0, "1", "room"), comes(1, "2", "room"), comes(2, "1", "earshot"), goes(3, "2")];
  assert.deepEqual(names(entries), ["1 earshot"]);
});

test("comings count in the order in which they happened, not in which they came to this screen", () => {
  assert.deepEqual(names([goes(5, "1"), comes(0, "1", "room")]), []);
  assert.deepEqual(names([comes(5, "1", "room"), goes(0, "1")]), ["1 room"]);
});

test("nobody is here once the patient has left", () => {
  assert.deepEqual(names([comes(0, "1", "room"), entry(9, "left", {})]), []);
});

test("two are asked for, one of them in the room", () => {
  assert.equal(missing([]).length, 2);
  assert.equal(missing([{ place: "room" }]).length, 1);
  assert.equal(missing([{ place: "earshot" }, { place: "earshot" }]).length, 1);
  assert.deepEqual(missing([{ place: "room" }, { place: "earshot" }]), []);
  assert.deepEqual(missing([{ place: "room" }, { place: "room" }]), []);
});

test("going leaves something open only once drug is in, and only what was not open before", () => {
  const two = [comes(0, "1", "room"), comes(1, "2", "earshot")];
  assert.deepEqual(leavesOpen(two, "1", null), []);
  const dosed = [...two, dose(2)];
  assert.equal(leavesOpen(dosed, "1", null).length, 2);
  assert.equal(leavesOpen(dosed, "2", null).length, 1);
  assert.equal(leavesOpen(dosed, "1", "earshot").length, 1);
  assert.deepEqual(leavesOpen([...dosed, comes(3, "3", "room")], "1", null), []);
  assert.deepEqual(leavesOpen([comes(0, "1", "earshot"), dose(2)], "1", "room"), []);
});
