/** In a demonstration only: how fast the room's clock runs, and starting over. */

import { part } from "./dom.js";

export function demo({ wire, recorder, clock, toast }) {
  const root = part("demo");
  if (!root) return { draw: () => {} };
  const buttons = [...root.querySelectorAll("button[data-factor]")];
  const draw = () => {
    for (const button of buttons) {
      button.setAttribute("aria-pressed", `${Number(button.dataset.factor) === clock.anchor.factor}`);
    }
  };
  root.addEventListener("click", async (event) => {
    const factor = Number(event.target.dataset.factor);
    if (!factor) return;
    // Sent at once and never kept: a change of speed that arrives later would bend the past.
    const answer = await wire.post([recorder.entry("speed", { factor })]).catch(() => null);
    if (answer?.body?.results?.[0]?.status !== "saved") toast("The speed could not be changed");
  });
  return { draw };
}
