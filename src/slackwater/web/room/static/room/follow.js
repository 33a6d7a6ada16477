/** Keeps the model level with the server: the stream, a state fetched afresh, and a clock that is believed. */

import { part, write } from "./dom.js";
import { gently } from "./refresh.js";

const MONITOR_MS = 3_000;

export function follow({ facts, clock, model, wire, sender, live }) {
  const signedOut = part("signed-out");

  const state = gently(async () => {
    try {
      const fresh = await wire.state(model.last);
      clock.sync(fresh);
      model.setState(fresh);
      signedOut.hidden = true;
    } catch (error) {
      // 0 is a redirect to the sign-in page, which fetch does not follow here.
      if ([0, 401, 403].includes(error.status)) signedOut.hidden = false;
      if (error.status === 404) part("gone").hidden = false;
    }
  });
  const forecast = gently(async () => {
    try {
      model.setForecast(await wire.forecast());
    } catch (error) {
      // An engine that fails leaves no estimate on the screen; a network that fails leaves the old one, greyed.
      if (error.status === 422 || error.status >= 500) model.setForecast(null);
    }
  });
  const refresh = () => {
    state();
    forecast();
  };

  // What a monitor writes every second is drawn at once; what the rules make of it may be a few seconds behind.
  let isMonitored = false;
  live.addEventListener("entry", ({ detail }) => {
    if (!model.add(detail)) return;
    if (detail.payload.source === "monitor") isMonitored = true;
    else state();
  });
  setInterval(() => {
    if (isMonitored) state();
    isMonitored = false;
  }, MONITOR_MS);
  live.addEventListener("forecast", ({ detail }) => detail.version !== model.forecast?.version && forecast());
  live.addEventListener("ping", ({ detail }) => clock.sync(detail));
  live.addEventListener("ended", ({ detail }) => detail.why === "signed-out" && (signedOut.hidden = false));
  live.addEventListener("clock", ({ detail }) => {
    clock.sync(detail);
    state();
  });
  live.addEventListener("live", () => {
    refresh();
    sender.kick();
  });
  sender.addEventListener("saved", ({ detail }) => detail.entry && model.add(detail.entry) && state());
  sender.addEventListener("change", () => {
    if (sender.trouble?.kind === "signed-out") signedOut.hidden = false;
    part("somebody-else").hidden = sender.trouble?.kind !== "somebody-else";
  });
  sender.addEventListener("unkept", () => {
    write(part("unkept"), "This device could not keep the last entry. It is sent from memory: don't close this page.");
    part("unkept").hidden = false;
  });

  const awake = () => {
    if (document.hidden) return;
    refresh();
    sender.load();
    live.look();
  };
  document.addEventListener("visibilitychange", awake);
  globalThis.addEventListener("online", awake);
  setInterval(() => clock.slipped() && awake(), 1000);
  // What is due changes with time alone, even when nothing is entered; sooner where a demonstration runs fast.
  let waited = 0;
  setInterval(() => {
    waited += 1;
    if (document.hidden || waited < facts.refresh_s / Math.min(5, clock.anchor.factor)) return;
    waited = 0;
    state();
  }, 1000);
  forecast();
  return { refresh };
}
