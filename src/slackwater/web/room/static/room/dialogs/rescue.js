/** A checklist for an emergency: one tap begins it, each step is one tap, and its time runs where everybody sees it. */

import { running, wallClock } from "../clock.js";
import { make, part, write } from "../dom.js";
import { newKey } from "../record.js";
import { checklistFor, runs, underWay } from "../rescue.js";
import { Sheet } from "./sheet.js";

export function rescueSheet({ model, clock, facts, recorder }) {
  const sheet = new Sheet("rescue");
  const show = wallClock(facts.time_zone);
  const { checklists, outcomes } = facts.rescue;
  const root = sheet.root;
  let shown = null;
  let drawn = "";

  const keep = (step, more = {}) => recorder.record("rescue_step", { run: shown.run, checklist: shown.checklist, step, ...more });
  const begin = (checklist) => {
    const run = underWay(model.entries);
    shown = run?.checklist === checklist ? run : { run: newKey(), checklist };
    if (shown !== run) keep("begun");
    draw();
  };
  const end = (outcome) => {
    keep("ended", { outcome });
    shown = null;
    sheet.close();
  };

  const step = ({ key, says }, done) =>
    make(
      "li",
      {},
      done
        ? make("p", {}, `✓ ${says} `, make("span", { class: "dim" }, `${show(done.at)}, ${done.by}`))
        : make("button", { type: "button", class: "large", on: { click: () => keep(key) } }, says),
    );
  const draw = () => {
    const now = shown && runs(model.entries).find(({ run }) => run === shown.run);
    part("rescue-choose", root).hidden = Boolean(shown);
    part("rescue-run", root).hidden = !shown;
    if (!shown) return;
    const list = checklists.find(({ key }) => key === shown.checklist);
    write(part("rescue-title", root), list.title);
    write(part("rescue-basis", root), `${list.rows.join(", ")} (${list.verified}).`);
    const state = JSON.stringify([shown.run, [...(now?.done.keys() ?? [])]]);
    if (state !== drawn) part("rescue-steps", root).replaceChildren(...list.steps.map((one) => step(one, now?.done.get(one.key))));
    drawn = state;
    tick();
  };
  const tick = () => {
    const now = shown && runs(model.entries).find(({ run }) => run === shown.run);
    if (now) write(part("rescue-timer", root), running(clock.room(), now.begunAt));
  };

  part("rescue-choose", root).replaceChildren(
    ...checklists.map(({ key, title }) => make("button", { type: "button", class: "large", on: { click: () => begin(key) } }, title)),
  );
  part("rescue-ends", root).replaceChildren(
    ...Object.entries(outcomes).map(([key, words]) => make("button", { type: "button", on: { click: () => end(key) } }, words)),
  );
  part("rescue-other", root).addEventListener("click", () => {
    shown = null;
    draw();
  });
  model.addEventListener("entries", draw);
  setInterval(() => root.open && tick(), 1_000);
  return {
    open: (condition = null) => {
      const list = condition && checklistFor(checklists, condition);
      if (list) begin(list.key);
      else shown = underWay(model.entries);
      draw();
      sheet.open();
    },
  };
}
