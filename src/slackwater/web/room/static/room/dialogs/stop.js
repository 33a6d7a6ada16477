/** Stopping works always, for anyone in the room, with or without a network; there is no way back. */

import { Sheet } from "./sheet.js";

export function stopSheet({ recorder, model }) {
  const sheet = new Sheet("stop");
  sheet.form.addEventListener("submit", (event) => {
    event.preventDefault();
    const answers = new FormData(sheet.form);
    const more = String(answers.get("more") ?? "").trim();
    const reason = [answers.get("reason"), more].filter(Boolean).join(": ");
    recorder.record("stop", { reason });
    sheet.form.reset();
    sheet.close();
  });
  return { open: () => model.stopped || sheet.open() };
}
