/** The stream of what happens in the room, and the knowledge of when it has gone silent. */

/* The server pings every 5 s. After 10 s the screen must say that it is not live (reliability H19). */
export const SILENCE_MS = 10_000;
const LOOK_MS = 1_000;
const RETRY_MS = 3_000;

export class Live extends EventTarget {
  /** after() gives the last sequence seen; make and now are handed in by tests. */
  constructor({ url, session, after, make = (address) => new EventSource(address), now = () => performance.now() }) {
    super();
    this.address = (sequence) => `${url}?session=${session}&after=${sequence}`;
    this.after = after;
    this.make = make;
    this.now = now;
    this.heard = now();
    this.silent = false;
    this.started = 0;
    this.source = null;
  }

  start() {
    this.connect();
    this.watch = setInterval(() => this.look(), LOOK_MS);
    document.addEventListener("visibilitychange", () => document.hidden || this.look());
    globalThis.addEventListener("online", () => this.reconnect());
    globalThis.addEventListener("pagehide", () => this.source?.close());
    globalThis.addEventListener("pageshow", (event) => event.persisted && this.reconnect());
  }

  connect() {
    this.source?.close();
    this.started = this.now();
    const source = this.make(this.address(this.after()));
    this.source = source;
    source.addEventListener("open", () => this.alive());
    for (const kind of ["entry", "forecast", "clock", "ping", "ended"]) {
      source.addEventListener(kind, (event) => {
        this.alive();
        this.dispatchEvent(new CustomEvent(kind, { detail: JSON.parse(event.data) }));
      });
    }
  }

  /** Open afresh, unless that was only just done. */
  reconnect() {
    if (this.now() - this.started > RETRY_MS) this.connect();
  }

  alive() {
    this.heard = this.now();
    if (!this.silent) return;
    this.silent = false;
    this.dispatchEvent(new Event("live"));
  }

  look() {
    const quiet = this.now() - this.heard;
    if (quiet > SILENCE_MS && !this.silent) {
      this.silent = true;
      this.dispatchEvent(new Event("silent"));
    }
    // The browser's own retry gives up for good on an error page and hangs on a half-dead connection.
    if (quiet > SILENCE_MS || this.source.readyState === 2) this.reconnect();
  }
}
