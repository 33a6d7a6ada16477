/** What is being done in an emergency: folded from the entries, so that it runs without a network too. */

import { running } from "./clock.js";
import { part, write } from "./dom.js";
import { at, standing } from "./fold.js";

/** Every run of a checklist, the oldest first: when it was begun, what was done, whether it has ended. */
export function runs(entries) {
  const found = new Map();
  for (const entry of standing(entries, "rescue_step")) {
    const { run, checklist, step, outcome } = entry.payload;
    if (!found.has(run)) found.set(run, { run, checklist, begunAt: at(entry), done: new Map(), outcome: null });
    const known = found.get(run);
    if (step === "ended") known.outcome ??= outcome;
    else if (step !== "begun" && !known.done.has(step)) known.done.set(step, { at: at(entry), by: entry.by.name });
  }
  return [...found.values()];
}

/** The run that is under way, the newest first; null where none is. */
export function underWay(entries) {
  return runs(entries).findLast(({ outcome }) => outcome === null) ?? null;
}

/** The checklist for an alarm; null where there is none. */
export function checklistFor(checklists, condition) {
  return checklists.find(({ conditions }) => conditions.includes(condition)) ?? null;
}

/** The line that stands at the top of the room while something is under way. */
export function rescueBanner({ model, clock, facts }) {
  const banner = part("rescue-banner");
  const says = part("rescue-says");
  const draw = () => {
    const now = underWay(model.entries);
    banner.hidden = !now;
    if (!now) return;
    const list = facts.rescue.checklists.find(({ key }) => key === now.checklist);
    write(says, `${list?.title ?? now.checklist}: ${running(clock.room(), now.begunAt)}, ${now.done.size} of ${list?.steps.length ?? 0} steps`);
  };
  return { draw };
}
