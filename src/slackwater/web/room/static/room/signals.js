/** The room's own list of alarms. It is quiet here: nothing sounds, and only what nobody has seen stands out. */

import { wallClock } from "./clock.js";
import { make, part } from "./dom.js";
import { checklistFor } from "./rescue.js";

const SHAPES = { high: "▲▲▲", medium: "▲▲", low: "▲" };
const RANKS = { high: "High", medium: "Medium", low: "Low" };
const SHOWN_OVER = 4;

/** What is shown: everything that still stands, and of what is over the last few that nobody has scored. */
export function shown(alarms) {
  const over = alarms.filter(({ stands, useful }) => stands === "over" && useful === null);
  return [...alarms.filter(({ stands }) => stands !== "over"), ...over.slice(0, SHOWN_OVER)];
}

/** Whether a tap on this device has not reached the server yet. */
export function isWaiting(waiting, kind, { condition, raised_at }) {
  return waiting.some(
    ({ kind: one, payload }) =>
      one === kind && payload.condition === condition && (kind === "alarm_seen" || payload.raised_at === raised_at),
  );
}

export function signals({ model, facts, recorder, onSteps }) {
  const panel = part("signals");
  const list = part("signal-list");
  // A patient's own page has no such list.
  if (!panel) return { draw: () => null };
  const show = wallClock(facts.time_zone);
  let drawn = "";

  const draw = () => {
    const alarms = shown(model.state.alarms ?? []);
    const waiting = model.waiting.filter(({ kind }) => kind.startsWith("alarm_"));
    // Drawn anew only when something changed, so that a button never goes from under a finger.
    const now = JSON.stringify([alarms, waiting.map(({ key }) => key)]);
    if (now === drawn) return;
    drawn = now;
    list.replaceChildren(...alarms.map((alarm) => row(alarm, { facts, recorder, show, waiting, onSteps })));
  };
  return { draw };
}

function row(alarm, { facts, recorder, show, waiting, onSteps }) {
  const { level, sentence, stands, says, condition, raised_at, rule, times } = alarm;
  const again = times > 1 ? `, ${times} times` : "";
  const seen = alarm.seen_by ? ` Seen ${show(Date.parse(alarm.seen_at))} by ${alarm.seen_by}.` : "";
  const words = `${sentence}, ${says}, since ${show(Date.parse(raised_at))}${again}.${seen}`;
  const isNew = stands === "raised" || stands === "unseen";
  return make(
    "li",
    { data: { level, stands }, title: rule },
    make("span", { class: "rank" }, make("span", { "aria-hidden": "true" }, SHAPES[level]), ` ${RANKS[level]}`),
    make("span", {}, words),
    stands !== "over" && facts.can.rescue_step && checklistFor(facts.rescue.checklists, condition) ? answers(false, [["Rescue steps", () => onSteps(condition)]]) : "",
    isNew && facts.can.alarm_seen ? answers(isWaiting(waiting, "alarm_seen", alarm), [["Seen", () => recorder.record("alarm_seen", { condition })]]) : "",
    stands === "over" && facts.can.alarm_scored ? answers(isWaiting(waiting, "alarm_scored", alarm), scores(alarm, recorder)) : "",
  );
}

function scores({ condition, raised_at }, recorder) {
  const say = (useful) => () => recorder.record("alarm_scored", { condition, raised_at, useful });
  return [["Of use", say(1)], ["Of no use", say(0)]];
}

function answers(waits, buttons) {
  if (waits) return make("span", { class: "dim" }, "kept here, not sent yet");
  return make("span", { class: "answers" }, ...buttons.map(([words, click]) => make("button", { type: "button", class: "small", on: { click } }, words)));
}
