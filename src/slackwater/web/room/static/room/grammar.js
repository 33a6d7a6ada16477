/** Whole numbers by the one strict grammar that the server has too: digits 0 to 9 and nothing else. */

/** The number, or the sentence that says how to mend what was typed. */
export function readWhole(text, { label, low, high }) {
  const written = text.trim();
  if (written === "") return { value: null };
  if (/[.,]/.test(written)) return fault(`${label}: write a whole number, without point or comma.`);
  if (!/^[0-9]+$/.test(written)) return fault(`${label}: write digits only, such as ${low + 20}.`);
  if (written.length > 1 && written.startsWith("0")) return fault(`${label}: leave out the leading zero.`);
  const value = Number(written);
  if (value < low || value > high) {
    return fault(`${label}: ${written} is outside ${low} to ${high}. Check the number, or mark it as no reading.`);
  }
  return { value };
}

function fault(message) {
  return { fault: message };
}
