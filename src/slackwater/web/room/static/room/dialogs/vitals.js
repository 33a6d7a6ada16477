/** Vital signs by hand, by one strict grammar. What is not a reading is said so, never left as a number. */

import { readWhole } from "../grammar.js";
import { SIGNS } from "../words.js";
import { Sheet } from "./sheet.js";
import { When } from "./when.js";

export function vitalsSheet({ recorder, clock, facts, store }) {
  const sheet = new Sheet("vitals");
  const when = new When(sheet.root, { clock, facts });
  const fields = [...sheet.form.querySelectorAll("input[data-code]")];
  const silent = [...sheet.form.querySelectorAll("input[data-silent]")];

  const keep = () => store.saveDraft("vitals", JSON.stringify(fields.map((field) => field.value)));
  const clear = () => {
    sheet.form.reset();
    store.saveDraft("vitals", "");
  };
  sheet.form.addEventListener("input", (event) => {
    if (event.target.dataset.code) keep();
  });
  sheet.form.addEventListener("submit", (event) => {
    event.preventDefault();
    const readings = read(fields, silent, facts, sheet);
    if (!readings) return;
    recorder.record("vitals", { source: "hand", readings }, when.at());
    clear();
    sheet.close();
  });
  store.readDraft("vitals").then((draft) => {
    if (draft) JSON.parse(draft).forEach((value, index) => (fields[index].value = value));
  });
  return {
    open: () => {
      when.reset();
      sheet.open();
    },
  };
}

/** The readings as they travel, or null after saying what is wrong. */
function read(fields, silent, facts, sheet) {
  const readings = [];
  const lost = new Set(silent.filter((box) => box.checked).flatMap((box) => box.dataset.silent.split(" ")));
  for (const field of fields) {
    const { code } = field.dataset;
    if (lost.has(code)) {
      readings.push({ code, tenths: 0, quality: "disconnected" });
      continue;
    }
    const { value, fault } = readWhole(field.value, { label: SIGNS[code].label, ...facts.ranges[code] });
    if (fault) {
      sheet.say(fault, field);
      return null;
    }
    if (value !== null) readings.push({ code, tenths: value * 10, quality: "ok" });
  }
  const half = unpaired(readings);
  if (half) {
    sheet.say("Write both pressures, systolic and diastolic.", fields.find((field) => field.dataset.code === half));
    return null;
  }
  if (!readings.length) sheet.say("Write at least one reading.", fields[0]);
  return readings.length ? readings : null;
}

function unpaired(readings) {
  const has = (code) => readings.some((reading) => reading.code === code);
  if (has("sbp") === has("dbp")) return null;
  return has("sbp") ? "dbp" : "sbp";
}
