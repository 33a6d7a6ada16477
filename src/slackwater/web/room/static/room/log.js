/** Everything that happened, newest event first, with both times where they differ and nothing taken away. */

import { wallClock } from "./clock.js";
import { arrange, make, part, toggle } from "./dom.js";
import { at, happened, strikes } from "./fold.js";
import { sentence } from "./words.js";

const SHOWN = 200;

export function log({ model, timeline, facts, onPick, announce }) {
  const list = part("log");
  const more = part("log-more");
  const show = wallClock(facts.time_zone);
  const rows = new Map();
  let everything = false;

  /* A row is made anew only when what it says has changed, so that focus and reading stay where they are. */
  const row = (entry, struck) => {
    const said = says(entry, struck, { timeline, facts, show });
    const known = rows.get(entry.key);
    if (known?.said === said.join("|")) return known.element;
    const element = newRow(entry, said, { isStruck: Boolean(struck), onPick });
    rows.set(entry.key, { said: said.join("|"), element });
    return element;
  };
  const draw = () => {
    const entries = happened(model.entries);
    const struck = strikes(model.entries);
    const shown = everything ? entries : entries.slice(0, SHOWN);
    arrange(list, shown.map((entry) => row(entry, struck.get(entry.sequence))));
    more.hidden = shown.length === entries.length;
  };
  more.addEventListener("click", () => {
    everything = true;
    draw();
  });

  model.addEventListener("entries", ({ detail: entry }) => {
    // Readings of a monitor come every few seconds: a screen reader is told of what people write.
    if (!entry || entry.payload.source === "monitor") return;
    const [title, rest] = sentence(entry, facts);
    announce(`${title}${rest ? `, ${rest}` : ""}, ${entry.by.name}`);
  });
  return { draw };
}

function says(entry, struck, { timeline, facts, show }) {
  const [title, rest] = sentence(entry, facts);
  return [timeline.at(at(entry)), title, rest, who(entry, { struck, show, facts }), entry.sequence ? "kept" : "waiting"];
}

function newRow(entry, [time, title, rest, by], { isStruck, onPick }) {
  const what = make("span", { class: "what" }, isStruck ? make("s", {}, title) : title);
  if (rest) what.append(make("span", { class: "rest" }, rest));
  const item = make(
    "li",
    { data: { kind: entry.kind } },
    make("time", { datetime: entry.happened_at }, time),
    make("button", { type: "button", class: "happened", on: { click: () => onPick(entry) } }, what, make("span", { class: "who" }, by)),
  );
  toggle(item, "is-struck", isStruck);
  toggle(item, "is-waiting", !entry.sequence);
  return item;
}

function who(entry, { struck, show, facts }) {
  const parts = [entry.by.name];
  if (!entry.sequence) parts.push("waiting to be sent");
  else if (isLate(entry, facts)) parts.push(`happened ${show(at(entry))}, written ${show(Date.parse(entry.recorded_at))}`);
  if (struck) parts.push(`struck out by ${struck.by.name}: ${struck.payload.reason}`);
  return parts.join(" · ");
}

export function isLate(entry, facts) {
  return Date.parse(entry.recorded_at) - at(entry) > facts.late_after_s * 1000;
}
