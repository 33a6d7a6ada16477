/** Everything that happened, newest event first, with both times where they differ and nothing taken away. */

import { make, part, toggle } from "./dom.js";
import { at, happened, strikes } from "./fold.js";
import { wallClock } from "./clock.js";
import { sentence } from "./words.js";

const SHOWN = 200;

export function log({ model, timeline, facts, onPick, announce }) {
  const list = part("log");
  const more = part("log-more");
  const write = wallClock(facts.time_zone);
  let everything = false;

  const draw = () => {
    const entries = happened(model.entries);
    const struck = strikes(model.entries);
    const shown = everything ? entries : entries.slice(0, SHOWN);
    list.replaceChildren(...shown.map((entry) => row(entry, { struck: struck.get(entry.sequence), timeline, facts, write, onPick })));
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

function row(entry, { struck, timeline, facts, write, onPick }) {
  const [title, rest] = sentence(entry, facts);
  const item = make(
    "li",
    { data: { kind: entry.kind } },
    make("time", { datetime: entry.happened_at }, timeline.at(at(entry))),
    make(
      "button",
      { type: "button", class: "happened", on: { click: () => onPick(entry) } },
      make("span", { class: "what" }, struck ? make("s", {}, title) : title, rest && make("span", { class: "rest" }, rest)),
      make("span", { class: "who" }, who(entry, { struck, write, facts })),
    ),
  );
  toggle(item, "is-struck", struck);
  toggle(item, "is-waiting", !entry.sequence);
  return item;
}

function who(entry, { struck, write, facts }) {
  const parts = [entry.by.name];
  if (!entry.sequence) parts.push("waiting to be sent");
  else if (isLate(entry, facts)) parts.push(`happened ${write(at(entry))}, written ${write(Date.parse(entry.recorded_at))}`);
  if (struck) parts.push(`struck out by ${struck.by.name}: ${struck.payload.reason}`);
  return parts.join(" · ");
}

export function isLate(entry, facts) {
  return Date.parse(entry.recorded_at) - at(entry) > facts.late_after_s * 1000;
}
