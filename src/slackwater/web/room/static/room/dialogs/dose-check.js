/**
 * The check by two people, in order: scan, read the syringe, ask the patient, the second person confirms.
 *
 * What the code says, whether it matches and every sum come from the server; nothing is worked out here. A check
 * holds for a few minutes, then it has to be made again. A password is kept nowhere and leaves the page once.
 */

import { make, part, write } from "../dom.js";
import { newKey } from "../record.js";
import { camera } from "./dose-camera.js";
import { finding } from "./finding.js";

const MG = 1000;

export class DoseCheck {
  constructor({ root, wire, facts, clock, model, onChange }) {
    Object.assign(this, { root: part("check", root), wire, facts, clock, model, onChange });
    this.field = Object.fromEntries(
      ["code", "amount", "again", "volume", "pump-volume", "pump-rate", "second", "password"].map((name) => [name, part(`check-${name}`, this.root)]),
    );
    this.boxes = [...this.root.querySelectorAll("input[type=checkbox]")];
    this.made = null;
    part("check-look", this.root).addEventListener("click", () => this.look());
    part("check-keep", this.root).addEventListener("click", () => this.keep());
    this.root.addEventListener("keydown", (event) => this.entered(event));
    this.root.addEventListener("click", ({ target }) => this.tapped(target.closest("button")));
    this.root.closest("dialog").addEventListener("keydown", (event) => this.typed(event));
    // Whatever is changed after the two have confirmed is something that they have not confirmed.
    this.root.addEventListener("input", () => this.undo());
    for (const name of ["amount", "again"]) this.field[name].addEventListener("change", () => this.seen?.is_right && this.look());
    camera({ root: this.root, onCode: (code) => this.scanned(code) });
    setInterval(() => this.made && !this.kept && this.lapse(), 1000);
  }

  get next() {
    return this.model.state.next_dose;
  }

  /** The check, while it holds. */
  get kept() {
    return this.made && performance.now() < this.made.until && this.made.number === this.next?.number ? this.made : null;
  }

  /** A sheet that opens asks for everything anew, unless two people have just confirmed it. */
  begin() {
    if (this.kept) return;
    this.made = null;
    this.seen = null;
    this.code = "";
    this.devices = new Map();
    for (const field of Object.values(this.field)) field.value = "";
    for (const box of this.boxes) box.checked = false;
    this.say([]);
    this.draw();
  }

  show(isShown) {
    this.root.hidden = !isShown;
    this.root.closest("form").classList.toggle("is-checking", isShown);
    if (!isShown) return;
    const { next } = this;
    part("check-pump", this.root).hidden = !next.duration_s;
    part("check-other", this.root).hidden = next.number === 1;
    write(part("check-route", this.root), `${this.facts.drugs[next.drug]}, ${this.facts.route_names[next.route]}`);
    this.draw();
  }

  /** Whoever opens the sheet can scan at once. */
  ready() {
    if (!this.root.hidden && !this.kept) this.field.code.focus({ preventScroll: true });
  }

  /* A scanner that is used while nothing is being typed into types the code where it belongs. */
  typed({ key, target, ctrlKey: isCtrl, metaKey: isMeta, altKey: isAlt }) {
    if (key.length !== 1 || key === " " || isCtrl || isMeta || isAlt || this.root.hidden) return;
    if (target.closest("input, textarea, summary")) return;
    this.field.code.value = "";
    this.field.code.focus();
  }

  /* A scanner types like a keyboard and ends with Enter, which must never give a dose. */
  entered(event) {
    if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
    event.preventDefault();
    if (event.target === this.field.code) this.look();
    if (event.target === this.field.password) this.keep();
  }

  tapped(button) {
    if (button?.dataset.code) this.scanned(button.dataset.code);
    if (button?.dataset.own) this.look(Number(button.dataset.own));
  }

  scanned(code) {
    this.field.code.value = code;
    this.undo();
    this.look();
  }

  get amount() {
    return this.field.amount.value.trim() || `${this.next.amount_ug / MG}`;
  }

  async look(own = this.own) {
    const code = this.field.code.value.trim();
    if (!code || !this.next) return;
    this.own = code === this.code ? own : undefined;
    this.code = code;
    this.made = null;
    // What was said of the vial before must not stand beside another code while the answer is on its way.
    this.seen = null;
    this.draw();
    this.onChange();
    try {
      this.seen = await this.wire.scan({ number: this.next.number, code, amount: this.amount, ...(this.own && { own: this.own }) });
      this.own = this.seen.own ?? undefined;
      this.counted(code);
      this.say([]);
    } catch (error) {
      this.seen = null;
      this.failed(error);
    }
    this.draw();
    this.onChange();
  }

