/** What is due next, when one may leave at the earliest, and what has been left too long. */

import { span, wallClock } from "./clock.js";
import { make, part, toggle, write } from "./dom.js";

const SHOWN = 3;

export function due({ model, clock, facts, onOpen }) {
  const list = part("due");
  const leave = part("leave");
  const booster = part("booster");
  const show = wallClock(facts.time_zone);
  let drawn = "";

  const draw = () => {
    const now = clock.room();
    const all = model.state.due ?? [];
    // What presses is always shown; of the rest, the next few.
    const items = all.filter((item, index) => index < SHOWN || Date.parse(item.due_at) <= now);
    const key = JSON.stringify(items);
    if (key !== drawn) list.replaceChildren(...items.map((item) => row(item, { facts, onOpen })));
    drawn = key;
    items.forEach((item, index) => count(list.children[index], item, now));
    write(leave, leaving(model, show));
    write(booster, model.state.booster ?? "");
  };
  return { draw };
}

function row(item, { facts, onOpen }) {
  const when = make("span", { class: "when", data: { part: "when" } });
  const what = make("span", {}, item.label);
  if (!facts.can_write || !item.opens) return make("li", { title: item.source }, make("div", { class: "due-row" }, what, when));
  return make(
    "li",
    { title: item.source },
    make("button", { type: "button", class: "due-row", on: { click: () => onOpen(item.opens) } }, what, when),
  );
}

function count(row, item, now) {
  const left = Date.parse(item.due_at) - now;
  const isLate = item.late_at !== null && now >= Date.parse(item.late_at);
  // Waiting is rounded up, so that nothing is said to be due before it is.
  const words = left > 0 ? `in ${span(left + 59_999)}` : isLate ? `${span(left)} overdue` : "now";
  write(part("when", row), isLate ? `▲ ${words}` : words);
  toggle(row, "is-due", left <= 0);
  toggle(row, "is-overdue", isLate);
}

/** A range, never a promise: from when the crowd thinks so, and the two hours that nothing shortens. */
function leaving(model, show) {
  const leave = model.forecast?.earliest_leave;
  if (model.left) return "has left";
  if (!leave?.not_before) return "two hours after the last dose, at the earliest";
  const least = Date.parse(leave.not_before);
  const after = (value) => (value ? show(Math.max(least, Date.parse(value))) : "later than can be said");
  const [soon, middle, late] = [leave.p10, leave.p50, leave.p90].map(after);
  const range = soon === late ? middle : `${middle} (${soon} to ${late})`;
  return `${range}, never before ${after(leave.not_before)}`;
}
