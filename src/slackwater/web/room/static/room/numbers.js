/** The big numbers beside the charts. Each says how old it is; what is not a reading is never shown as one. */

import { age } from "./clock.js";
import { part, toggle, write } from "./dom.js";
import { latest, standing } from "./fold.js";
import { tenths } from "./words.js";

const CARDS = { pressure: ["sbp", "dbp"], hr: ["hr"], spo2: ["spo2"], rr: ["rr"] };
const SHAPES = { high: "▲▲▲", medium: "▲▲", low: "▲" };

export function numbers({ model, clock, facts }) {
  const cards = Object.entries(CARDS).map(([name, codes]) => ({ codes, root: part(`number-${name}`) }));
  const rating = part("number-rating");
  const depth = part("number-depth");
  const draw = () => {
    for (const { codes, root } of cards) if (root) sign(root, codes, { model, clock, facts });
    said(rating, { model, clock });
    expected(depth, { model, clock });
  };
  return { draw };
}

function sign(root, codes, { model, clock, facts }) {
  const seen = codes.map((code) => latest(model.entries, code));
  const [first] = seen;
  const now = clock.room();
  const trouble = seen.map(({ last }) => last?.quality).find((quality) => quality && quality !== "ok");
  const isKnown = seen.every(({ good }) => good);
  const value = isKnown ? seen.map(({ good }) => tenths(good.tenths)).join("/") : "–";
  const old = isKnown ? now - Math.min(...seen.map(({ good }) => good.at)) : 0;
  const isStale = isKnown && isOld(codes[0], old, { model, facts, now });
  const alert = (model.state.alerts ?? []).find((candidate) => candidate.codes?.some((code) => codes.includes(code)));
  // A value that is no longer read steps back behind the words that say so.
  write(part("value", root), trouble ? WORDS[trouble] : value);
  write(part("age", root), ageLine({ trouble, isKnown, isStale, old, value, first, now }));
  toggle(root, "is-words", Boolean(trouble));
  toggle(root, "is-stale", isStale || !isKnown || trouble);
  toggle(root, "is-waiting", first.last?.waiting);
  flag(root, trouble || isStale ? null : alert);
}

/* A number is old when the rules say that its next measurement is overdue; before a dose, when no dose may rest on it. */
function isOld(code, old, { model, facts, now }) {
  const from = model.state.old_from?.[code];
  if (from) return now > Date.parse(from);
  return model.firstDoseAt === null && old > facts.fresh_before_dose_s * 1000;
}

const WORDS = { disconnected: "no reading", artefact: "artefact" };

function ageLine({ trouble, isKnown, isStale, old, value, first, now }) {
  if (trouble === "artefact") return `not shown, ${age(now - first.last.at)}${isKnown ? ` · before: ${value}` : ""}`;
  if (trouble) return `since ${age(now - first.last.at).replace(" ago", "")}${isKnown ? ` · last ${value}` : ""}`;
  if (!isKnown) return "not measured yet";
  return isStale ? `old: ${age(old)}` : age(old);
}

function flag(root, alert) {
  const level = alert?.level ?? "";
  root.dataset.level = level;
  const mark = part("flag", root);
  write(mark, alert ? SHAPES[level] : "");
  mark.hidden = !alert;
}

function said(root, { model, clock }) {
  const last = standing(model.entries, "rating").at(-1);
  write(part("value", root), last ? `${last.payload.depth}` : "–");
  write(part("age", root), last ? age(clock.room() - Date.parse(last.happened_at)) : "not asked yet");
  toggle(root, "is-stale", !last);
}

/** The crowd's depth at this minute: nine in ten, rounded outwards, never one bare number. */
function expected(root, { model, clock }) {
  const now = depthNow(model, clock);
  write(part("value", root), now ? `${Math.floor(now.p05)}–${Math.ceil(now.p95)}` : "–");
  const none = why(model);
  write(part("age", root), now ? `9 of 10 · middle ${now.p50.toFixed(1)}` : none);
  toggle(root, "is-stale", !now);
}

function why({ firstDoseAt, left, forecast }) {
  if (left) return "has left";
  if (firstDoseAt === null) return "before the dose";
  if (forecast === undefined) return "asking";
  return forecast?.outside ? "outside my crowd" : "no estimate";
}

/** The crowd's percentiles of depth at this minute, or null where there is no forecast to go by. */
export function depthNow(model, clock) {
  const { forecast, firstDoseAt } = model;
  if (!forecast || forecast.outside || firstDoseAt === null || model.left) return null;
  return at(forecast, (clock.room() - firstDoseAt) / 60_000);
}

/** Percentiles of depth at a minute, between the two nearest points of the forecast. */
export function at({ time_min: times, quantities }, minute) {
  if (minute < times[0] || minute > times.at(-1)) return null;
  const right = Math.max(1, times.findIndex((time) => time >= minute));
  const part = (minute - times[right - 1]) / (times[right] - times[right - 1]);
  const mix = (values) => values[right - 1] + part * (values[right] - values[right - 1]);
  return Object.fromEntries(Object.entries(quantities.depth.now).map(([name, values]) => [name, mix(values)]));
}
