import assert from "node:assert/strict";
import { test } from "node:test";

import { isWaiting, shown } from "../../src/slackwater/web/room/static/room/signals.js";
import { beeps, line, sounds } from "../../src/slackwater/web/shared/static/shared/elsewhere.js";

const alarm = (more) => ({ condition: "saturation", level: "medium", stands: "raised", useful: null, raised_at: "a", ...more });

test("everything that stands is shown, and of what is over the last few that nobody scored", () => {
  const over = [1, 2, 3, 4, 5].map((one) => alarm({ stands: "over", raised_at: `${one}` }));
  const list = shown([alarm({}), ...over, alarm({ stands: "over", useful: true })]);
  assert.deepEqual(list.map(({ stands }) => stands), ["raised", "over", "over", "over", "over"]);
});

test("a tap that was not sent yet says so, for this alarm and no other", () => {
  const seen = [{ kind: "alarm_seen", payload: { condition: "saturation" } }];
  assert.equal(isWaiting(seen, "alarm_seen", alarm({})), true);
  assert.equal(isWaiting(seen, "alarm_seen", alarm({ condition: "pressure" })), false);
  const scored = [{ kind: "alarm_scored", payload: { condition: "saturation", raised_at: "a", useful: 1 } }];
  assert.equal(isWaiting(scored, "alarm_scored", alarm({})), true);
  assert.equal(isWaiting(scored, "alarm_scored", alarm({ raised_at: "b" })), false);
});

test("the highest alarm that is still so is the one that sounds; what is over is silent", () => {
  assert.equal(beeps([]), 0);
  assert.equal(beeps([alarm({ stands: "unseen", level: "high" })]), 0);
  assert.equal(beeps([alarm({ level: "low" }), alarm({ level: "high" })]), 5);
  assert.equal(beeps([alarm({})]), 3);
});

test("an alarm elsewhere names its room and initials, its rank in words, and whether it is over", () => {
  const one = alarm({ level: "high", room: "Harbour room", who: "R. S.", sentence: "Oxygen saturation 89" });
  assert.equal(line(one), "▲▲▲ High. Harbour room, R. S.: Oxygen saturation 89.");
  assert.match(line({ ...one, stands: "unseen" }), /over now and not yet seen/);
});

test("an alarm sounds at once when it is new, and again every five seconds while it lasts", () => {
  const now = 1_000_000;
  assert.equal(sounds({ hasChanged: true, now, last: now - 1 }), true);
  assert.equal(sounds({ hasChanged: false, now, last: now - 4_999 }), false);
  assert.equal(sounds({ hasChanged: false, now, last: now - 5_000 }), true);
});
