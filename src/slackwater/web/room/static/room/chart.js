/** A chart on the shared time axis: uPlot keeps scales, axes and cursor; the caller draws what is on it. */

import { Brush, ink } from "./paint.js";

/* The same left edge and right edge on every chart, so that one moment stands on one vertical line. */
const LEFT = 40;
const RIGHT = 20;

export class TimeChart {
  /**
   * host:   the element that gives the size
   * y:      () => [low, high]
   * data:   () => [minutes, values] for the cursor to rest on
   * under, over: (brush) => void, painted below and above
   */
  constructor(host, { timeline, y, data, over, onCursor = () => {}, top = 9, foot = 0, hasTimes = false, ySplits }) {
    this.host = host;
    this.timeline = timeline;
    this.data = data;
    const size = hasTimes ? 24 + foot : foot;
    this.chart = new globalThis.uPlot(
      {
        ...this.size(),
        padding: [top, RIGHT, hasTimes ? 0 : 9, 0],
        legend: { show: false },
        cursor: cursor(),
        scales: { x: { time: false, range: () => timeline.range }, y: { range: y } },
        axes: [timeAxis(timeline, size, hasTimes), valueAxis(ySplits)],
        series: [{}, { paths: () => null, points: { show: false } }],
        hooks: {
          drawAxes: [(chart) => apart(chart.ctx, () => over(new Brush(chart)))],
          // Scales are settled only when uPlot draws, a moment after it was given new values.
          draw: [() => this.placeNow()],
          setCursor: [(chart) => onCursor(chart.cursor.left >= 0 ? chart.posToVal(chart.cursor.left, "x") : null)],
        },
      },
      data(),
      host,
    );
    this.placeNow();
    new ResizeObserver(() => this.chart.setSize(this.size())).observe(host);
  }

  size() {
    const { clientWidth, clientHeight } = this.host;
    return { width: Math.max(240, clientWidth), height: Math.max(56, clientHeight) };
  }

  /** Take new values and paint. */
  draw() {
    this.chart.setData(this.data(), true);
  }

  placeNow() {
    if (!this.chart) return;
    if (!this.nowLine) {
      this.nowLine = this.chart.over.appendChild(document.createElement("div"));
      this.nowLine.className = "now-line";
    }
    const left = this.chart.valToPos(this.timeline.now, "x");
    this.nowLine.style.transform = `translateX(${left}px)`;
    this.nowLine.hidden = this.timeline.now > this.chart.scales.x.max;
  }
}

/* uPlot remembers what it last told the canvas, so the canvas must be handed back as it was. */
function apart(ctx, draw) {
  ctx.save();
  draw();
  ctx.restore();
}

function cursor() {
  return {
    y: false,
    points: { show: false },
    drag: { x: false, y: false, setScale: false },
    sync: { key: "room" },
    focus: { prox: -1 },
  };
}

function timeAxis(timeline, size, hasTimes) {
  return {
    size,
    // A rating of 0 sits on the axis and must not cover the time under it.
    gap: 9,
    font: `12px ${ink("font")}`,
    stroke: ink("dim"),
    grid: { stroke: ink("line"), width: 1 },
    ticks: { show: false },
    // Not the width of what is drawn: when a tablet is turned, that is still the old one at this moment.
    splits: (chart) => timeline.ticks(chart.scales.x.min, chart.scales.x.max, chart.width - LEFT - RIGHT),
    values: (_, splits) => splits.map((minute) => (hasTimes ? timeline.label(minute) : "")),
    show: true,
  };
}

function valueAxis(splits) {
  return {
    size: LEFT,
    gap: 6,
    space: 20,
    font: `12px ${ink("font")}`,
    stroke: ink("dim"),
    grid: { stroke: ink("line"), width: 1 },
    ticks: { show: false },
    ...(splits && { splits: () => splits() }),
    values: (_, marks) => marks.map((mark) => `${mark}`),
  };
}
