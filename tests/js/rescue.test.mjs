import assert from "node:assert/strict";
import { test } from "node:test";

import { checklistFor, runs, underWay } from "../../src/slackwater/web/room/static/room/rescue.js";

const T0 = Date.UTC(2026, 10, 26, 9);
let sequence = 0;
const step = (minute, run, name, more = {}) => ({
  kind: "rescue_step",
  sequence: ++sequence,
  payload: { run, checklist: "airway", step: name, ...more },
  happened_at: new Date(T0 + minute * 60_000).toISOString(),
  by: { name: "Noor", role: "monitor" },
});

test("a run is under way from its beginning to its end", () => {
  const begun = [step(0, "a", "begun"), step(1, "a", "call")];
  assert.equal(underWay(begun).begunAt, T0);
  assert.deepEqual([...underWay(begun).done.keys()], ["call"]);
  assert.equal(underWay([...begun, step(2, "a", "ended", { outcome: "well" })]), null);
});

test("a step that is tapped on two tablets keeps its first time, in whatever order they came", () => {
  const [run] = runs([step(5, "a", "call"), step(2, "a", "call"), step(0, "a", "begun")]);
  assert.equal(run.done.get("call").at, T0 + 2 * 60_000);
});

test("of two runs that are under way the newer is shown, and both are kept", () => {
  const both = [step(0, "a", "begun"), step(3, "b", "begun")];
  assert.equal(underWay(both).run, "b");
  assert.equal(runs(both).length, 2);
});

test("an alarm leads to its checklist, and one without a checklist to none", () => {
  const lists = [{ key: "airway", conditions: ["saturation"] }];
  assert.equal(checklistFor(lists, "saturation").key, "airway");
  assert.equal(checklistFor(lists, "owed"), null);
});
