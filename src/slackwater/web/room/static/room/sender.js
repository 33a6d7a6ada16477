/**
 * Sends what waits, in order, until the server has answered for each entry.
 *
 * An entry leaves the device only on "saved" or "already". A refused one stays, with the reason, until a person
 * has looked at it. Each carries a key made here once, so that sending twice saves once.
 */

const BATCH = 25;
const SHORTEST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/* A stop and a no overtake everything that waits: they are what others act on. */
const FIRST = new Set(["stop", "said_no"]);

/* Troubles that trying again does not mend: somebody has to sign in. */
const FOR_A_PERSON = new Set(["signed-out", "somebody-else"]);

export class Sender extends EventTarget {
  /** post(entries) resolves to {status, body} or rejects when nothing was heard. */
  constructor({ store, post, now = () => Date.now(), locks = globalThis.navigator?.locks }) {
    super();
    this.store = store;
    this.post = post;
    this.now = now;
    this.locks = locks;
    this.items = [];
    this.trouble = null;
    this.tries = 0;
    this.timer = null;
    this.busy = false;
  }

  get waiting() {
    return this.items.filter((item) => !item.problems);
  }

  get refused() {
    return this.items.filter((item) => item.problems);
  }

  /** Take up what an earlier page, or another tab, left on this device. */
  async load() {
    const kept = await this.store.list();
    const known = new Set(kept.map((item) => item.entry.key));
    // What is here and not there is either still being written or sent by another tab: sending again is harmless.
    this.items = [...kept, ...this.items.filter((item) => !known.has(item.entry.key))].sort(inTurn);
    this.tell();
    this.kick();
  }

  /** Keep an entry and send it. Resolves once the device holds it, whatever the network does. */
  async add(entry) {
    const item = { entry, place: FIRST.has(entry.kind) ? -this.now() : this.now(), problems: null };
    while (this.items.some((other) => other.place === item.place)) item.place += 0.001;
    this.items = [...this.items, item].sort(inTurn);
    this.tell();
    try {
      await this.store.put(item);
    } catch (error) {
      this.dispatchEvent(new CustomEvent("unkept", { detail: error }));
    }
    this.kick();
  }

  /** A person has looked at a refused entry and lets it go. */
  async dismiss(key) {
    this.items = this.items.filter((item) => item.entry.key !== key);
    await this.store.remove(key);
    this.tell();
  }

  /** Try now: the network is back, the tablet woke, or something new waits. */
  kick() {
    clearTimeout(this.timer);
    this.tries = 0;
    return this.run();
  }

  async run() {
    if (this.busy) return;
    this.busy = true;
    try {
      // Two tabs of one person share the store; one sends at a time.
      await (this.locks ? this.locks.request("slackwater-send", () => this.drain()) : this.drain());
    } finally {
      this.busy = false;
    }
    if (this.waiting.length && !FOR_A_PERSON.has(this.trouble?.kind)) this.later();
  }

  async drain() {
    let size = BATCH;
    while (this.waiting.length) {
      const batch = this.waiting.slice(0, size);
      const answer = await this.post(batch.map((item) => item.entry)).catch(() => null);
      if (!answer) return this.trip({ kind: "offline" });
      if (answer.status === 200) {
        this.trip(null);
        await this.settle(answer.body);
      } else if (answer.status === 401 || answer.status === 403) {
        return this.trip({ kind: "signed-out" });
      } else if (answer.status === 409) {
        return this.trip({ kind: "somebody-else" });
      } else if (answer.status === 413 || answer.status === 422 || answer.status === 400) {
        // One bad entry must not hold up the good ones behind it.
        if (batch.length > 1) size = 1;
        else await this.refuse(batch[0], answer.body?.problems ?? [unexplained(answer.status)]);
      } else {
        return this.trip({ kind: "server", status: answer.status });
      }
    }
  }

  async settle({ results }) {
    for (const result of results) {
      const item = this.items.find((candidate) => candidate.entry.key === result.key);
      if (!item) continue;
      if (result.status === "refused") {
        await this.refuse(item, result.problems);
        continue;
      }
      this.items = this.items.filter((other) => other !== item);
      this.dispatchEvent(new CustomEvent("saved", { detail: result }));
      await this.store.remove(result.key);
    }
    this.tell();
  }

  async refuse(item, problems) {
    item.problems = problems;
    await this.store.put(item).catch(() => null);
    this.dispatchEvent(new CustomEvent("refused", { detail: item }));
    this.tell();
  }

  later() {
    const wait = Math.min(LONGEST_WAIT_MS, SHORTEST_WAIT_MS * 2 ** this.tries);
    this.tries += 1;
    // Spread out, so that a clinic's tablets don't all return in the same second.
    this.timer = setTimeout(() => this.run(), wait * (0.75 + Math.random() / 2));
  }

  trip(trouble) {
    if (trouble?.kind === this.trouble?.kind) return;
    this.trouble = trouble;
    this.tell();
  }

  tell() {
    this.dispatchEvent(new Event("change"));
  }
}

function inTurn(one, other) {
  return one.place - other.place;
}

function unexplained(status) {
  return {
    field: "entry",
    code: "refused",
    message: `The server refused this entry (${status}).`,
    mend: "Write it again, or on paper.",
  };
}
