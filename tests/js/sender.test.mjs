import assert from "node:assert/strict";
import { test } from "node:test";

import { Sender } from "../../src/slackwater/web/room/static/room/sender.js";
import { PassingStore } from "../../src/slackwater/web/room/static/room/store.js";

const entry = (key, kind = "rating") => ({ key, kind, payload: {}, happened_at: "2026-11-14T14:00:00.000Z" });

/** A server that remembers keys, and a network that can be cut before or after it has heard. */
function world() {
  const server = { kept: new Map(), sent: [], isCut: false, losesAnswers: false, refuses: new Set() };
  const post = async (entries) => {
    if (server.isCut) throw new TypeError("no network");
    server.sent.push(entries.map(({ key }) => key));
    const results = entries.map((one) => {
      if (server.refuses.has(one.key)) {
        return { key: one.key, status: "refused", entry: null, problems: [{ message: "No.", mend: "Write again." }] };
      }
      const status = server.kept.has(one.key) ? "already" : "saved";
      if (status === "saved") server.kept.set(one.key, { ...one, sequence: server.kept.size + 1 });
      return { key: one.key, status, entry: server.kept.get(one.key), problems: [] };
    });
    if (server.losesAnswers) throw new TypeError("the answer was lost");
    return { status: 200, body: { results } };
  };
  let time = 0;
  const store = new PassingStore();
  const make = () => new Sender({ store, post, now: () => (time += 1), locks: null });
  return { server, store, make };
}

async function idle(sender) {
  clearTimeout(sender.timer);
  while (sender.busy) await new Promise((resolve) => setTimeout(resolve, 1));
  clearTimeout(sender.timer);
}

test("what is written while offline arrives once, in order, when the network is back", async () => {
  const { server, make } = world();
  const sender = make();
  server.isCut = true;
  for (const key of ["a", "b", "c"]) await sender.add(entry(key));
  await idle(sender);
  assert.equal(sender.waiting.length, 3);
  assert.equal(sender.trouble.kind, "offline");
  server.isCut = false;
  await sender.kick();
  assert.deepEqual([...server.kept.keys()], ["a", "b", "c"]);
  assert.equal(sender.waiting.length, 0);
  assert.equal(sender.trouble, null);
});

test("an answer that was lost makes no second entry", async () => {
  const { server, store, make } = world();
  const sender = make();
  server.losesAnswers = true;
  await sender.add(entry("a"));
  await idle(sender);
  assert.equal((await store.list()).length, 1);
  server.losesAnswers = false;
  await sender.kick();
  assert.equal(server.kept.size, 1);
  assert.equal((await store.list()).length, 0);
});

test("another page takes up what this one left", async () => {
  const { server, make } = world();
  server.isCut = true;
  const before = make();
  await before.add(entry("a"));
  await idle(before);
  server.isCut = false;
  const after = make();
  await after.load();
  await idle(after);
  assert.deepEqual([...server.kept.keys()], ["a"]);
});

test("a stop overtakes everything that waits", async () => {
  const { server, make } = world();
  const sender = make();
  server.isCut = true;
  await sender.add(entry("a"));
  await sender.add(entry("b", "stop"));
  await idle(sender);
  server.isCut = false;
  await sender.kick();
  assert.deepEqual([...server.kept.keys()], ["b", "a"]);
});

test("a refused entry stays in the tray with its reason, and holds up nothing", async () => {
  const { server, store, make } = world();
  const sender = make();
  server.isCut = true;
  for (const key of ["a", "b", "c"]) await sender.add(entry(key));
  await idle(sender);
  server.isCut = false;
  server.refuses.add("b");
  await sender.kick();
  assert.deepEqual([...server.kept.keys()], ["a", "c"]);
  assert.deepEqual(sender.refused.map((item) => item.problems[0].message), ["No."]);
  assert.equal((await store.list()).length, 1);
  await sender.dismiss("b");
  assert.equal((await store.list()).length, 0);
});

test("one entry that the server cannot read does not take the others down with it", async () => {
  const { store } = world();
  const kept = [];
  const post = async (entries) => {
    if (entries.some(({ key }) => key === "bad")) return { status: 422, body: { problems: [{ message: "Unreadable.", mend: "" }] } };
    kept.push(...entries.map(({ key }) => key));
    return { status: 200, body: { results: entries.map(({ key }) => ({ key, status: "saved", entry: null, problems: [] })) } };
  };
  const sender = new Sender({ store, post, locks: null });
  sender.post = async () => {
    throw new TypeError("no network");
  };
  for (const key of ["a", "bad", "c"]) await sender.add(entry(key));
  await idle(sender);
  sender.post = post;
  await sender.kick();
  assert.deepEqual(kept, ["a", "c"]);
  assert.equal(sender.refused[0].entry.key, "bad");
});

test("signed out, everything is kept and nothing is tried until somebody signs in", async () => {
  const { store } = world();
  const sender = new Sender({ store, post: async () => ({ status: 401, body: null }), locks: null });
  await sender.add(entry("a"));
  await idle(sender);
  assert.equal(sender.trouble.kind, "signed-out");
  assert.equal(sender.waiting.length, 1);
});
