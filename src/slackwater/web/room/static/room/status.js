/** The top of the screen: who, which phase, what time, whether this is live, and what still waits here. */

import { running, wallClock } from "./clock.js";
import { part, write } from "./dom.js";
import { depthNow } from "./numbers.js";

export function status({ model, clock, live, sender, facts }) {
  const time = wallClock(facts.time_zone);
  const banner = part("silent");
  const wall = part("wall-clock");
  const sinceDose = part("elapsed");
  const link = part("connection");
  // Only whoever may settle something of it has it.
  const ready = part("ready-link");
  let silentSince = null;

  live.addEventListener("silent", () => {
    silentSince = clock.server() - 10_000;
    document.body.classList.add("is-silent");
    write(banner, `Not live since ${time(silentSince)}. Numbers below are as of then. Trust the certified monitor.`);
    banner.hidden = false;
  });
  live.addEventListener("live", () => {
    silentSince = null;
    document.body.classList.remove("is-silent");
    banner.hidden = true;
  });

  const draw = () => {
    const now = clock.room();
    write(wall, time(now));
    write(sinceDose, model.firstDoseAt === null ? "not yet" : running(now, model.firstDoseAt));
    phase(model, clock);
    connection(link, { live, sender });
    ended(model, time);
    if (ready) ready.hidden = model.firstDoseAt !== null;
  };
  return { draw };
}

function phase(model, clock) {
  const chip = part("phase");
  const depth = depthNow(model, clock);
  const minute = (clock.room() - (model.firstDoseAt ?? 0)) / 60_000;
  const now = model.forecast?.phases?.find((each) => minute >= each.from_min && minute < each.to_min);
  if (model.left) write(chip, "Left");
  else if (model.firstDoseAt === null) write(chip, "Before the dose");
  else if (model.forecast?.outside) write(chip, "Outside my crowd");
  else if (depth && now) write(chip, `${capital(now.word)} · depth ${Math.floor(depth.p05)} to ${Math.ceil(depth.p95)}`);
  else write(chip, model.forecast === undefined ? "…" : "No estimate");
}

function connection(link, { live, sender }) {
  const waiting = sender.waiting.length;
  const state = live.silent || sender.trouble?.kind === "offline" ? "silent" : waiting ? "waiting" : "live";
  link.dataset.state = state;
  const count = waiting === 1 ? "1 entry waiting" : `${waiting} entries waiting`;
  const words = { silent: waiting ? count : "Not live", waiting: count, live: "Live, all saved" };
  write(link, words[state]);
}

function ended(model, time) {
  const banner = part("ended");
  const { stopped, left } = model;
  banner.hidden = !stopped && !left;
  if (left) write(banner, `Left the room at ${time(Date.parse(left.happened_at))}. The record stays open to notes.`);
  else if (stopped) {
    const sent = stopped.sequence ? "" : " Not sent yet: tell the others aloud.";
    write(banner, `■ Stopped at ${time(Date.parse(stopped.happened_at))}: nothing more may be given.${sent} The drug goes on working: keep watching.`);
  }
  const button = document.querySelector(".dock .stop");
  if (button && stopped) {
    button.disabled = true;
    write(button, "■ Stopped");
  }
}

function capital(word) {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
