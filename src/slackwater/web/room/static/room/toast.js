/** Says what became of an entry, where the eye is, for a few seconds; the log keeps it for good. */

import { part, write } from "./dom.js";

const SHOWN_MS = 6_000;

export function toasts({ sender, onPick }) {
  const root = part("toast");
  const words = part("toast-words");
  const button = part("toast-open");
  let timer = null;
  let entry = null;

  button.addEventListener("click", () => entry && onPick(entry));
  const show = (text) => {
    write(words, text);
    root.hidden = false;
    clearTimeout(timer);
    timer = setTimeout(() => (root.hidden = true), SHOWN_MS);
  };
  sender.addEventListener("saved", ({ detail: { key, entry: saved } }) => {
    if (entry?.key !== key || !saved) return;
    entry = saved;
    show(`${root.dataset.title}: saved`);
  });
  return (title, recorded) => {
    entry = recorded;
    root.dataset.title = title;
    show(`${title}: kept on this device, sending`);
  };
}
