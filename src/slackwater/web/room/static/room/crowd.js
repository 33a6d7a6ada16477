/** What the crowd says about itself: how many still fit, on what it rests, and when nobody in it fits. */

import { make, part, write } from "./dom.js";
import { depthNow } from "./numbers.js";

const SILENT = "No estimate: the engine has not answered. Go by the person; everything else here works.";

export function crowd({ model, clock, facts }) {
  const says = part("crowd-says");
  const basis = part("crowd-basis");
  const outside = part("outside");
  const sources = part("sources");

  const draw = () => {
    const { forecast } = model;
    write(says, forecast ? saying(model, clock) : forecast === null ? SILENT : "Asking the crowd.");
    write(basis, forecast ? [fitting(forecast), afresh(facts.order), deaf(forecast), widened(forecast)].filter(Boolean).join(" ") : "");
    outside.hidden = !forecast?.outside;
  };
  const fill = () => sources.replaceChildren(...account(model.forecast, facts.order));
  return { draw, fill };
}

function saying(model, clock) {
  const { forecast } = model;
  if (forecast.planned) return "What the ordered dose would do if it were given now.";
  const chance = recoveredNow(forecast, model, clock);
  return `${forecast.sentence}${chance === null ? "" : ` ${inTen(chance)} have recovered by now.`}`;
}

/* Said only once the effect eases: before it has been felt, those who will hardly feel it count as recovered. */
function recoveredNow(forecast, model, clock) {
  if (!depthNow(model, clock)) return null;
  const minute = (clock.room() - model.firstDoseAt) / 60_000;
  const peak = forecast.time_min[highest(forecast.quantities.depth.now.p50)];
  if (minute <= peak) return null;
  const index = forecast.time_min.findLastIndex((time) => time <= minute);
  return forecast.recovered.chance[index] ?? null;
}

function highest(values) {
  return values.reduce((best, value, index) => (value > values[best] ? index : best), 0);
}

function inTen(chance) {
  if (chance < 0.05) return "Fewer than 1 in 20 of the crowd";
  if (chance > 0.95) return "More than 19 in 20 of the crowd";
  return `About ${Math.round(chance * 10)} in 10 of the crowd`;
}

function fitting({ ess, subjects, model, outside, learned, refreshed }) {
  if (outside) return learned;
  // Drawn again around the few who fitted, the crowd has all its members back; its sentence has said so.
  if (refreshed) return `Model ${model.toUpperCase()}. ${learned}`.trim();
  return `It rests on ${Math.round(ess)} of ${subjects} virtual patients (${model.toUpperCase()}). ${learned}`.trim();
}

/* Earlier sessions could have taught it, and the order said that they should not; why stands behind "Where from?". */
function afresh({ start }) {
  return start ? "By order it starts from the published crowd." : "";
}

/* What the band leaves out: somebody switched it off, here or for the whole clinic. */
function deaf({ likelihoods, outside }) {
  const off = likelihoods.filter(({ in_use: isOn }) => !isOn).map(({ words }) => words);
  return off.length && !outside ? `It does not listen to ${off.join(", ")}.` : "";
}

/* Why the band is wider than the crowd's own, where past bands have not held. */
function widened(forecast) {
  return (forecast.widened ?? []).map(({ sentence }) => sentence).join(" ");
}

function account(forecast, { start }) {
  if (!forecast) return [make("p", {}, "There is no estimate now, so there is nothing to account for.")];
  const facts = [
    ["Model", forecast.model_title],
    ["Crowd", `${forecast.subjects} virtual patients, seed ${forecast.seed}, id ${forecast.crowd_id}`],
    ["Fits what was seen", `${Math.round(forecast.ess)} (${(100 * forecast.ess_share).toFixed(0)} %)`],
    ["Log read up to", `entry ${forecast.version}`],
  ];
  const list = make("dl", { class: "facts" });
  for (const [name, value] of facts) list.append(make("dt", {}, name), make("dd", {}, value));
  const rows = forecast.basis.map(({ what, source, grade }) =>
    make("li", {}, make("strong", {}, what), make("span", { class: "chip" }, grade), make("p", { class: "dim" }, source)),
  );
  const learned = [forecast.learned, forecast.lesson].filter(Boolean).join(" ");
  return [make("p", {}, forecast.on_screen), ...(learned ? [make("p", {}, learned)] : []), ...(start ? [make("p", {}, start)] : []), list, make("ul", { class: "basis" }, ...rows)];
}
