// Draws a fan chart (bands of a crowd over time) with uPlot, in the page's own colours.
// The chart is a picture: the page carries the same numbers as text beside it.
const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const FONT = "12px ui-sans-serif, system-ui, sans-serif";

export function minutesInWords(minutes) {
  const hours = Math.floor(minutes / 60);
  const rest = Math.round(minutes % 60);
  if (!hours) return `${rest} min`;
  return rest ? `${hours} h ${rest}` : `${hours} h`;
}

function fade(colour, share) {
  return `color-mix(in srgb, ${colour} ${Math.round(share * 100)}%, transparent)`;
}

// One fan: outer band (9 of 10), inner band (half) and the middle line. `quiet` keeps the outer band and line only.
function fanSeries(fan, colour, quiet) {
  const edge = { stroke: "transparent", points: { show: false } };
  const middle = { stroke: colour, width: quiet ? 2 : 1.75, dash: quiet ? [6, 5] : [], points: { show: false } };
  const outer = { rows: [fan.p95, fan.p05], fill: fade(colour, quiet ? 0.13 : 0.16) };
  const inner = { rows: [fan.p75, fan.p25], fill: fade(colour, 0.24) };
  const pairs = quiet ? [outer] : [outer, inner];
  return {
    rows: [...pairs.flatMap((pair) => pair.rows), fan.p50],
    series: [...pairs.flatMap(() => [edge, edge]), middle],
    fills: pairs.map((pair) => pair.fill),
  };
}

function lineSeries(line) {
  return { stroke: css(line.colour), width: line.thin ? 1.5 : 2, dash: line.dash ?? [], points: { show: false } };
}

function gather(spec) {
  const rows = [spec.time];
  const series = [{}];
  const bands = [];
  for (const fan of spec.fans ?? []) {
    const drawn = fanSeries(fan.values, css(fan.colour), fan.quiet);
    drawn.fills.forEach((fill, i) => bands.push({ series: [rows.length + 2 * i, rows.length + 2 * i + 1], fill }));
    rows.push(...drawn.rows);
    series.push(...drawn.series);
  }
  for (const line of spec.lines ?? []) {
    rows.push(line.values);
    series.push(lineSeries(line));
  }
  return { rows, series, bands };
}

// Upright marks: when something is given or ends. Each has a word, so that its colour says nothing alone.
function drawMarks(marks) {
  return (plot) => {
    const { ctx, bbox } = plot;
    const ratio = devicePixelRatio;
    ctx.save();
    ctx.textAlign = "left";
    ctx.font = `${12 * ratio}px ui-sans-serif, system-ui, sans-serif`;
    for (const mark of marks) {
      const x = Math.round(plot.valToPos(mark.at, "x", true));
      ctx.strokeStyle = ctx.fillStyle = css(mark.colour);
      ctx.setLineDash(mark.dash ?? []);
      ctx.lineWidth = ratio;
      ctx.beginPath();
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
      if (mark.word) ctx.fillText(mark.word, x + 5 * ratio, bbox.top + (14 + 15 * (mark.row ?? 0)) * ratio);
    }
    ctx.restore();
  };
}

// A part of the x axis that is meant, behind everything else.
function drawShade(shade) {
  return (plot) => {
    const { ctx, bbox } = plot;
    const [from, to] = [shade.from, shade.to].map((at) => plot.valToPos(at, "x", true));
    ctx.save();
    ctx.fillStyle = fade(css(shade.colour), 0.16);
    // A single dose is a range too: it is never drawn thinner than can be seen.
    ctx.fillRect(from - devicePixelRatio, bbox.top, Math.max(to - from, 0) + 2 * devicePixelRatio, bbox.height);
    ctx.restore();
  };
}

function axes(spec) {
  const look = { stroke: css("--dim"), font: FONT, grid: { stroke: css("--line"), width: 1 }, ticks: { show: false } };
  // A tick needs about 55 px for its words.
  const every = [30, 60, 120].find((minutes) => (spec.width - 60) / (spec.time.at(-1) / minutes) >= 55) ?? 240;
  const plain = { ...look, size: 26, gap: 6 };
  const x = spec.plain ? plain : {
    ...plain,
    splits: (plot) => {
      const ticks = [];
      for (let at = Math.ceil(plot.scales.x.min / every) * every; at <= plot.scales.x.max; at += every) ticks.push(at);
      return ticks;
    },
    values: (_plot, ticks) => ticks.map((at) => (spec.clock ? minutesInWords(at) : "")),
  };
  const y = { ...look, size: 46, gap: 6, values: (_plot, ticks) => ticks.map((tick) => `${spec.sign && tick > 0 ? "+" : ""}${tick}${spec.percent ? " %" : ""}`) };
  return [x, y];
}

// spec: {time, fans, lines, marks, shade, range: [low, high] | null, height, label, clock, sign, percent, onPoint}
// plain: x is no time; key: which charts' cursors move together
export function drawFan(holder, spec) {
  const { rows, series, bands } = gather(spec);
  holder.replaceChildren();
  const width = holder.clientWidth || 600;
  const plot = new window.uPlot(
    {
      width,
      height: spec.height,
      padding: [8, 12, 0, 0],
      legend: { show: false },
      cursor: { drag: { x: false, y: false }, points: { show: false }, y: false, sync: { key: spec.key ?? "forecast" } },
      scales: { x: { time: false }, y: { range: spec.range ?? ((_plot, low, high) => [Math.min(0, low), high * 1.08 || 1]) } },
      axes: axes({ ...spec, width }),
      series,
      bands,
      hooks: { drawClear: spec.shade ? [drawShade(spec.shade)] : [], draw: [drawMarks(spec.marks ?? [])], setCursor: spec.onPoint ? [(p) => p.cursor.idx != null && spec.onPoint(p.cursor.idx)] : [] },
    },
    rows,
    holder,
  );
  plot.root.querySelectorAll("canvas").forEach((canvas) => canvas.setAttribute("aria-hidden", "true"));
  new ResizeObserver(() => {
    if (holder.clientWidth && holder.clientWidth !== plot.width) plot.setSize({ width: holder.clientWidth, height: spec.height });
  }).observe(holder);
  return plot;
}
