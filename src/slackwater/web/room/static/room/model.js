/** What this screen knows: entries the server has, entries that wait here, the server's reading of both. */

import { standing } from "./fold.js";

export class RoomModel extends EventTarget {
  constructor({ facts, clock }) {
    super();
    this.clock = clock;
    this.saved = new Map(facts.state.entries.map((entry) => [entry.sequence, entry]));
    this.waiting = [];
    this.state = facts.state;
    this.forecast = facts.forecast ?? null;
    this.merged = null;
  }

  /** The newest sequence that arrived without a gap before it is not needed: the stream sends them in order. */
  get last() {
    return Math.max(0, ...this.saved.keys());
  }

  /** Everything, as the log has it, with what waits on this device at the end. */
  get entries() {
    this.merged ??= [...this.saved.values(), ...this.waiting].sort(byArrival);
    return this.merged;
  }

  /** An entry from the stream or from an answer. Says whether it was news. */
  add(entry) {
    if (this.saved.has(entry.sequence)) return false;
    this.saved.set(entry.sequence, entry);
    this.waiting = this.waiting.filter((other) => other.key !== entry.key);
    this.tell("entries", entry);
    return true;
  }

  has(key) {
    return [...this.saved.values()].some((entry) => entry.key === key);
  }

  setWaiting(entries) {
    this.waiting = entries.filter((entry) => !this.has(entry.key));
    this.tell("entries");
  }

  setState(state) {
    for (const entry of state.entries) {
      if (!this.saved.has(entry.sequence)) this.saved.set(entry.sequence, entry);
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
