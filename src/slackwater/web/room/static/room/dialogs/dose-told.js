/**
 * A dose that went in without the check. It happened, so it is kept like any other entry, without a connection too:
 * nothing here asks whether it may be given.
 */

import { part, write } from "../dom.js";
import { When } from "./when.js";

const AMOUNT = /^(0|[1-9][0-9]{0,5})(\.[0-9]{1,3})?$/;
const MG = 1000;

export function toldForm({ root, recorder, model, clock, facts, close }) {
  const details = part("told", root);
  const form = part("told-form", details);
  const when = new When(details, { clock, facts });
  const field = (name) => part(`told-${name}`, form);
  const fault = part("told-fault", form);

  const say = (words, input) => {
    write(fault, words);
    fault.hidden = !words;
    input?.focus();
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const next = model.state.next_dose;
    const [amount, again] = ["amount", "again"].map((name) => field(name).value.trim());
    const reason = field("reason").value.trim();
    if (!next) return say("Both doses of this order are in the log. Write a note with amount and time, and call the prescriber.");
    if (!AMOUNT.test(amount) || !Number(amount)) return say("Write the milligrams with digits and at most one point, such as 35.", field("amount"));
    if (again !== amount) return say("The two amounts differ. Write what went in, twice.", field("again"));
    if (!reason) return say("Write why there was no check.", field("reason"));
    const { number, drug, route, duration_s } = next;
    const amount_ug = Math.round(Number(amount) * MG);
    recorder.record("dose", { number, drug, route, amount_ug, duration_s, unchecked: reason }, when.at());
    say("");
    form.reset();
    when.reset();
    details.open = false;
    return close();
  });
}
