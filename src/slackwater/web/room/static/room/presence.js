/** Who is with the patient: signed in and out by one tap, each for themselves. */

import { wallClock } from "./clock.js";
import { make, part, write } from "./dom.js";
import { at, standing } from "./fold.js";

const PLACES = { room: "in the room", earshot: "within earshot" };

/** Everybody who is here, in the order in which they came to where they are. */
export function here(entries) {
  if (standing(entries, "left").length) return [];
  const comings = [...standing(entries, "came_in"), ...standing(entries, "went_out")];
  const now = new Map();
  for (const entry of comings.sort((one, other) => at(one) - at(other) || order(one) - order(other))) {
    const { who, place } = entry.payload;
    now.delete(who);
    if (place) now.set(who, { who, place, name: entry.by.name, role: entry.by.role, since: at(entry) });
  }
  return [...now.values()];
}

/** What is missing, in words; nothing where two are here and one of them in the room. */
export function missing(present) {
  const words = [];
  if (!present.some(({ place }) => place === "room")) words.push("Nobody is signed in as being in the room.");
  if (present.length < 2) words.push("A second member of staff is needed within earshot.");
  return words;
}

/** What would be missing that is not missing now, if this person went to `place`, or out where that is null. */
export function leavesOpen(entries, who, place) {
  if (!standing(entries, "dose").length || standing(entries, "left").length) return [];
  const now = here(entries);
  const after = now.filter((one) => one.who !== who);
  if (place) after.push({ who, place });
  const before = missing(now);
  return missing(after).filter((words) => !before.includes(words));
}

export function presencePanel({ model, facts, recorder, onAlone }) {
  const list = part("here");
  const gaps = part("here-missing");
  const show = wallClock(facts.time_zone);
  const me = `${facts.user.id}`;
  const buttons = [...document.querySelectorAll("[data-place]")];

  for (const button of buttons) button.addEventListener("click", () => go(button.dataset.place || null));
  const go = (place) => {
    if (leavesOpen(model.entries, me, place).length) onAlone();
    else if (place) recorder.record("came_in", { place, who: me });
    else recorder.record("went_out", { is_fact: 0, who: me });
  };

  const draw = () => {
    const present = here(model.entries);
    list.replaceChildren(...present.map((one) => row(one, show)));
    const words = model.left ? "" : missing(present).join(" ");
    write(gaps, words);
    gaps.hidden = !words;
    const mine = present.find(({ who }) => who === me);
    for (const button of buttons) {
      const place = button.dataset.place;
      button.setAttribute("aria-pressed", String(Boolean(place) && mine?.place === place));
      button.disabled = Boolean(model.left) || (place ? mine?.place === place : !mine);
    }
  };
  return { draw };
}

function row({ name, role, place, since }, show) {
  return make("li", {}, make("strong", {}, name), make("span", { class: "dim" }, ` ${role}, ${PLACES[place]} since ${show(since)}`));
}

function order(entry) {
  return entry.sequence ?? Number.MAX_SAFE_INTEGER;
}
