/** The top of the screen: who, which phase, what time, whether this is live, and what still waits here. */

import { running, wallClock } from "./clock.js";
import { part, write } from "./dom.js";
import { depthNow } from "./numbers.js";
import { wordsFor } from "./own-words.js";

export function status({ model, clock, live, sender, facts }) {
  const time = wallClock(facts.time_zone);
  const banner = part("silent");
  const wall = part("wall-clock");
  const sinceDose = part("elapsed");
  const link = part("connection");
  // Only whoever may settle something of it has it.
  const ready = part("ready-link");
  const says = wordsFor(facts);
  let silentSince = null;

  live.addEventListener("silent", () => {
    silentSince = clock.server() - 10_000;
    document.body.classList.add("is-silent");
    write(banner, says.silent(time(silentSince)));
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
    phase(model, clock, says);
    connection(link, { live, sender }, says);
    ended(model, time, says);
    if (ready) ready.hidden = model.firstDoseAt !== null;
  };
  return { draw };
}

function phase(model, clock, says) {
  const chip = part("phase");
  const depth = depthNow(model, clock);
  const minute = (clock.room() - (model.firstDoseAt ?? 0)) / 60_000;
  const now = model.forecast?.phases?.find((each) => minute >= each.from_min && minute < each.to_min);
  if (model.left) write(chip, "Left");
  else if (model.firstDoseAt === null) write(chip, "Before the dose");
  else if (model.forecast?.outside) write(chip, says.outside);
  else if (depth && now) write(chip, `${capital(now.word)} · depth ${Math.floor(depth.p05)} to ${Math.ceil(depth.p95)}`);
  else write(chip, model.forecast === undefined ? "…" : "No estimate");
}

function connection(link, { live, sender }, says) {
  const waiting = sender.waiting.length;
  const state = live.silent || sender.trouble?.kind === "offline" ? "silent" : waiting ? "waiting" : "live";
  link.dataset.state = state;
  const count = says.waiting(waiting);
  const words = { silent: waiting ? count : says.isSilent, waiting: count, live: says.isLive };
  write(link, words[state]);
}

function ended(model, time, says) {
  const banner = part("ended");
  const { stopped, left } = model;
  banner.hidden = !stopped && !left;
  if (left) write(banner, says.left(time(Date.parse(left.happened_at))));
  else if (stopped) write(banner, says.stopped(time(Date.parse(stopped.happened_at)), Boolean(stopped.sequence)));
  const button = document.querySelector(".dock .stop");
  if (button && stopped) {
    button.disabled = true;
    write(button, "■ Stopped");
  }
}

function capital(word) {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
