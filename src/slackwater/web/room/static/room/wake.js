/** Keeps the screen from sleeping while the room is shown, and says so where the device won't promise it. */

import { part, write } from "./dom.js";

export function stayAwake() {
  const words = part("wake");
  const hold = async () => {
    if (document.hidden) return;
    try {
      await navigator.wakeLock.request("screen");
      write(words, "");
    } catch {
      write(words, "This screen may go to sleep; set it to stay on.");
    }
  };
  // The lock is lost whenever the page is hidden.
  document.addEventListener("visibilitychange", hold);
  return hold();
}
