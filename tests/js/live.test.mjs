import assert from "node:assert/strict";
import { test } from "node:test";

import { Live, SILENCE_MS } from "../../src/slackwater/web/room/static/room/live.js";

function stream() {
  const made = [];
  const time = { now: 0 };
  const make = (address) => {
    const source = new EventTarget();
    Object.assign(source, { address, readyState: 1, close: () => (source.readyState = 2) });
    made.push(source);
    return source;
  };
  let last = 4;
  const live = new Live({ url: "/stream", session: "s", after: () => last, make, now: () => time.now });
  live.connect();
  const say = (kind, data) => made.at(-1).dispatchEvent(Object.assign(new Event(kind), { data: JSON.stringify(data) }));
  const told = [];
  for (const kind of ["silent", "live", "entry"]) live.addEventListener(kind, () => told.push(kind));
  return { live, made, time, say, told, seen: (sequence) => (last = sequence) };
}

test("ten seconds without a sign of life is silence, and the next sign ends it", () => {
  const { live, time, say, told } = stream();
  say("ping", {});
  time.now = SILENCE_MS;
  live.look();
  assert.deepEqual(told, []);
  time.now = SILENCE_MS + 1;
  live.look();
  assert.deepEqual(told, ["silent"]);
  say("ping", {});
  assert.deepEqual(told, ["silent", "live"]);
});

test("a new connection asks for what came after the last entry seen", () => {
  const { live, made, time, seen } = stream();
  seen(9);
  time.now = SILENCE_MS + 5_000;
  live.look();
  assert.match(made.at(-1).address, /after=9$/);
});

test("a stream that the browser gave up is opened again", () => {
  const { live, made, time } = stream();
  made[0].readyState = 2;
  time.now = 4_000;
  live.look();
  assert.equal(made.length, 2);
});
