/** The one time axis that all charts share: minutes since the first dose, written as elapsed or as clock time. */

import { elapsed, wallClock } from "./clock.js";

const MINUTE = 60_000;
const BEFORE_MIN = 12;
const LEAST_TO_MIN = 120;
const AHEAD_MIN = 30;
const LABEL_PX = 62;
const STEPS_MIN = [5, 10, 15, 30, 60, 120, 240];

export class Timeline extends EventTarget {
  constructor({ model, clock, timeZone }) {
    super();
    this.model = model;
    this.clock = clock;
    this.write = wallClock(timeZone);
    this.mode = "elapsed";
  }

  /** Minute 0, ms: the first dose, or this moment while the dose is only planned. */
  get zero() {
    return this.model.firstDoseAt ?? this.clock.room();
  }

  get now() {
    return this.minutes(this.clock.room());
  }

  /** Where what has happened ends and what is expected begins; the visit is over once the patient has left. */
  get end() {
    const { left } = this.model;
    return left ? this.minutes(Date.parse(left.happened_at)) : this.now;
  }

  minutes(ms) {
    return (ms - this.zero) / MINUTE;
  }

  /** What the charts show: a little before the dose, to some time after recovery is expected. */
  get range() {
    const times = this.model.forecast?.recovered?.times;
    const recovered = times?.p90 ?? 0;
    const to = Math.max(LEAST_TO_MIN, this.end + AHEAD_MIN, recovered + AHEAD_MIN);
    return [-BEFORE_MIN, Math.ceil(to / 30) * 30];
  }

  show(mode) {
    this.mode = mode;
    this.dispatchEvent(new Event("change"));
  }

  /** A minute of the axis in words of the chosen mode. */
  label(minute) {
    const ms = this.zero + minute * MINUTE;
    return this.mode === "clock" ? this.write(ms) : elapsed(ms, this.zero);
  }

  /** A moment in words of the chosen mode. */
  at(ms) {
    return this.mode === "clock" ? this.write(ms) : elapsed(ms, this.zero);
  }

  /** Where the axis has its ticks: round minutes since the dose, or round times of day. */
  ticks(from, to, pixels) {
    const room = Math.max(2, Math.floor(pixels / LABEL_PX));
    const step = STEPS_MIN.find((size) => (to - from) / size <= room) ?? STEPS_MIN.at(-1);
    const shift = this.mode === "clock" ? (this.zero / MINUTE) % step : 0;
    const ticks = [];
    for (let tick = Math.ceil((from + shift) / step) * step - shift; tick <= to; tick += step) ticks.push(tick);
    return ticks;
  }
}
