/** Plain words for entries, amounts and scores. */

import { things } from "./agreed.js";

const ANSWERS = { at_once: "yes, at once", slowly: "slowly, or called loudly or again", no: "no" };
const ALERTNESS = ["no answer", "firm squeeze only", "touch only", "loud voice only", "slow to answer", "awake"];

export const SIGNS = {
  sbp: { label: "Systolic", unit: "mmHg" },
  dbp: { label: "Diastolic", unit: "mmHg" },
  hr: { label: "Heart rate", unit: "/min" },
  spo2: { label: "Oxygen", unit: "%" },
  rr: { label: "Breathing", unit: "/min" },
};

/** Integer micrograms as milligrams, with no trailing zero: 35500 is "35.5 mg". */
export function mg(ug) {
  const whole = Math.floor(ug / 1000);
  const rest = String(ug % 1000).padStart(3, "0").replace(/0+$/, "");
  return `${whole}${rest ? `.${rest}` : ""} mg`;
}

/** Tenths as they are written: 975 is "97.5", 980 is "98". */
export function tenths(value) {
  return value % 10 ? `${Math.trunc(value / 10)}.${Math.abs(value % 10)}` : `${value / 10}`;
}

/** Readings taken together, the pressure as one: "142/88 mmHg, 81 /min, 98 %". */
export function readings(list) {
  const by = Object.fromEntries(list.map((reading) => [reading.code, reading]));
  const parts = [];
  if (good(by.sbp) && good(by.dbp)) {
    parts.push(`${tenths(by.sbp.tenths)}/${tenths(by.dbp.tenths)} mmHg`);
    delete by.sbp;
    delete by.dbp;
  }
  for (const [code, reading] of Object.entries(by)) parts.push(one(code, reading));
  return parts.join(" · ");
}

function one(code, reading) {
  const { label, unit } = SIGNS[code] ?? { label: code, unit: "" };
  if (reading.quality === "disconnected") return `${label}: no reading`;
  if (reading.quality === "artefact") return `${label}: artefact, not shown`;
  return `${label} ${tenths(reading.tenths)} ${unit}`.trim();
}

function good(reading) {
  return reading?.quality === "ok";
}

/** How an infusion's length is written: 2400 is "40 min". */
export function duration(seconds) {
  return seconds % 60 ? `${seconds} s` : `${seconds / 60} min`;
}

/** What one entry says, in a line: a title and, if there is more, the rest. */
export function sentence(entry, facts) {
  const says = SAYS[entry.kind];
  return says ? says(entry.payload, facts) : [entry.kind, ""];
}

const SAYS = {
  opened: () => ["Session opened", ""],
  dose: (dose, { routes, drugs }) => {
    const over = dose.duration_s ? ` over ${duration(dose.duration_s)}` : "";
    const name = dose.number === 1 ? "Dose" : "Booster";
    const drug = drugs[dose.drug] ?? dose.drug;
    const how = dose.unchecked ? `, without the check: ${dose.unchecked}` : dose.check ? ", checked by two" : "";
    return [`${name} ${mg(dose.amount_ug)}`, `${drug}, ${routes[dose.route] ?? dose.route}${over}${how}`];
  },
  vitals: (vitals) => [readings(vitals.readings), vitals.source === "monitor" ? "from the monitor" : ""],
  rating: (rating, { user }) => [`Rating ${rating.depth}`, user?.role === "patient" ? "of 10, by you" : "of 10, by the patient"],
  alertness: (seen) => [`Alertness ${seen.moaas}`, `of 5, ${ALERTNESS[seen.moaas]}`],
  name_call: (call) => [`Answers to name: ${ANSWERS[call.answer] ?? call.answer}`, ""],
  listening: (change, { signs }) => {
    const label = signs.find(({ sign }) => sign === change.sign)?.label ?? change.sign;
    return [`Crowd ${change.on ? "listens" : "no longer listens"} to: ${label}`, change.reason ?? ""];
  },
  note: (note) => [note.text, ""],
  stop: (stop) => ["Session stopped", stop.reason],
  check: (check, { checks }) => [
    `${checks[check.item] ?? check.item}: ${check.passed ? "yes" : "no"}`,
    check.detail ?? "",
  ],
  struck: (struck) => [`Entry ${struck.sequence} struck out`, struck.reason],
  left: (left) => [
    "Left the room",
    left.overrides?.length ? `${left.overrides.length} set aside, with reasons` : "nothing set aside",
  ],
  said_no: (said, { agreed }) => [said.everything ? "No to everything" : `No to: ${things(said.gone, agreed)}`, "from now on"],
  asked: (asked, { agreed }) => [`Asked for: ${things(asked.wishes, agreed) || "something else"}`, "kept for a sober day, not agreed"],
  came_in: ({ place }) => [place === "room" ? "In the room" : "Within earshot", "signed in"],
  went_out: ({ is_fact }) => ["Went out", is_fact ? "was out already" : "signed out"],
  alarm_seen: ({ condition }) => [`Alarm seen: ${condition.replaceAll("_", " ")}`, ""],
  alarm_scored: ({ condition, useful }) => [`Alarm ${condition.replaceAll("_", " ")}`, useful ? "of use" : "of no use"],
  rescue_step: ({ checklist, step, outcome }, { rescue }) => {
    const list = rescue?.checklists.find(({ key }) => key === checklist);
    const says = list?.steps.find(({ key }) => key === step)?.says ?? step;
    return [`${list?.title ?? checklist}: ${says}`, rescue?.outcomes[outcome] ?? ""];
  },
  speed: (speed) => [`Demo clock ${speed.factor}×`, ""],
};
