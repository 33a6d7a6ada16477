/** One tap and it is recorded: the patient's own depth of effect, a score of alertness, an answer to the name. */

import { part, write } from "../dom.js";
import { listening } from "../listening.js";
import { Sheet } from "./sheet.js";
import { When } from "./when.js";

export function ratingSheet(context) {
  return tapSheet("rating", context, { kind: "rating", of: "score", payload: (value) => ({ depth: Number(value) }) });
}

export function alertnessSheet(context) {
  return tapSheet("alertness", context, { kind: "alertness", of: "score", payload: (value) => ({ moaas: Number(value) }) });
}

export function nameSheet({ model, ...context }) {
  const says = () => {
    const { on } = listening(model.entries, context.facts.signs).get("answers");
    write(part("name-says"), on ? "The crowd listens to it." : "The crowd does not listen to it now; it is kept all the same.");
  };
  return tapSheet("name", context, { kind: "name_call", of: "answer", payload: (value) => ({ answer: value }), says });
}

function tapSheet(name, { recorder, clock, facts }, { kind, of, payload, says = () => {} }) {
  const sheet = new Sheet(name);
  const when = new When(sheet.root, { clock, facts });
  sheet.root.addEventListener("click", (event) => {
    const button = event.target.closest(`button[data-${of}]`);
    if (!button) return;
    recorder.record(kind, payload(button.dataset[of]), when.at());
    sheet.close();
  });
  return {
    open: () => {
      when.reset();
      says();
      sheet.open();
    },
  };
}
