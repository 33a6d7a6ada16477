/** Readings past a limit, in the three ranks of a monitor: colour, count of triangles and words agree. */

import { make, part, write } from "./dom.js";

const SHAPES = { high: "▲▲▲", medium: "▲▲", low: "▲" };
const RANKS = { high: "High", medium: "Medium", low: "Low" };

export function alerts({ model }) {
  const list = part("alerts");
  const spoken = part("speak-urgent");
  let known = new Set();

  const draw = () => {
    const current = model.state.alerts ?? [];
    list.replaceChildren(...current.map(row));
    list.hidden = current.length === 0;
    const fresh = current.filter((alert) => !known.has(key(alert)));
    // Spoken once, when it appears; the list itself stays to be read.
    if (fresh.length) write(spoken, fresh.map((alert) => `${RANKS[alert.level]} alert. ${alert.sentence}`).join(" "));
    known = new Set(current.map(key));
  };
  return { draw };
}

/* The sentence's first words name the reading; its age, further on, changes by itself and is no news. */
function key({ id, level, sentence }) {
  return `${id} ${level} ${sentence.split(",")[0]}`;
}

function row({ id, level, sentence, source }) {
  return make(
    "li",
    { data: { level }, title: `${id}: ${source}` },
    make("span", { class: "rank" }, make("span", { "aria-hidden": "true" }, SHAPES[level]), ` ${RANKS[level]}`),
    make("span", { class: "words" }, sentence),
    make("span", { class: "id" }, id),
  );
}
