/**
 * What the crowd says of the ordered booster: how much, how soon, with which chances. It is shown beside the rules'
 * yes or no and never stands for it. Without a connection, or once the log has moved on, it says that it is old.
 */

import { make, part, write } from "../dom.js";

const AGE_MS = 60_000;

export class BoosterWord {
  constructor({ root, wire, live, clock, timeZone }) {
    Object.assign(this, { wire, live, clock });
    this.panel = part("booster-says", root);
    this.found = null;
    this.asking = false;
    this.isOpen = false;
    this.time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone });
    live.addEventListener("forecast", () => this.isOpen && this.ask());
    for (const kind of ["offline", "online"]) globalThis.addEventListener(kind, () => this.isOpen && this.draw());
  }

  /** Shown while the booster is what is next, and not once it has been asked for. */
  show(isNext) {
    this.isOpen = isNext;
    this.panel.hidden = !isNext;
    if (!isNext) return;
    if (!this.found || this.isOld) this.ask();
    this.draw();
  }

  get isOld() {
    return this.found?.as_of && this.clock.room() - Date.parse(this.found.as_of) > AGE_MS;
  }

  async ask() {
    if (this.asking) return;
    this.asking = true;
    try {
      this.found = await this.wire.booster();
    } catch (error) {
      // What was said before stays, and says how old it is; a refusal replaces it, because it is newer.
      if (error.body?.problems) this.found = error.body;
      else this.failed = true;
    } finally {
      this.asking = false;
    }
    this.draw();
  }

  draw() {
    const { found } = this;
    const lines = found?.problems ? this.refused(found.problems) : found ? this.told(found) : [this.waiting()];
    part("booster-words", this.panel).replaceChildren(...lines);
    const isStale = Boolean(found) && (this.live.silent || !navigator.onLine || this.isOld);
    const stale = part("booster-stale", this.panel);
    stale.hidden = !isStale;
    if (isStale) write(stale, found.as_of ? `This was worked out at ${this.at(found.as_of)} and may no longer hold.` : "This may no longer hold.");
  }

  at(moment) {
    return this.time.format(new Date(moment));
  }

  waiting() {
    return make("p", {}, this.failed ? "The crowd has not answered. Go by the rules and the person." : "Asking the crowd.");
  }

  refused(problems) {
    return [make("p", {}, `The crowd cannot answer. ${problems.map(({ message, mend }) => `${message} ${mend}`).join(" ")}`)];
  }

  told({ answer, barred, caution, as_of: moment }) {
    if (!answer) return [make("p", {}, "No booster may be given any more.")];
    const earliest = answer.earliest_at ? `Earliest that keeps every limit: ${this.at(answer.earliest_at)}.` : "No moment of the window keeps every limit.";
    return [
      ...(barred ? [make("p", {}, make("strong", {}, "Not now: a rule bars it. What follows changes nothing about that."))] : []),
      make("p", {}, `${answer.sentence} ${earliest}`),
      ...(caution ? [make("p", {}, caution)] : []),
      ...(answer.missing ? [make("p", {}, answer.missing)] : []),
      this.table(answer),
      ...(answer.not_asked ? [make("p", { class: "dim small" }, answer.not_asked)] : []),
      make("p", { class: "small" }, `${answer.note} As of ${this.at(moment)}.`),
      make("p", { class: "dim small" }, answer.limits),
    ];
  }

  table({ chances, wish }) {
    const head = make("tr", {}, ...["", "without", "with all of it", "limit"].map((words) => make("th", { scope: "col" }, words)));
    const row = ({ words, without, limit }, last) =>
      make("tr", {}, make("th", { scope: "row" }, words), make("td", {}, without), make("td", {}, last), make("td", {}, limit));
    const rows = chances.map((one) => row({ ...one, limit: `at most ${one.limit}, ${one.whose}` }, one.keeps ? one.with : `${one.with}, over`));
    if (wish) rows.unshift(row({ ...wish, limit: `${wish.limit}, as wished` }, wish.keeps ? wish.with : `${wish.with}, under`));
    return make("table", {}, make("thead", {}, head), make("tbody", {}, ...rows));
  }
}
