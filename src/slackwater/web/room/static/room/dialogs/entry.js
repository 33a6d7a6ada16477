/** One line of the log in full, and the way to strike it out: the line stays, with the reason beside it. */

import { wallClock } from "../clock.js";
import { make, part, write } from "../dom.js";
import { at, strikes } from "../fold.js";
import { isLate } from "../log.js";
import { sentence } from "../words.js";
import { Sheet } from "./sheet.js";

const STRIKABLE = new Set(["vitals", "rating", "alertness", "name_call", "note", "check"]);

export function entrySheet({ recorder, model, facts }) {
  const sheet = new Sheet("entry");
  const show = wallClock(facts.time_zone, { seconds: true });
  const form = sheet.form;
  let current = null;

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const field = form.elements.reason;
    const reason = field.value.trim();
    if (!reason) return sheet.say("Write why it was a mistake.", field);
    recorder.record("struck", { sequence: current.sequence, reason });
    form.reset();
    return sheet.close();
  });

  return {
    open: (entry) => {
      current = entry;
      const struck = strikes(model.entries).get(entry.sequence);
      const [title, rest] = sentence(entry, facts);
      write(part("entry-title", sheet.root), `${title}${rest ? `, ${rest}` : ""}`);
      part("entry-facts", sheet.root).replaceChildren(...lines(entry, struck, { show, facts }));
      form.hidden = !(facts.can.struck && entry.sequence && STRIKABLE.has(entry.kind) && !struck);
      sheet.open();
    },
  };
}

function lines(entry, struck, { show, facts }) {
  const written = entry.recorded_at ? show(Date.parse(entry.recorded_at)) : "not yet: it waits on this device";
  const rows = [
    ["Happened", show(at(entry))],
    ["Written", `${written}${entry.recorded_at && isLate(entry, facts) ? ", late" : ""}`],
    ["By", `${entry.by.name}, ${entry.by.role}`],
    ["Entry", entry.sequence ? `number ${entry.sequence}` : "no number yet"],
  ];
  if (struck) rows.push(["Struck out", `${show(at(struck))} by ${struck.by.name}: ${struck.payload.reason}`]);
  return rows.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]);
}
