/** What is still a yes: what was when the page was opened, less every no since, sent or waiting. */

import { wallClock } from "./clock.js";
import { make, part, write } from "./dom.js";
import { at } from "./fold.js";

/** The values that are still a yes. */
export function yeses(entries, agreed) {
  const nos = entries.filter((entry) => entry.kind === "said_no");
  if (nos.some((entry) => entry.payload.everything)) return new Set();
  const gone = new Set(nos.flatMap((entry) => entry.payload.gone.map(valueOf)));
  return new Set(agreed.yeses.filter((value) => !gone.has(value)));
}

/** How the page names one thing: as its buttons do. */
export function valueOf({ item, of = "", person = "" }) {
  return [item, of, person].join("/");
}

/** The same as the log names it. */
export function thingOf(value) {
  const [item, of, person] = value.split("/");
  return { item, of, person };
}

/** What a no or a wish was about, in words. */
export function things(list, agreed) {
  return list.map((thing) => agreed?.words[valueOf(thing)] ?? thing.item.replaceAll("_", " ")).join(", ");
}

/** What a no was to, in a sentence. */
export function noWords({ payload }, agreed) {
  return payload.everything ? "No to everything." : `No to: ${things(payload.gone, agreed)}.`;
}

/** The panel beside the charts, and the line that stands until somebody on this screen has seen it. */
export function agreedPanel({ model, facts, urgent }) {
  const says = part("agreed-says");
  const list = part("nos");
  const show = wallClock(facts.time_zone);
  const seen = new Set();
  const told = new Set();
  const rows = new Map();

  const isNews = (entry) => entry.kind === "said_no" && !model.brought.has(entry.key) && !seen.has(entry.key);
  const rowOf = (entry) => {
    if (!rows.has(entry.key)) rows.set(entry.key, row(entry, { facts, show, onSeen: () => dismiss(entry) }));
    return rows.get(entry.key);
  };
  const dismiss = (entry) => {
    seen.add(entry.key);
    draw();
  };
  const draw = () => {
    write(says, summary(yeses(model.entries, facts.agreed), facts.agreed));
    const news = model.entries.filter(isNews);
    list.replaceChildren(...news.map(rowOf));
    list.hidden = news.length === 0;
    for (const entry of news.filter(({ key }) => !told.has(key))) {
      told.add(entry.key);
      urgent(noWords(entry, facts.agreed));
    }
  };
  return { draw };
}

function summary(left, agreed) {
  if (left.size === 0) return "Nothing is a yes: nothing is given, and nobody is touched.";
  const touch = [...left].filter((value) => value.startsWith("touch/")).map((value) => agreed.words[value]);
  return `${touch.length ? touch.join(" · ") : "No touch"}. ${left.size} yeses in all.`;
}

function row(entry, { facts, show, onSeen }) {
  const said = make("span", {}, make("strong", {}, noWords(entry, facts.agreed)), ` ${show(at(entry))}, ${entry.by.name}`);
  return make("li", { class: "banner no" }, said, make("button", { type: "button", on: { click: onSeen } }, "Seen"));
}
