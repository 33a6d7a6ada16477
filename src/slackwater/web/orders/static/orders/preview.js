// Draws what the server sent with each preview, and shows the parts of the form that the answers call for.
import { drawFan, minutesInWords } from "../shared/fan.js";

const preview = document.getElementById("preview");
const form = document.getElementById("order");

function marksOf(curves) {
  const marks = [];
  if (curves.infusion_min > 0) marks.push({ at: curves.infusion_min, colour: "--dim", dash: [3, 4], word: "drip ends" });
  if (curves.boosted) marks.push({ at: curves.booster_min, colour: "--sand", dash: [3, 4], word: "booster", row: 1 });
  return marks;
}

function rows(curves, name) {
  const fans = [{ values: curves.first[name], colour: "--tide" }];
  if (curves.boosted) fans.push({ values: curves.boosted[name], colour: "--sand", quiet: true });
  return fans;
}

function charts(curves, onPoint) {
  const time = curves.time_min;
  const marks = marksOf(curves);
  const bare = marks.map((mark) => ({ ...mark, word: "" }));
  const chance = [{ values: curves.first.recovered.map((share) => share * 100), colour: "--good" }];
  if (curves.boosted) chance.push({ values: curves.boosted.recovered.map((share) => share * 100), colour: "--sand", dash: [6, 5] });
  const pressure = [{ values: curves.first.diastolic.p50, colour: "--trace-dbp", dash: [2, 4] }];
  const specs = {
    depth: { time, fans: rows(curves, "depth"), marks, range: [0, 10], height: 230, onPoint },
    systolic: { time, fans: rows(curves, "systolic"), lines: pressure, marks: bare, height: 150, sign: true },
    recovered: { time, lines: chance, marks: bare, range: [0, 100], height: 130, percent: true, clock: true },
  };
  return Object.entries(specs).map(([name, spec]) => drawFan(document.getElementById(`chart-${name}`), spec));
}

const spread = (fan, i, digits) => `${fan.p50[i].toFixed(digits)} (${fan.p05[i].toFixed(digits)} to ${fan.p95[i].toFixed(digits)})`;

function sentence(curves, i) {
  const at = minutesInWords(curves.time_min[i]);
  const said = (course) =>
    `depth ${spread(course.depth, i, 1)}, systolic +${spread(course.systolic, i, 0)} mmHg, recovered ${Math.round(course.recovered[i] * 100)} %`;
  const boosted = curves.boosted && curves.time_min[i] >= curves.booster_min ? ` With the booster: ${said(curves.boosted)}.` : "";
  return `At ${at}: ${said(curves.first)}.${boosted}`;
}

function draw() {
  const store = document.getElementById("curves");
  if (!store || !window.uPlot) return;
  const curves = JSON.parse(store.textContent);
  const slider = document.getElementById("minute");
  const words = document.getElementById("minute-words");
  const say = (i) => {
    slider.value = i;
    words.textContent = sentence(curves, i);
    slider.setAttribute("aria-valuetext", words.textContent);
  };
  const plots = charts(curves, say);
  slider.max = curves.time_min.length - 1;
  slider.addEventListener("input", () => {
    const i = Number(slider.value);
    for (const plot of plots) plot.setCursor({ left: plot.valToPos(curves.time_min[i], "x"), top: 0 }, false);
    say(i);
  });
  say(Math.max(0, curves.time_min.findIndex((minute) => minute >= 40)));
}

const chosen = (name) => form.querySelector(`[name="${name}"]:checked`)?.value;

// A part that does not apply is hidden, never emptied: what was typed is there again when it applies.
function fit() {
  for (const part of form.querySelectorAll("[data-shown-when]")) {
    const [name, values] = part.dataset.shownWhen.split("=");
    part.hidden = !values.split("|").includes(chosen(name) ?? "");
  }
  const reason = document.getElementById("reason-part");
  if (reason) reason.hidden = !preview.querySelector("[data-needs-reason]") && !reason.querySelector("textarea").value;
}

// A new answer replaces the old one, but not what the reader had opened in it.
const opened = new Set();

function keepOpened() {
  opened.clear();
  for (const part of preview.querySelectorAll("details[open] > summary")) opened.add(part.textContent);
}

function openAgain() {
  for (const part of preview.querySelectorAll("details > summary")) part.parentElement.open = opened.has(part.textContent);
}

// Leaving a field fires "change" though nothing in it changed since it was typed: that is not asked again.
let asked = "";

function isNew() {
  const now = new URLSearchParams(new FormData(form)).toString();
  const fresh = now !== asked;
  asked = now;
  return fresh;
}

function unreachable() {
  asked = "";
  preview.setAttribute("data-stale", "");
  const words = document.getElementById("preview-fault");
  words.hidden = false;
}

if (form) {
  form.addEventListener("change", fit);
  preview.addEventListener("htmx:afterSwap", () => {
    preview.removeAttribute("data-stale");
    document.getElementById("preview-fault").hidden = true;
    // The screen reader hears the headline, not every number of every table again.
    const news = preview.querySelector("[data-news]")?.dataset.news ?? preview.querySelector("li, p")?.textContent ?? "";
    document.getElementById("preview-news").textContent = news;
    fit();
    openAgain();
    draw();
  });
  preview.addEventListener("htmx:beforeSwap", keepOpened);
  form.addEventListener("htmx:beforeRequest", (event) => {
    if (isNew()) preview.setAttribute("data-stale", "");
    else event.preventDefault();
  });
  for (const fault of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) form.addEventListener(fault, unreachable);
  fit();
}
draw();
