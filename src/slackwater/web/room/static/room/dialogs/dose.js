/**
 * Giving the ordered dose. The server's yes is asked for and shown; without it nothing is authorised.
 *
 * A dose never waits in the queue. If no answer comes, nobody knows whether it was recorded: then this sheet says
 * not to give anything, and goes on asking under the same key, also after a reload, until it knows.
 */

import { part, write } from "../dom.js";
import { duration, mg } from "../words.js";
import { BoosterWord } from "./booster.js";
import { DoseCheck } from "./dose-check.js";
import { toldForm } from "./dose-told.js";
import { finding } from "./finding.js";
import { Sheet } from "./sheet.js";

const ASK_AGAIN_MS = 3_000;

export class DoseSheet {
  constructor({ recorder, model, wire, live, store, facts, clock, refresh }) {
    Object.assign(this, { recorder, model, wire, live, store, facts, refresh });
    this.sheet = new Sheet("dose");
    this.word = new BoosterWord({ root: this.sheet.root, wire, live, clock, timeZone: facts.time_zone });
    this.button = part("give", this.sheet.root);
    this.check = new DoseCheck({ root: this.sheet.root, wire, facts, clock, model, onChange: () => this.draw() });
    toldForm({ root: this.sheet.root, recorder, model, clock, facts, close: () => this.sheet.close() });
    this.asked = null;
    this.isAsking = false;
    this.sheet.form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.mayAsk) this.ask();
    });
    for (const kind of ["live", "silent"]) live.addEventListener(kind, () => this.draw());
    model.addEventListener("state", () => this.draw());
    store.readDraft("dose").then((kept) => kept && this.settle(JSON.parse(kept)));
  }

  open() {
    if (!this.isAsking) {
      this.asked = null;
      this.check.begin();
      this.show("", "");
    }
    this.sheet.open();
    this.draw();
    this.check.ready();
  }

  get isOffline() {
    return this.live.silent || !navigator.onLine;
  }

  get mayAsk() {
    const isAllowed = this.model.state.next_dose?.is_allowed && !this.asked && !this.isOffline;
    return Boolean(isAllowed && this.check.kept);
  }

  /**
   * Show what the server holds true of the next dose; nothing about it is worked out here. Once asked, the sheet
   * stays with the dose that was asked for: an answer must never stand beside another amount.
   */
  draw() {
    const { root } = this.sheet;
    const next = this.asked?.payload ?? this.model.state.next_dose;
    write(part("dose-what", root), next ? `${next.number === 2 ? "Booster" : "Dose"} ${mg(next.amount_ug)}` : "No dose is left in this order");
    write(part("dose-how", root), next ? this.how(next) : "");
    part("dose-findings", root).replaceChildren(...(this.asked ? [] : (next?.findings ?? [])).map(finding));
    part("dose-offline", root).hidden = !this.isOffline;
    this.check.show(Boolean(next) && !this.asked);
    this.word.show(this.sheet.root.open && !this.asked && next?.number === 2);
    this.button.hidden = Boolean(this.asked) || !next;
    this.button.disabled = !this.mayAsk;
    write(this.button, next ? `Ask, and record ${mg(this.check.kept?.amount_ug ?? next.amount_ug)} now` : "");
  }

  how(next) {
    const { route_names: routes, drugs } = this.facts;
    const over = next.duration_s ? ` over ${duration(next.duration_s)}` : "";
    return `${drugs[next.drug]} · ${routes[next.route]}${over}`;
  }

  async ask() {
    const { number, drug, route, duration_s } = this.model.state.next_dose;
    const { check, amount_ug } = this.check.kept;
    const entry = this.recorder.entry("dose", { number, drug, route, amount_ug, duration_s, check });
    await this.store.saveDraft("dose", JSON.stringify(entry));
    await this.settle(entry);
  }

  /** Put the question until there is an answer. Asking twice records once: the key is the same. */
  async settle(entry) {
    this.asked = entry;
    this.isAsking = true;
    this.draw();
    this.show("asking", "Asking the server. Don't give anything yet.");
    let answer = await this.put(entry);
    while (!answer) {
      this.show("unknown", "No answer. Don't give anything: whether it was recorded is not known. Still asking.");
      this.sheet.open();
      await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
      answer = await this.put(entry);
    }
    this.isAsking = false;
    this.check.spend();
    await this.store.saveDraft("dose", "");
    this.answered(answer);
    this.draw();
    this.refresh();
  }

  /** The answer, or null where there was none: a server that stumbled may have recorded it all the same. */
  async put(entry) {
    const answer = await this.wire.post([entry]).catch(() => null);
    return answer && answer.status < 500 ? answer : null;
  }

  answered({ status, body }) {
    const result = body?.results?.[0];
    if (result?.status === "saved") {
      this.model.add(result.entry);
      this.show("yes", `Yes. ${mg(result.entry.payload.amount_ug)} is recorded. Give it now.`);
    } else if (result?.status === "already") {
      // The answer to the first question was lost, so nobody here knows whether the syringe was emptied.
      this.show("unknown", "It was recorded earlier and counts as given. If it was not given, write a note and call the prescriber.");
    } else {
      const problems = result?.problems ?? body?.problems ?? [];
      const why = problems.map(({ message, mend }) => `${message} ${mend}`).join(" ");
      this.show("no", `No. Don't give it. ${why || `The server answered ${status}.`}`);
    }
  }

  show(state, words) {
    const panel = part("dose-answer", this.sheet.root);
    panel.dataset.state = state;
    panel.hidden = !words;
    write(panel, words);
  }
}
