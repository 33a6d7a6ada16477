/**
 * Giving the ordered dose. The server's yes is asked for and shown; without it nothing is authorised.
 *
 * A dose never waits in the queue. If no answer comes, nobody knows whether it was recorded: then this sheet says
 * not to give anything, and goes on asking under the same key, also after a reload, until it knows.
 */

import { part, write } from "../dom.js";
import { duration, mg } from "../words.js";
import { Sheet } from "./sheet.js";

const ASK_AGAIN_MS = 3_000;

export class DoseSheet {
  constructor({ recorder, model, wire, live, store, facts, refresh }) {
    Object.assign(this, { recorder, model, wire, live, store, facts, refresh });
    this.sheet = new Sheet("dose");
    this.button = part("give", this.sheet.root);
    this.boxes = [...this.sheet.form.querySelectorAll("input[type=checkbox]")];
    this.question = null;
    this.sheet.form.addEventListener("change", () => this.draw());
    this.sheet.form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.mayAsk()) this.ask();
    });
    store.readDraft("dose").then((kept) => kept && this.settle(JSON.parse(kept)));
  }

  open() {
    if (!this.question) {
      for (const box of this.boxes) box.checked = false;
      this.show("", "");
    }
    this.draw();
    this.sheet.open();
  }

  get next() {
    return this.model.state.next_dose;
  }

  mayAsk() {
    const isOffline = this.live.silent || !navigator.onLine;
    return Boolean(this.next?.is_allowed && !isOffline && !this.question && this.boxes.every((box) => box.checked));
  }

  /** Show what the server holds true of the next dose; nothing about it is worked out here. */
  draw() {
    const { next } = this;
    const isOffline = this.live.silent || !navigator.onLine;
    write(part("dose-what", this.sheet.root), next ? `${next.number === 2 ? "Booster" : "Dose"} ${mg(next.amount_ug)}` : "No dose is left in this order");
    write(part("dose-how", this.sheet.root), next ? this.how(next) : "");
    const list = part("dose-findings", this.sheet.root);
    list.replaceChildren(...(next?.findings ?? []).map(finding));
    part("dose-offline", this.sheet.root).hidden = !isOffline;
    this.button.disabled = !this.mayAsk();
    write(this.button, next ? `Ask, and record ${mg(next.amount_ug)} now` : "No dose left");
  }

  how(next) {
    const { route_names: routes, drugs } = this.facts;
    const over = next.duration_s ? ` over ${duration(next.duration_s)}` : "";
    return `${drugs[next.drug]} · ${routes[next.route]}${over}`;
  }

  async ask() {
    const { number, drug, route, amount_ug, duration_s } = this.next;
    const entry = this.recorder.entry("dose", { number, drug, route, amount_ug, duration_s });
    await this.store.saveDraft("dose", JSON.stringify(entry));
    await this.settle(entry);
  }

  /** Put the question until there is an answer. Asking twice records once: the key is the same. */
  async settle(entry) {
    this.question = entry;
    this.draw();
    this.show("asking", "Asking the server. Don't give anything yet.");
    for (let tries = 1; ; tries += 1) {
      const answer = await this.wire.post([entry]).catch(() => null);
      if (answer) return this.answered(answer);
      this.show("unknown", "No answer. Don't give anything: whether it was recorded is not known. Still asking.");
      if (!this.sheet.root.open && tries === 1) this.sheet.open();
      await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
    }
  }

  async answered({ status, body }) {
    const result = body?.results?.[0];
    this.question = null;
    await this.store.saveDraft("dose", "");
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
    for (const box of this.boxes) box.checked = false;
    this.draw();
    this.refresh();
  }

  show(state, words) {
    const panel = part("dose-answer", this.sheet.root);
    panel.dataset.state = state;
    panel.hidden = !words;
    write(panel, words);
  }
}

function finding({ id, severity, sentence, source }) {
  const item = document.createElement("li");
  item.className = `finding ${severity}`;
  item.title = source;
  const word = document.createElement("span");
  word.className = "word";
  word.textContent = WORDS[severity] ?? severity;
  const says = document.createElement("span");
  says.append(word, ` ${sentence} `, Object.assign(document.createElement("span"), { className: "id", textContent: id }));
  const shape = Object.assign(document.createElement("span"), { className: "shape", textContent: SHAPES[severity] ?? "?" });
  shape.setAttribute("aria-hidden", "true");
  item.append(shape, says);
  return item;
}

const WORDS = { stop: "No.", warn: "Look.", unknown: "Not known.", note: "Note." };
const SHAPES = { stop: "✕", warn: "▲", unknown: "?", note: "i" };
