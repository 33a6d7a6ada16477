/** A note: ready-made phrases for a hand that is busy, and free words that survive a reload. */

import { Sheet } from "./sheet.js";
import { When } from "./when.js";

const PAUSE_MS = 250;

export function noteSheet({ recorder, clock, facts, store }) {
  const sheet = new Sheet("note");
  const when = new When(sheet.root, { clock, facts });
  const text = sheet.form.querySelector("textarea");
  let timer = null;

  const keep = () => {
    clearTimeout(timer);
    timer = setTimeout(() => store.saveDraft("note", text.value), PAUSE_MS);
  };
  text.addEventListener("input", keep);
  sheet.form.addEventListener("click", (event) => {
    const { phrase } = event.target.dataset;
    if (!phrase) return;
    text.value = text.value.trim() ? `${text.value.trim()} ${phrase}` : phrase;
    text.focus();
    keep();
  });
  sheet.form.addEventListener("submit", (event) => {
    event.preventDefault();
    const words = text.value.trim();
    if (!words) return sheet.say("Write something, or choose a phrase.", text);
    clearTimeout(timer);
    recorder.record("note", { text: words }, when.at());
    text.value = "";
    store.saveDraft("note", "");
    return sheet.close();
  });
  store.readDraft("note").then((draft) => {
    if (draft) text.value ||= draft;
  });
  return {
    open: () => {
      when.reset();
      sheet.open();
    },
  };
}
