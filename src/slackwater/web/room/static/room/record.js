/** Turns what a person did into an entry, keeps it, and says what became of it. */

import { sentence } from "./words.js";

export class Recorder {
  constructor({ clock, sender, facts, toast }) {
    Object.assign(this, { clock, sender, facts, toast });
  }

  /** An entry of this moment, or of `at` ms, in the form in which it travels. */
  entry(kind, payload, at = this.clock.room()) {
    return {
      key: newKey(),
      kind,
      payload,
      happened_at: new Date(at).toISOString(),
      by: { name: this.facts.user.name, role: this.facts.user.role },
    };
  }

  /** Keep and send. Everything but a dose goes this way. */
  async record(kind, payload, at) {
    const entry = this.entry(kind, payload, at);
    await this.sender.add(entry);
    const [title] = sentence(entry, this.facts);
    this.toast(title, entry);
    return entry;
  }
}

/** A key that no other device makes. randomUUID is missing where the page is not served securely. */
export function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