  /* A device gives what it holds, so a dose may take more than one: each is scanned. */
  counted(code) {
    const { is_right: isRight, is_liquid: isLiquid, own, amount_ug } = this.seen;
    if (isRight && !isLiquid) this.devices.set(own, { code, own, amount_ug });
  }

  get parts() {
    if (this.devices.size) return [...this.devices.values()].map(({ code, own }) => ({ code, own }));
    const volume = this.field.volume.value.trim();
    return this.code ? [{ code: this.code, volume, ...(this.own && { own: this.own }) }] : [];
  }

  get sum() {
    const { seen } = this;
    if (!seen?.is_right) return "Scan the right vial first: then the sum stands here.";
    if (seen.is_liquid) return seen.sum;
    const total = [...this.devices.values()].reduce((sum, { amount_ug }) => sum + amount_ug, 0);
    const needed = this.next.amount_ug;
    return `${total / MG} mg of ${needed / MG} mg scanned.${total < needed ? " Scan the next one." : ""}`;
  }

  async keep() {
    if (!this.next) return;
    const { number, route } = this.next;
    const value = (name) => this.field[name].value.trim();
    const ticked = new Set(this.boxes.filter((box) => box.checked).map((box) => box.value));
    if (!ticked.has("route")) return this.say([problem("Read drug and route aloud from the order, and tick that they are right.")]);
    const asked = {
      key: newKey(),
      number,
      route,
      identifiers: ["name", "birth_date"].filter((one) => ticked.has(one)),
      amount: this.amount,
      amount_again: value("again"),
      parts: this.parts,
      pump_volume: value("pump-volume"),
      pump_rate: value("pump-rate"),
      second_username: value("second"),
      second_password: this.field.password.value,
    };
    this.field.password.value = "";
    try {
      const answer = await this.wire.check(asked);
      this.made = { ...answer, number, until: performance.now() + answer.holds_s * 1000 };
      this.say([]);
    } catch (error) {
      this.made = null;
      this.failed(error);
    }
    this.draw();
    return this.onChange();
  }

  failed(error) {
    const problems = error.body?.problems;
    const silent = [problem("No answer. Nothing was checked, and nothing may be given. Try again when the connection is back.")];
    this.say(problems ? problems.map(({ code, message, mend }) => ({ ...problem(`${message} ${mend}`), id: code })) : silent);
  }

  undo() {
    if (!this.made) return;
    this.made = null;
    this.draw();
    this.onChange();
  }

  lapse() {
    this.made = null;
    this.say([problem("The check is too old now. Check it together again.")]);
    this.draw();
    this.onChange();
  }

  /** A dose was asked for with it: the next one needs a check of its own. */
  spend() {
    this.made = null;
    this.begin();
  }

  say(problems) {
    part("check-problems", this.root).replaceChildren(...problems.map(finding));
  }

  draw() {
    const { seen, kept } = this;
    part("check-seen", this.root).replaceChildren(...(seen ? told(seen) : []));
    const choices = part("check-choices", this.root);
    choices.hidden = !seen?.choices.length;
    choices.replaceChildren(...(seen?.choices ?? []).map(({ own, label }) => make("button", { type: "button", data: { own } }, label)));
    write(part("check-sum", this.root), this.sum);
    part("check-liquid", this.root).hidden = Boolean(seen?.is_right) && !seen.is_liquid;
    const done = part("check-done", this.root);
    done.hidden = !kept;
    if (kept) write(done, `Checked by ${kept.by.join(" and ")}. Give it now, within ${Math.round(kept.holds_s / 60)} min.`);
  }
}

function told(seen) {
  if (seen.choices.length) return [make("p", {}, "Several in the cabinet have this code. Which number stands on this one?")];
  const rows = seen.says.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]);
  const verdict = seen.is_right
    ? make("p", { class: "verdict" }, "✓ It matches the order.")
    : make("p", { class: "verdict wrong" }, "✕ Stop. Do not draw from this.");
  return [
    verdict,
    ...(rows.length ? [make("dl", { class: "facts" }, ...rows)] : []),
    make("ul", { class: "findings" }, ...seen.findings.map(finding)),
  ];
}

function problem(sentence) {
  return { id: "", severity: "stop", sentence, source: "" };
}
