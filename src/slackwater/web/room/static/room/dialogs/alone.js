/** Somebody would go while that leaves the patient, or whoever is with them, alone. */

import { write, part } from "../dom.js";
import { leavesOpen } from "../presence.js";
import { Sheet } from "./sheet.js";

export function aloneSheet({ recorder, model, facts }) {
  const sheet = new Sheet("alone");
  const me = `${facts.user.id}`;
  sheet.form.addEventListener("submit", (event) => {
    event.preventDefault();
    recorder.record("went_out", { is_fact: 1, who: me });
    sheet.close();
  });
  return {
    open: () => {
      write(part("alone-says", sheet.root), leavesOpen(model.entries, me, null).join(" "));
      sheet.open();
    },
  };
}
