/** What time it is in the room: the server's clock, and in a demonstration the clock that runs ahead of it. */

/* A device that slept, or whose clock was set, shows a gap between its two clocks. Then nothing here is believed
   until the server has been heard again. */
const LARGEST_GAP_MS = 2000;

export class RoomClock {
  /** wall and steady are the device's two clocks in milliseconds; tests hand in their own. */
  constructor({ wall = () => Date.now(), steady = () => performance.now() } = {}) {
    this.wall = wall;
    this.steady = steady;
    this.offset = 0;
    this.anchor = { room: 0, wall: 0, factor: 1 };
    this.synced = false;
    this.mark();
  }

  /** Believe the server: `server_time` as it answered, and where the room's clock stands, if that came too. */
  sync({ server_time, clock = null }) {
    this.offset = Date.parse(server_time) - this.wall();
    if (clock) {
      this.anchor = {
        room: Date.parse(clock.room),
        wall: Date.parse(clock.wall),
        factor: clock.factor,
      };
    }
    this.synced = true;
    this.mark();
  }

  mark() {
    this.seen = { wall: this.wall(), steady: this.steady() };
  }

  /** Whether the device slept or its clock was moved since the last look. */
  slipped() {
    const gap = this.wall() - this.seen.wall - (this.steady() - this.seen.steady);
    this.mark();
    return Math.abs(gap) > LARGEST_GAP_MS;
  }

  /** The server's time, ms since 1970. */
  server() {
    return this.wall() + this.offset;
  }

  /** The room's time, ms since 1970; the same as the server's everywhere but in a demonstration. */
  room() {
    if (!this.anchor.wall) return this.server();
    return this.anchor.room + (this.server() - this.anchor.wall) * this.anchor.factor;
  }
}

const MINUTE = 60_000;

/** Hours and minutes since `from`: 01:05, and before it -00:10. */
export function elapsed(at, from) {
  const minutes = Math.floor((at - from) / MINUTE);
  const sign = minutes < 0 ? "-" : "";
  const size = Math.abs(minutes);
  return `${sign}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** As `elapsed`, with seconds, for the one clock that is seen to run. */
export function running(at, from) {
  const seconds = Math.floor((at - from) / 1000);
  const sign = seconds < 0 ? "-" : "";
  const size = Math.abs(seconds);
  return `${sign}${two(Math.floor(size / 3600))}:${two(Math.floor(size / 60) % 60)}:${two(size % 60)}`;
}

/** A writer of wall-clock times in the clinic's own zone, whatever the tablet believes. */
export function wallClock(timeZone, { seconds = false } = {}) {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    hour: "2-digit",
    minute: "2-digit",
    ...(seconds && { second: "2-digit" }),
  });
  return (at) => format.format(new Date(at));
}

/** How old something is, in the fewest words that a glance needs. */
export function age(ms) {
  if (ms < 5_000) return "just now";
  if (ms < 60_000) return `${Math.floor(ms / 1000)} s ago`;
  return `${span(ms)} ago`;
}

/** A length of time in whole minutes, or hours and minutes. */
export function span(ms) {
  const minutes = Math.floor(Math.abs(ms) / MINUTE);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return rest ? `${Math.floor(minutes / 60)} h ${rest} min` : `${minutes / 60} h`;
}

function two(number) {
  return String(number).padStart(2, "0");
}
