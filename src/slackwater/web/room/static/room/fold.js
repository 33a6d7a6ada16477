/** What the screen draws from the entries. The clinical state itself is folded by the server. */

/** The sequences that were struck out, each with the entry that did it. */
export function strikes(entries) {
  const struck = new Map();
  for (const entry of entries) {
    if (entry.kind === "struck") struck.set(entry.payload.sequence, entry);
  }
  return struck;
}

/* A monitor writes thousands of entries and every chart asks for them at every stroke; the list of entries is
   replaced when it changes, never altered, so an answer holds as long as the list does. */
const answers = new WeakMap();

/** Entries that still stand, of one kind, in the order in which they happened. */
export function standing(entries, kind) {
  return remember(entries, kind, () => {
    const struck = strikes(entries);
    return entries
      .filter((entry) => entry.kind === kind && !struck.has(entry.sequence))
      .sort((one, other) => at(one) - at(other));
  });
}

function remember(entries, name, find) {
  if (!answers.has(entries)) answers.set(entries, new Map());
  const known = answers.get(entries);
  if (!known.has(name)) known.set(name, find());
  return known.get(name);
}

/** Doses as given, each with when it ended: an infusion ends early at a stop. */
export function doses(entries) {
  const stopped = standing(entries, "stop")[0];
  return standing(entries, "dose").map((entry) => {
    const from = at(entry);
    const planned = from + entry.payload.duration_s * 1000;
    const until = stopped ? Math.max(from, Math.min(planned, at(stopped))) : planned;
    return { ...entry.payload, from, until };
  });
}

/** Every reading of one vital sign, with its quality: good ones are drawn, the others only marked. */
export function track(entries, code) {
  return remember(entries, `track ${code}`, () => {
    const points = [];
    for (const entry of standing(entries, "vitals")) {
      const reading = entry.payload.readings.find((candidate) => candidate.code === code);
      if (reading) points.push({ at: at(entry), value: reading.tenths / 10, ...reading, waiting: !entry.sequence });
    }
    return points;
  });
}

/** The last reading of one vital sign and, where that is not a reading, the last that was. */
export function latest(entries, code) {
  const points = track(entries, code);
  return { last: points.at(-1) ?? null, good: points.findLast((point) => point.quality === "ok") ?? null };
}

/** Everything for the log: newest event first, and of one moment the later entry first. */
export function happened(entries) {
  return entries
    .filter((entry) => entry.kind !== "struck")
    .sort((one, other) => at(other) - at(one) || order(other) - order(one));
}

/** When an entry happened, ms since 1970. */
export function at(entry) {
  return Date.parse(entry.happened_at);
}

function order(entry) {
  return entry.sequence ?? Number.MAX_SAFE_INTEGER;
}
