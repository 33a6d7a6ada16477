/** What this screen knows: entries the server has, entries that wait here, the server's reading of both. */

import { standing } from "./fold.js";

export class RoomModel extends EventTarget {
  constructor({ facts, clock }) {
    super();
    this.clock = clock;
    this.saved = new Map();
    this.keys = new Set();
    this.waiting = [];
    this.state = facts.state;
    // What the page brought with it is no news to whoever opened it.
    this.brought = new Set(facts.state.entries.map(({ key }) => key));
    // Undefined until the crowd has been asked, null where it could not answer.
    this.forecast = undefined;
    this.merged = null;
    this.last = 0;
    facts.state.entries.forEach((entry) => this.keep(entry));
  }

  /**
   * `last` is the newest sequence with nothing missing before it: an answer to what was written here may overtake
   * what others wrote, and whoever asked from there on would never hear of theirs.
   */
  keep(entry) {
    this.saved.set(entry.sequence, entry);
    this.keys.add(entry.key);
    while (this.saved.has(this.last + 1)) this.last += 1;
  }

  /** Everything, as the log has it, with what waits on this device at the end. */
  get entries() {
    this.merged ??= [...this.saved.values(), ...this.waiting].sort(byArrival);
    return this.merged;
  }

  /** An entry from the stream or from an answer. Says whether it was news. */
  add(entry) {
    if (this.saved.has(entry.sequence)) return false;
    this.keep(entry);
    this.waiting = this.waiting.filter((other) => other.key !== entry.key);
    this.tell("entries", entry);
    return true;
  }

  setWaiting(entries) {
    this.waiting = entries.filter((entry) => !this.keys.has(entry.key));
    this.tell("entries");
  }

  setState(state) {
    for (const entry of state.entries) {
      if (!this.saved.has(entry.sequence)) this.keep(entry);
    }
    this.state = state;
    this.tell("entries");
    this.tell("state");
  }

  setForecast(forecast) {
    this.forecast = forecast;
    this.tell("forecast");
  }

  /** When the first dose was given, ms, or null before it. */
  get firstDoseAt() {
    const [first] = standing(this.entries, "dose");
    return first ? Date.parse(first.happened_at) : null;
  }

  get stopped() {
    return standing(this.entries, "stop")[0] ?? null;
  }

  get left() {
    return standing(this.entries, "left")[0] ?? null;
  }

  tell(kind, detail = null) {
    if (kind === "entries") this.merged = null;
    this.dispatchEvent(new CustomEvent(kind, { detail }));
  }
}

function byArrival(one, other) {
  return (one.sequence ?? Number.MAX_SAFE_INTEGER) - (other.sequence ?? Number.MAX_SAFE_INTEGER);
}
