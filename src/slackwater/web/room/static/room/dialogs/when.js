/** When it happened: now, or some minutes ago. The time of writing is kept apart by the server. */

import { wallClock } from "../clock.js";
import { part, write } from "../dom.js";

const MINUTE = 60_000;
const LONGEST_MIN = 240;

export class When {
  constructor(root, { clock, facts }) {
    this.root = part("when", root);
    this.clock = clock;
    this.show = wallClock(facts.time_zone);
    this.other = this.root.querySelector("input[inputmode]");
    this.root.addEventListener("input", (event) => this.changed(event.target));
    this.reset();
    setInterval(() => root.open && this.tell(), 1000);
  }

  /** A new entry is of this moment until somebody says otherwise. */
  reset() {
    this.root.querySelector("input[value='0']").checked = true;
    this.other.value = "";
    this.tell();
  }

  /* What is typed and what is chosen exclude each other; nothing at all means now. */
  changed(input) {
    if (input !== this.other) this.other.value = "";
    else if (!input.value) this.root.querySelector("input[value='0']").checked = true;
    for (const radio of this.root.querySelectorAll("input[type=radio]")) radio.checked &&= !this.other.value;
    this.tell();
  }

  get minutes() {
    const radio = this.root.querySelector("input[type=radio]:checked");
    const text = radio ? radio.value : this.other.value.trim();
    return /^(0|[1-9][0-9]{0,2})$/.test(text) ? Math.min(Number(text), LONGEST_MIN) : 0;
  }

  /** The moment, ms, in the room's time. */
  at() {
    return this.clock.room() - this.minutes * MINUTE;
  }

  tell() {
    write(part("when-says", this.root), this.minutes ? `at ${this.show(this.at())}` : `now, ${this.show(this.at())}`);
  }
}
