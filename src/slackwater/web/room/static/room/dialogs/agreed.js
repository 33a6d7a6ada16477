/** Saying no is one tap, needs no reason and works without a network. A wish is kept, and changes nothing. */

import { thingOf, yeses } from "../agreed.js";
import { part, toggle, write } from "../dom.js";
import { Sheet } from "./sheet.js";

export function agreedSheet({ recorder, model, facts }) {
  const sheet = new Sheet("agreed");
  const sign = () => (facts.user.role === "patient" ? "tap" : (new FormData(sheet.form).get("sign") ?? "word"));

  sheet.form.addEventListener("submit", (event) => {
    event.preventDefault();
    const pressed = event.submitter;
    if (!pressed) return;
    const everything = pressed.name === "everything";
    const gone = everything ? [] : [thingOf(pressed.value)];
    recorder.record("said_no", { gone, sign: sign(), everything: everything ? 1 : 0 });
  });
  sheet.root.addEventListener("click", ({ target }) => {
    const wish = target.closest("[data-wish]");
    if (!wish) return;
    recorder.record("asked", { wishes: wish.dataset.wish ? [thingOf(wish.dataset.wish)] : [] });
    write(part("wish-kept", sheet.root), `Kept for a sober day: ${wish.textContent}. Nothing changes today.`);
  });

  const draw = () => {
    const left = yeses(model.entries, facts.agreed);
    for (const element of sheet.root.querySelectorAll(".part")) figurePart(element, left);
    for (const row of sheet.root.querySelectorAll("[data-yes]")) listed(row, left);
    part("nothing-agreed", sheet.root).hidden = left.size > 0;
  };
  model.addEventListener("entries", draw);
  draw();
  return { open: () => sheet.open() };
}

function listed(row, left) {
  const isYes = left.has(row.dataset.yes);
  toggle(row, "gone", !isYes);
  write(part("yes-state", row), isYes ? "yes" : "no");
  const button = row.querySelector("button");
  if (button) button.disabled = !isYes;
}

function figurePart(element, left) {
  const isYes = left.has(element.value ?? element.dataset.value);
  toggle(element, "yes", isYes);
  toggle(element, "no", !isYes);
  if ("disabled" in element) element.disabled = !isYes;
  const label = element.querySelector(".hidden-visually");
  if (!isYes) write(label, label.textContent.replace(/: yes\..*/s, ": no."));
}
