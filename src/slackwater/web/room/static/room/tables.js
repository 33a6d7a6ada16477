/** The charts' numbers as tables, for people who cannot see a chart and people who like tables. */

import { make, part, write } from "./dom.js";
import { at as moment, happened, standing } from "./fold.js";
import { at } from "./numbers.js";
import { readings, sentence } from "./words.js";

const STEP_MIN = 10;

export function tables({ model, timeline, facts }) {
  const host = part("tables");
  const charts = part("charts");
  const button = part("as-table");
  const draw = () => {
    if (host.hidden) return;
    host.replaceChildren(depths(model, timeline), waking(model, timeline, facts), vitals(model, timeline));
  };
  button.addEventListener("click", () => {
    host.hidden = !host.hidden;
    charts.hidden = !host.hidden;
    button.setAttribute("aria-pressed", `${!host.hidden}`);
    write(button, host.hidden ? "Table" : "Charts");
    draw();
    globalThis.dispatchEvent(new Event("resize"));
  });
  return { draw };
}

function depths(model, timeline) {
  const [from, to] = timeline.range;
  const rows = [];
  for (let minute = Math.max(0, from); minute <= to; minute += STEP_MIN) rows.push(depthRow(model, timeline, minute));
  return table("Depth of effect, 0 to 10, as the crowd expects it, and what the patient said", [
    "Time",
    "9 of 10",
    "5 of 10",
    "Middle",
    "Said",
  ], rows);
}

function depthRow(model, timeline, minute) {
  const band = model.forecast && at(model.forecast, minute);
  const said = standing(model.entries, "rating")
    .filter((entry) => Math.abs(timeline.minutes(moment(entry)) - minute) <= STEP_MIN / 2)
    .map((entry) => `${entry.payload.depth} at ${timeline.at(moment(entry))}`);
  const between = (low, high) => (band ? `${band[low].toFixed(1)} to ${band[high].toFixed(1)}` : "no estimate");
  return [
    timeline.label(minute),
    between("p05", "p95"),
    between("p25", "p75"),
    band ? band.p50.toFixed(1) : "",
    said.join(", "),
  ];
}

/* Scores and answers to the name in one table, because they are two ways of seeing one thing; no chart shows them. */
function waking(model, timeline, facts) {
  const seen = [...standing(model.entries, "alertness"), ...standing(model.entries, "name_call")];
  const rows = happened(seen).map((entry) => [timeline.at(moment(entry)), sentence(entry, facts).filter(Boolean).join(" "), entry.by.name]);
  return table("Alertness and answers to the name, newest first", ["Time", "Seen", "By"], rows);
}

function vitals(model, timeline) {
  const rows = happened(standing(model.entries, "vitals")).map((entry) => [
    timeline.at(moment(entry)),
    readings(entry.payload.readings),
    entry.payload.source === "monitor" ? "monitor" : entry.by.name,
  ]);
  return table("Vital signs, newest first", ["Time", "Readings", "By"], rows);
}

function table(caption, heads, rows) {
  const cells = ([first, ...rest]) =>
    make("tr", {}, make("th", { scope: "row" }, first), ...rest.map((text) => make("td", {}, text)));
  return make(
    "div",
    { class: "scrolls", tabindex: "0", role: "region", "aria-label": caption },
    make(
      "table",
      {},
      make("caption", {}, caption),
      make("thead", {}, make("tr", {}, ...heads.map((head) => make("th", { scope: "col" }, head)))),
      make("tbody", {}, ...rows.map(cells)),
    ),
  );
}
