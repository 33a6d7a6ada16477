/** The patient's own depth of effect: eleven buttons, one tap. */

import { Sheet } from "./sheet.js";
import { When } from "./when.js";

export function ratingSheet(context) {
  return scoreSheet("rating", context, (value) => ({ depth: value }));
}

export function alertnessSheet(context) {
  return scoreSheet("alertness", context, (value) => ({ moaas: value }));
}

function scoreSheet(kind, { recorder, clock, facts }, payload) {
  const sheet = new Sheet(kind);
  const when = new When(sheet.root, { clock, facts });
  sheet.root.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-score]");
    if (!button) return;
    recorder.record(kind, payload(Number(button.dataset.score)), when.at());
    sheet.close();
  });
  return {
    open: () => {
      when.reset();
      sheet.open();
    },
  };
}
