/** The depth of effect: what the crowd expects as a band, what the patient said as dots. */

import { TimeChart } from "./chart.js";
import { doses, standing } from "./fold.js";
import { ink } from "./paint.js";
import { duration, mg } from "./words.js";

const RAIL_PX = 44;
const PHASES_PX = 22;

export function depthChart(host, { model, timeline, facts, onCursor }) {
  const chart = new TimeChart(host, {
    timeline,
    top: RAIL_PX,
    foot: PHASES_PX,
    hasTimes: true,
    y: () => [0, 10],
    ySplits: () => [0, 2, 4, 6, 8, 10],
    data: () => [model.forecast?.time_min ?? [0, 1], model.forecast?.quantities.depth.now.p50 ?? [0, 0]],
    over: (brush) => {
      if (model.forecast) {
        const { outside } = model.forecast;
        if (!outside) zone(brush, model.forecast);
        bands(brush, model.forecast, timeline.end);
        if (!outside) phases(brush, model.forecast, timeline.end);
      }
      rail(brush, { model, timeline, facts });
      ratings(brush, { model, timeline });
    },
    onCursor,
  });
  return chart;
}

/** Where nine in ten of the crowd have recovered. Green and a sentence, so that colour is not alone. */
function zone(brush, { recovered }) {
  const from = recovered?.times?.p90;
  if (from === null || from === undefined) return;
  const start = Math.max(brush.left, brush.x(from));
  if (start >= brush.right) return;
  const { ctx } = brush;
  ctx.save();
  ctx.globalAlpha = 0.1;
  ctx.fillStyle = ink("good");
  ctx.fillRect(start, brush.top, brush.right - start, brush.bottom - brush.top);
  ctx.globalAlpha = 0.7;
  ctx.fillRect(start, brush.top, brush.px(1.5), brush.bottom - brush.top);
  ctx.restore();
  const narrow = brush.right - start < brush.px(134);
  brush.text(narrow ? "9 of 10" : "recovered in 9 of 10", start + brush.px(8), brush.top + brush.px(32), {
    colour: ink("good"),
    align: "left",
  });
}

function bands(brush, { time_min: times, quantities, ratings: heard, outside }, now) {
  const { now: current, prior } = quantities.depth;
  // A band that nobody fits loses its colour, so that it can't be read as one that holds.
  const tide = ink(outside ? "dim" : "tide");
  const whole = [times[0], times.at(-1)];
  brush.within(...whole, () => {
    brush.band(times, current.p05, current.p95, { colour: tide, alpha: 0.16 });
    brush.band(times, current.p25, current.p75, { colour: tide, alpha: 0.24 });
    if (heard > 0) {
      const outline = { colour: ink("dim"), width: 1.25, dash: [2, 4] };
      brush.line(times, prior.p05, outline);
      brush.line(times, prior.p95, outline);
    }
  });
  brush.within(whole[0], now, () => brush.line(times, current.p50, { colour: tide, width: 2 }));
  brush.within(now, whole[1], () => brush.line(times, current.p50, { colour: tide, width: 1.5, dash: [5, 5] }));
}

/** The phase words stand under the axis, each as wide as it lasts; the one that holds now is bright. */
function phases(brush, { phases: list = [] }, now) {
  const y = brush.bottom + brush.px(24 + PHASES_PX / 2);
  for (const { word, from_min: from, to_min: to } of list) {
    const left = Math.max(brush.left, brush.x(from));
    const right = Math.min(brush.right, brush.x(to));
    if (right - left < brush.px(3)) continue;
    const isNow = now >= from && now < to;
    const { ctx } = brush;
    ctx.fillStyle = ink(isNow ? "tide" : "line");
    ctx.fillRect(left + brush.px(1), y - brush.px(10), right - left - brush.px(2), brush.px(3));
    if (right - left > brush.px(word.length * 6.2 + 4)) {
      brush.text(word, (left + right) / 2, y + brush.px(3), {
        colour: ink(isNow ? "text" : "dim"),
        weight: isNow ? 600 : 400,
      });
    }
  }
}

/** Doses and infusions above the plot, as on an anaesthetic chart. A planned dose is only outlined. */
function rail(brush, { model, timeline, facts }) {
  const given = doses(model.entries);
  const planned = given.length ? [] : [plannedDose(facts.order, timeline)];
  for (const dose of [...given, ...planned]) mark(brush, { dose, timeline, facts });
}

function plannedDose(order, timeline) {
  return {
    number: 1,
    route: order.route,
    amount_ug: order.dose_ug,
    duration_s: order.duration_s,
    from: timeline.zero,
    until: timeline.zero + order.duration_s * 1000,
    isPlanned: true,
  };
}

function mark(brush, { dose, timeline, facts }) {
  const sand = ink("sand");
  const paint = dose.isPlanned ? { stroke: sand } : { fill: sand };
  const start = brush.x(timeline.minutes(dose.from));
  const end = brush.x(timeline.minutes(dose.until));
  const floor = brush.top - brush.px(4);
  if (dose.duration_s) {
    brush.shape(
      [
        [start, floor - brush.px(8)],
        [end, floor - brush.px(8)],
        [end, floor],
        [start, floor],
      ],
      paint,
    );
  } else {
    brush.shape(
      [
        [start, floor],
        [start - brush.px(6), floor - brush.px(11)],
        [start + brush.px(6), floor - brush.px(11)],
      ],
      paint,
    );
  }
  const over = dose.duration_s ? ` over ${duration(dose.duration_s)}` : "";
  const name = dose.number === 2 ? "Booster " : "";
  const words = `${name}${mg(dose.amount_ug)} ${facts.routes[dose.route]}${over}${dose.isPlanned ? ", planned" : ""}`;
  // A booster follows within minutes, so its words stand a line higher than the first dose's.
  const lift = dose.number === 2 ? 32 : 18;
  brush.text(words, start - brush.px(4), floor - brush.px(lift), { colour: sand, align: "left" });
}

function ratings(brush, { model, timeline }) {
  for (const entry of standing(model.entries, "rating")) {
    const x = brush.x(timeline.minutes(Date.parse(entry.happened_at)));
    if (x < brush.left || x > brush.right) continue;
    const y = brush.y(entry.payload.depth);
    const isWaiting = !entry.sequence;
    brush.dot(x, y, 6, isWaiting ? { fill: ink("card"), stroke: ink("sand"), width: 2 } : { fill: ink("sand"), stroke: ink("card"), width: 2 });
    const below = entry.payload.depth >= 9;
    brush.text(`${entry.payload.depth}`, x, y + brush.px(below ? 16 : -16), {
      colour: ink("sand"),
      size: 13,
      weight: 600,
      halo: ink("card"),
    });
  }
}
