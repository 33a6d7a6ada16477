/** Drawing on a chart's canvas in the chart's own units, in the colours of the page. */

const style = getComputedStyle(document.documentElement);

/** A colour of the palette by its name in tokens.css or room.css. */
export function ink(name) {
  return style.getPropertyValue(`--${name}`).trim();
}

export class Brush {
  constructor(chart) {
    this.chart = chart;
    this.ctx = chart.ctx;
    this.ratio = globalThis.uPlot.pxRatio;
    const { left, top, width, height } = chart.bbox;
    Object.assign(this, { left, top, right: left + width, bottom: top + height });
  }

  x(minute) {
    return this.chart.valToPos(minute, "x", true);
  }

  y(value) {
    return this.chart.valToPos(value, "y", true);
  }

  px(size) {
    return size * this.ratio;
  }

  /** Draw inside the plot between two minutes and nowhere else. */
  within(from, to, draw) {
    const { ctx } = this;
    const start = Math.max(this.left, this.x(from));
    const end = Math.min(this.right, this.x(to));
    if (end <= start) return;
    ctx.save();
    ctx.beginPath();
    ctx.rect(start, this.top, end - start, this.bottom - this.top);
    ctx.clip();
    draw();
    ctx.restore();
  }

  line(times, values, { colour, width = 1.5, dash = [] }) {
    const { ctx } = this;
    ctx.save();
    ctx.beginPath();
    times.forEach((time, index) => ctx.lineTo(this.x(time), this.y(values[index])));
    ctx.strokeStyle = colour;
    ctx.lineWidth = this.px(width);
    ctx.lineJoin = "round";
    ctx.setLineDash(dash.map((size) => this.px(size)));
    ctx.stroke();
    ctx.restore();
  }

  band(times, low, high, { colour, alpha }) {
    const { ctx } = this;
    ctx.save();
    ctx.beginPath();
    times.forEach((time, index) => ctx.lineTo(this.x(time), this.y(high[index])));
    for (let index = times.length - 1; index >= 0; index -= 1) ctx.lineTo(this.x(times[index]), this.y(low[index]));
    ctx.closePath();
    ctx.globalAlpha = alpha;
    ctx.fillStyle = colour;
    ctx.fill();
    ctx.restore();
  }

  rule(value, { colour, dash = [3, 4], width = 1 }) {
    this.line([this.chart.scales.x.min, this.chart.scales.x.max], [value, value], { colour, dash, width });
  }

  text(words, x, y, { colour, size = 12, weight = 400, align = "center", base = "middle", halo = null }) {
    const { ctx } = this;
    ctx.save();
    ctx.font = `${weight} ${this.px(size)}px ${ink("font")}`;
    ctx.textAlign = align;
    ctx.textBaseline = base;
    if (halo) {
      ctx.strokeStyle = halo;
      ctx.lineWidth = this.px(4);
      ctx.lineJoin = "round";
      ctx.strokeText(words, x, y);
    }
    ctx.fillStyle = colour;
    ctx.fillText(words, x, y);
    const width = ctx.measureText(words).width;
    ctx.restore();
    return width;
  }

  dot(x, y, radius, { fill = null, stroke = null, width = 1.5 }) {
    const { ctx } = this;
    ctx.beginPath();
    ctx.arc(x, y, this.px(radius), 0, 2 * Math.PI);
    this.finish(fill, stroke, width);
  }

  shape(points, { fill = null, stroke = null, width = 1.5 }) {
    const { ctx } = this;
    ctx.beginPath();
    for (const [x, y] of points) ctx.lineTo(x, y);
    ctx.closePath();
    this.finish(fill, stroke, width);
  }

  finish(fill, stroke, width) {
    const { ctx } = this;
    if (fill) {
      ctx.fillStyle = fill;
      ctx.fill();
    }
    if (stroke) {
      ctx.strokeStyle = stroke;
      ctx.lineWidth = this.px(width);
      ctx.stroke();
    }
  }
}
