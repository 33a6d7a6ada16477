/** A dialog that rises where the thumb is. Closing it loses nothing: what was typed is there when it opens again. */

import { part, write } from "../dom.js";

export class Sheet {
  constructor(name) {
    this.root = document.getElementById(`sheet-${name}`);
    this.form = this.root.querySelector("form");
    this.fault = part("fault", this.root);
    for (const button of this.root.querySelectorAll("[data-close]")) button.addEventListener("click", () => this.close());
    // A tap beside the sheet closes it, as Escape does.
    this.root.addEventListener("click", (event) => event.target === this.root && this.close());
  }

  open() {
    if (this.root.open) return;
    this.say("");
    this.opener = document.activeElement;
    this.root.showModal();
    // The title, where nothing is to be typed: a button that has the focus would already be half an answer.
    const first = this.root.querySelector("[data-first]") ?? this.root.querySelector("h2");
    first.focus();
    this.root.scrollTop = 0;
  }

  close() {
    this.root.close();
    // Focus goes back to where it was; a button that has meanwhile gone leaves it on the page.
    if (this.opener?.isConnected) this.opener.focus();
  }

  /** Say what is wrong, beside the field that is wrong. */
  say(words, field = null) {
    write(this.fault, words);
    if (this.fault) this.fault.hidden = !words;
    for (const input of this.root.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
    if (!field) return;
    field.setAttribute("aria-invalid", "true");
    field.focus();
  }
}
