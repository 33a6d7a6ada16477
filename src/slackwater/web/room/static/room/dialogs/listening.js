/** What the crowd listens to, sign by sign. Each switch is an entry; one away from how the room was opened says why. */

import { wallClock } from "../clock.js";
import { part, write } from "../dom.js";
import { listening, said } from "../listening.js";
import { Sheet } from "./sheet.js";

export function listeningSheet({ recorder, model, facts }) {
  const sheet = new Sheet("listening");
  const show = wallClock(facts.time_zone);
  const usual = new Map(facts.signs.map(({ sign, at_opening: on }) => [sign, on]));
  const rows = [...sheet.root.querySelectorAll("[data-sign]")];

  const draw = () => {
    const heard = listening(model.entries, facts.signs);
    for (const row of rows) stands(row, heard.get(row.dataset.sign), show);
  };
  const turn = (row, reason) => {
    const { sign } = row.dataset;
    const { on } = listening(model.entries, facts.signs).get(sign);
    recorder.record("listening", { sign, on: on ? 0 : 1, reason });
    ask(row, false);
    row.querySelector("[data-switch]").focus();
  };
  const asked = (row) => {
    const { sign } = row.dataset;
    const { on } = listening(model.entries, facts.signs).get(sign);
    // Going back to how the room was opened needs no reason; leaving it does.
    if (!on === usual.get(sign)) turn(row, "");
    else ask(row, part("heard-why", row).hidden);
  };
  const because = (row) => {
    const reason = row.querySelector("input").value.trim();
    if (reason) turn(row, reason);
    else fault(row, "Write why, in a few words. It is kept with your name.");
  };
  sheet.root.addEventListener("click", ({ target }) => {
    if (target.closest("[data-switch]")) asked(target.closest("[data-sign]"));
    if (target.closest("[data-because]")) because(target.closest("[data-sign]"));
  });
  // A form of several fields and no submit button does nothing by itself when Enter is pressed.
  sheet.root.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
    event.preventDefault();
    because(event.target.closest("[data-sign]"));
  });
  model.addEventListener("entries", draw);
  draw();
  return { open: () => sheet.open() };
}

/* The reason is asked for in place, and the button says whether it is. */
function ask(row, isAsked) {
  part("heard-why", row).hidden = !isAsked;
  row.querySelector("[data-switch]").setAttribute("aria-expanded", `${isAsked}`);
  const field = row.querySelector("input");
  fault(row, "");
  if (isAsked) field.focus();
  else field.value = "";
}

function fault(row, words) {
  const field = row.querySelector("input");
  const line = part("why-fault", row);
  write(line, words);
  line.hidden = !words;
  field.toggleAttribute("aria-invalid", Boolean(words));
  if (words) field.focus();
}

function stands(row, { on, entry }, show) {
  row.dataset.on = on ? "yes" : "no";
  write(part("heard-state", row), on ? "on" : "off");
  write(part("heard-says", row), said({ on, entry }, show));
  const label = row.querySelector("h3").textContent;
  const button = row.querySelector("[data-switch]");
  if (!button) return;
  write(button, `Switch ${on ? "off" : "on"}`);
  button.setAttribute("aria-label", `Switch ${on ? "off" : "on"}: ${label}`);
  write(row.querySelector("[data-because]"), `Switch ${on ? "off" : "on"}, with this reason`);
}
