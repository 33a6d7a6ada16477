/** What is due next, when one may leave at the earliest, and what has been left too long. */

import { span, wallClock } from "./clock.js";
import { arrange, make, part, toggle, write } from "./dom.js";

const SHOWN = 3;

export function due({ model, clock, facts, onOpen }) {
  const list = part("due");
  const show = wallClock(facts.time_zone);
  const rows = new Map();

  const row = (item) => {
    const key = `${item.id} ${item.label}`;
    if (!rows.has(key)) rows.set(key, newRow(item, { facts, onOpen }));
    return rows.get(key);
  };
  const draw = () => {
    const now = clock.room();
    // What presses is always shown; of the rest, the next few.
    const items = model.state.due.filter((item, index) => index < SHOWN || Date.parse(item.due_at) <= now);
    arrange(list, items.map(row));
    for (const item of items) count(row(item), item, now);
    const late = model.state.late ?? [];
    part("late").hidden = late.length === 0;
    write(part("late"), late.join(" "));
    write(part("leave"), leaving(model, show));
    write(part("booster"), model.state.booster);
  };
  return { draw };
}

function newRow(item, { facts, onOpen }) {
  const when = make("span", { class: "when", data: { part: "when" } });
  const must = item.cannot_skip ? make("span", { class: "dim small" }, " can't be skipped") : "";
  const what = make("span", {}, item.label, must);
  const opens = facts.can_write && document.getElementById(`sheet-${item.opens}`);
  const inside = opens
    ? make("button", { type: "button", class: "due-row", on: { click: () => onOpen(item.opens) } }, what, when)
    : make("div", { class: "due-row" }, what, when);
  return make("li", { title: item.id }, inside);
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
  if (model.left) return `left at ${show(Date.parse(model.left.happened_at))}`;
  if (!leave?.not_before) return "two hours after the last dose, at the earliest";
  const least = Date.parse(leave.not_before);
  if (model.forecast.outside) return `not known, never before ${show(least)}`;
  const after = (value) => (value ? show(Math.max(least, Date.parse(value))) : "later than can be said");
  const [soon, middle, late] = [leave.p10, leave.p50, leave.p90].map(after);
  if (soon === late && middle === show(least)) return `${middle}, two hours after the last dose`;
  const range = soon === late ? middle : `${middle} (${soon} to ${late})`;
  return `${range}, never before ${show(least)}`;
}
