import assert from "node:assert/strict";
import { test } from "node:test";

import { age, elapsed, RoomClock, running, span, wallClock } from "../../src/slackwater/web/room/static/room/clock.js";

const SECOND = 1000;
const MINUTE = 60 * SECOND;

function device(start) {
  const clocks = { wall: start, steady: 0 };
  const clock = new RoomClock({ wall: () => clocks.wall, steady: () => clocks.steady });
  const pass = (ms) => {
    clocks.wall += ms;
    clocks.steady += ms;
  };
  return { clock, clocks, pass };
}

test("a tablet whose clock is wrong still shows the server's time", () => {
  const { clock, pass } = device(Date.UTC(1970, 0, 1));
  clock.sync({ server_time: "2026-11-14T14:02:00.000Z" });
  pass(90 * SECOND);
  assert.equal(new Date(clock.room()).toISOString(), "2026-11-14T14:03:30.000Z");
});

test("a demonstration's clock runs ahead by its factor from its anchor", () => {
  const { clock, pass } = device(Date.UTC(2026, 10, 14, 14));
  const anchor = { room: "2026-11-14T09:00:00.000Z", wall: "2026-11-14T14:00:00.000Z", factor: 60 };
  clock.sync({ server_time: "2026-11-14T14:00:00.000Z", clock: anchor });
  pass(10 * SECOND);
  assert.equal(new Date(clock.room()).toISOString(), "2026-11-14T09:10:00.000Z");
});

test("a device that slept is noticed once, and one that did not is not", () => {
  const { clock, clocks, pass } = device(0);
  pass(5 * SECOND);
  assert.equal(clock.slipped(), false);
  clocks.wall += 10 * MINUTE;
  assert.equal(clock.slipped(), true);
  assert.equal(clock.slipped(), false);
});

test("a clock that is set back is noticed too", () => {
  const { clock, clocks } = device(10 * MINUTE);
  clocks.wall -= 5 * MINUTE;
  assert.equal(clock.slipped(), true);
});

test("elapsed time counts back before the dose and on after it", () => {
  assert.equal(elapsed(65 * MINUTE, 0), "01:05");
  assert.equal(elapsed(-10 * MINUTE, 0), "-00:10");
  assert.equal(running(61 * MINUTE + 5 * SECOND, 0), "01:01:05");
});

test("ages and spans are whole and short", () => {
  assert.equal(age(2 * SECOND), "just now");
  assert.equal(age(59 * SECOND), "59 s ago");
  assert.equal(age(61 * SECOND), "1 min ago");
  assert.equal(span(100 * MINUTE), "1 h 40 min");
  assert.equal(span(120 * MINUTE), "2 h");
});

test("the two half past ones of an autumn night are told apart by their moments, and shown in the clinic's zone", () => {
  const show = wallClock("Europe/London");
  const first = Date.UTC(2026, 9, 25, 0, 30);
  const second = Date.UTC(2026, 9, 25, 1, 30);
  assert.equal(show(first), "01:30");
  assert.equal(show(second), "01:30");
  assert.equal(elapsed(second, first), "01:00");
});
