/** What a person looks at before somebody leaves. Each answer is an entry of its own, kept as soon as it is given. */

import { wallClock } from "../clock.js";
import { part, write } from "../dom.js";
import { standing } from "../fold.js";
import { Sheet } from "./sheet.js";

export function checksSheet({ recorder, model, facts }) {
  const sheet = new Sheet("checks");
  const show = wallClock(facts.time_zone);
  const rows = [...sheet.root.querySelectorAll("[data-check]")];

  const draw = () => {
    const latest = new Map(standing(model.entries, "check").map((entry) => [entry.payload.item, entry]));
    for (const row of rows) answered(row, latest.get(row.dataset.check), show);
  };
  sheet.root.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-passed]");
    if (!button) return;
    const row = button.closest("[data-check]");
    const detail = row.querySelector("input").value.trim();
    recorder.record("check", { item: row.dataset.check, passed: Number(button.dataset.passed), detail });
    row.querySelector("input").value = "";
    draw();
  });
  model.addEventListener("entries", draw);
  draw();
  return { open: () => sheet.open() };
}

function answered(row, entry, show) {
  for (const button of row.querySelectorAll("button[data-passed]")) {
    const isIt = entry && Number(button.dataset.passed) === Number(entry.payload.passed);
    button.setAttribute("aria-pressed", `${Boolean(isIt)}`);
  }
  const what = entry ? `${entry.payload.passed ? "yes" : "no"} at ${show(Date.parse(entry.happened_at))}, ${entry.by.name}` : "not looked at yet";
  write(part("check-says", row), what);
}
