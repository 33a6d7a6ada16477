/** A finding: a shape, a word and a sentence; the colour only agrees with them. */

import { make } from "../dom.js";

const WORDS = { stop: "No.", warn: "Look.", unknown: "Not known.", note: "Note." };
const SHAPES = { stop: "✕", warn: "▲", unknown: "?", note: "i" };

export function finding({ id, severity, sentence, source }) {
  return make(
    "li",
    { class: `finding ${severity}`, title: source },
    make("span", { class: "shape", "aria-hidden": "true" }, SHAPES[severity]),
    make(
      "span",
      {},
      make("span", { class: "word" }, WORDS[severity]),
      ` ${sentence} `,
      make("span", { class: "id" }, id),
    ),
  );
}
