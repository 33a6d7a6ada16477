/** Every sheet that this page has, by name and by key. A watcher's page has only the ones that read. */

import { agreedSheet } from "./dialogs/agreed.js";
import { aloneSheet } from "./dialogs/alone.js";
import { checksSheet } from "./dialogs/checks.js";
import { DoseSheet } from "./dialogs/dose.js";
import { entrySheet } from "./dialogs/entry.js";
import { listeningSheet } from "./dialogs/listening.js";
import { noteSheet } from "./dialogs/note.js";
import { rescueSheet } from "./dialogs/rescue.js";
import { alertnessSheet, nameSheet, ratingSheet } from "./dialogs/score.js";
import { Sheet } from "./dialogs/sheet.js";
import { stopSheet } from "./dialogs/stop.js";
import { vitalsSheet } from "./dialogs/vitals.js";

const MAKERS = {
  rating: ratingSheet,
  vitals: vitalsSheet,
  alertness: alertnessSheet,
  name: nameSheet,
  note: noteSheet,
  dose: (context) => new DoseSheet(context),
  agreed: agreedSheet,
  alone: aloneSheet,
  checks: checksSheet,
  rescue: rescueSheet,
  stop: stopSheet,
  entry: entrySheet,
  listening: listeningSheet,
  keys: () => new Sheet("keys"),
  start: () => new Sheet("start"),
};
const KEYS = {
  r: "rating", v: "vitals", a: "alertness", w: "name", n: "note", d: "dose", c: "checks", g: "agreed", l: "listening", s: "stop", h: "rescue", "?": "keys",
};

/** Fills `sheets`: by name, and under `byKey` by shortcut. */
export function openSheets(sheets, context) {
  for (const [name, open] of Object.entries(MAKERS)) {
    if (document.getElementById(`sheet-${name}`)) sheets[name] = open(context);
  }
  const basis = new Sheet("basis");
  sheets.basis = {
    open: () => {
      sheets.onBasis?.();
      basis.open();
    },
  };
  sheets.byKey = {};
  for (const [key, name] of Object.entries(KEYS)) {
    if (sheets[name]) sheets.byKey[key] = () => sheets[name].open();
  }
  for (const button of document.querySelectorAll("[data-opens]")) {
    button.addEventListener("click", () => sheets[button.dataset.opens]?.open());
  }
}
