/** Vital signs as they were read. Gaps stay gaps; what is not a reading is a hollow mark at the edge. */

import { TimeChart } from "./chart.js";
import { track } from "./fold.js";
import { ink } from "./paint.js";

/* A line joins two readings only if nothing between them says otherwise and they are this near. */
const JOIN_MS = 20 * 60_000;
const ROOMY_PX = 7;

export const ROWS = {
  pressure: { codes: ["sbp", "dbp"], least: [50, 170], colours: { sbp: "sand", dbp: "sand" } },
  hr: { codes: ["hr"], least: [50, 110], colours: { hr: "sand" } },
  spo2: { codes: ["spo2"], least: [88, 100], colours: { spo2: "sand" } },
};

export function vitalsChart(host, { row, model, timeline, limits, onCursor, hasTimes = false }) {
  const { codes, least } = ROWS[row];
  const good = (code) => track(model.entries, code).filter((point) => point.quality === "ok");
  return new TimeChart(host, {
    timeline,
    hasTimes,
    onCursor,
    y: () => widen(least, codes.flatMap(good).map((point) => point.value), row),
    data: () => {
      const points = good(codes[0]);
      return [points.map((point) => timeline.minutes(point.at)), points.map((point) => point.value)];
    },
    over: (brush) => {
      for (const code of codes) rules(brush, limits[code]);
      if (row === "pressure") expected(brush, model.forecast);
      if (row === "pressure") pressures(brush, { model, timeline });
      else curve(brush, track(model.entries, row), { timeline, colour: ink("sand") });
      for (const code of codes) marks(brush, track(model.entries, code), { timeline });
    },
  });
}

function widen([low, high], values, row) {
  const margin = row === "spo2" ? 1 : 6;
  const least = Math.min(low, ...values.map((value) => value - margin));
  const most = Math.max(high, ...values.map((value) => value + margin));
  return [least, row === "spo2" ? Math.min(100.6, Math.max(100.6, most)) : most];
}

/** The limits that a reading is compared with, dashed, with their number. */
function rules(brush, list = []) {
  for (const { value } of list) {
    const { min, max } = brush.chart.scales.y;
    if (value <= min || value >= max) continue;
    brush.rule(value, { colour: ink("edge") });
    brush.text(`${value}`, brush.right - brush.px(4), brush.y(value) - brush.px(7), {
      colour: ink("dim"),
      size: 11,
      align: "right",
    });
  }
}

/** Where the crowd expects the pressures: nine in ten, faint, in the colour of every prediction. */
function expected(brush, forecast) {
  if (!forecast || forecast.outside) return;
  for (const name of ["systolic", "diastolic"]) {
    const quantity = forecast.quantities[name];
    if (!quantity?.absolute) continue;
    brush.within(forecast.time_min[0], forecast.time_min.at(-1), () =>
      brush.band(forecast.time_min, quantity.now.p05, quantity.now.p95, { colour: ink("tide"), alpha: 0.14 }),
    );
  }
}

/** One stroke from diastolic to systolic, with the two arrow heads of an anaesthetic chart. */
function pressures(brush, { model, timeline }) {
  const low = new Map(ok(track(model.entries, "dbp")).map((point) => [point.at, point]));
  const high = ok(track(model.entries, "sbp"));
  const head = crowded(brush, high, timeline) ? 2 : 4.5;
  const colour = ink("sand");
  for (const point of high) {
    const x = brush.x(timeline.minutes(point.at));
    if (x < brush.left || x > brush.right) continue;
    const below = low.get(point.at);
    const top = brush.y(point.value);
    if (below) brush.shape([[x, top], [x, brush.y(below.value)]], { stroke: colour, width: point.waiting ? 0.75 : 1.5 });
    arrow(brush, { x, y: top, size: head, colour, up: false, hollow: point.waiting });
    if (below) arrow(brush, { x, y: brush.y(below.value), size: head, colour, up: true, hollow: point.waiting });
  }
}

function arrow(brush, { x, y, size, colour, up, hollow }) {
  const reach = brush.px(size) * (up ? 1.5 : -1.5);
  const points = [[x, y], [x - brush.px(size), y + reach], [x + brush.px(size), y + reach]];
  brush.shape(points, hollow ? { fill: ink("card"), stroke: colour } : { fill: colour });
}

function curve(brush, points, { timeline, colour }) {
  let run = [];
  const flush = () => {
    if (run.length > 1) {
      brush.line(run.map((point) => timeline.minutes(point.at)), run.map((point) => point.value), { colour });
    }
    run = [];
  };
  for (const point of points) {
    const isGap = point.quality !== "ok" || (run.length && point.at - run.at(-1).at > JOIN_MS);
    if (isGap) flush();
    if (point.quality === "ok") run.push(point);
  }
  flush();
  const good = ok(points);
  if (crowded(brush, good, timeline)) return;
  for (const point of good) {
    const x = brush.x(timeline.minutes(point.at));
    if (x < brush.left || x > brush.right) continue;
    brush.dot(x, brush.y(point.value), 4, point.waiting ? { fill: ink("card"), stroke: colour } : { fill: colour });
  }
}

/** Artefacts as hollow diamonds at the upper edge, lost contact as hollow squares at the lower: kept, not read. */
function marks(brush, points, { timeline }) {
  for (const point of points) {
    const x = brush.x(timeline.minutes(point.at));
    if (point.quality === "ok" || x < brush.left || x > brush.right) continue;
    const size = brush.px(3.5);
    const isLost = point.quality === "disconnected";
    const y = isLost ? brush.bottom - brush.px(6) : brush.top + brush.px(6);
    const shape = isLost
      ? [[x - size, y - size], [x + size, y - size], [x + size, y + size], [x - size, y + size]]
      : [[x, y - size * 1.3], [x + size * 1.3, y], [x, y + size * 1.3], [x - size * 1.3, y]];
    brush.shape(shape, { stroke: ink("dim"), width: 1.25 });
  }
}

function crowded(brush, points, timeline) {
  if (points.length < 3) return false;
  const span = brush.x(timeline.minutes(points.at(-1).at)) - brush.x(timeline.minutes(points[0].at));
  return span / points.length < brush.px(ROOMY_PX);
}

function ok(points) {
  return points.filter((point) => point.quality === "ok");
}
