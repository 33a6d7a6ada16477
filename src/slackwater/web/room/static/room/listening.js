/** Which signs the crowd listens to, folded from the log: how the room was opened, then every switch since. */

import { at, standing } from "./fold.js";

/** For each sign whether it is on, and the entry that said so last; null where nobody has switched it. */
export function listening(entries, signs) {
  const heard = new Map(signs.map(({ sign, at_opening: on }) => [sign, { on, entry: null }]));
  for (const entry of standing(entries, "listening")) {
    heard.set(entry.payload.sign, { on: Boolean(entry.payload.on), entry });
  }
  return heard;
}

/** Who switched it, when and why, in a sentence. */
export function said({ on, entry }, show) {
  if (!entry) return `${on ? "On" : "Off"} since the room was opened.`;
  const waiting = entry.sequence ? "" : " Waiting to be sent.";
  const why = entry.payload.reason ? `: ${entry.payload.reason}` : "";
  return `Switched ${on ? "on" : "off"} at ${show(at(entry))} by ${entry.by.name}${why}.${waiting}`;
}
