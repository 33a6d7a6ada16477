// Draws the chances over the dose, and reads them out where the prescriber points. No dose is chosen here: a value goes
// into the order only by a press of the button that names it, after a dose was pointed at.
import { drawFan } from "../shared/fan.js";

const answer = document.getElementById("plan-answer");
const form = document.getElementById("plan");
const LOOKS = {
  wish: { colour: "--tide", dash: [] },
  "too-deep": { colour: "--stop", dash: [10, 3] },
  systolic: { colour: "--trace-sbp", dash: [6, 4] },
  "not-fit": { colour: "--unknown", dash: [3, 3] },
};

function lines(curves) {
  return curves.lines.flatMap((line) => {
    const { colour, dash } = LOOKS[line.kind];
    return [
      { values: line.percent, colour, dash },
      { values: line.percent.map(() => line.limit), colour, dash: [1, 6], thin: true },
    ];
  });
}

const share = (percent) => `${percent < 10 ? Number(percent.toFixed(1)) : Math.round(percent)} %`;

function sentence(curves, i) {
  const said = curves.lines.map((line) => `${line.words}: ${share(line.percent[i])}`);
  return `${curves.doses_mg[i]} mg. ${said.join("; ")}. It ${curves.verdicts[i].replace(/^breaks: /, "breaks a limit: ")}.`;
}

function copy(milligrams) {
  const dose = document.getElementById("id_dose");
  const unit = document.querySelector('#order [name="dose_unit"][value="mg"]');
  unit.checked = true;
  dose.value = String(milligrams);
  for (const field of [unit, dose]) field.dispatchEvent(new Event("change", { bubbles: true }));
  dose.focus();
}

/* What was asked goes into the order's own fields by a press of the button that says so, and is read over there. */
function keep() {
  const asked = JSON.parse(document.getElementById("plan-kept").textContent);
  const written = [...document.querySelectorAll("#planned-part input")];
  for (const field of written) field.value = asked[field.name] ?? "";
  document.getElementById("planned-part").open = true;
  written[0].dispatchEvent(new Event("change", { bubbles: true }));
  written[0].focus();
}

function offer() {
  document.getElementById("plan-keep")?.addEventListener("click", keep);
}

function draw() {
  const store = document.getElementById("plan-curves");
  if (!store || !window.uPlot) return;
  const curves = JSON.parse(store.textContent);
  const slider = document.getElementById("plan-dose");
  const words = document.getElementById("plan-dose-words");
  const button = document.getElementById("plan-copy");
  const point = (i) => {
    slider.value = i;
    words.textContent = sentence(curves, i);
    slider.setAttribute("aria-valuetext", words.textContent);
    button.textContent = `Write ${curves.doses_mg[i]} mg into the order`;
    button.onclick = () => copy(curves.doses_mg[i]);
    button.hidden = false;
  };
  const shade = curves.lowest_mg === null ? null : { from: curves.lowest_mg, to: curves.highest_mg, colour: "--tide" };
  const plot = drawFan(document.getElementById("chart-plan"), {
    time: curves.doses_mg, lines: lines(curves), range: [0, 100], height: 250, percent: true, plain: true, shade, key: "plan", onPoint: point,
  });
  slider.max = curves.doses_mg.length - 1;
  slider.addEventListener("input", () => {
    const i = Number(slider.value);
    plot.setCursor({ left: plot.valToPos(curves.doses_mg[i], "x"), top: 0 }, false);
    point(i);
  });
  words.textContent = "Point at a dose, or move the slider.";
}

// Nothing is asked until the prescriber asks; after that every change to the wish or to the order asks again.
let asked = "";

/* What is kept with the order is what was asked, so keeping it asks nothing anew. */
function written() {
  const parts = [form, document.getElementById("order")].flatMap((part) => [...new FormData(part)]);
  return new URLSearchParams(parts.filter(([name]) => !name.startsWith("for_"))).toString();
}

function askAgain() {
  if (asked && written() !== asked) window.htmx.trigger(form, "again");
}

function unreachable() {
  asked = "again";
  answer.setAttribute("data-stale", "");
  document.getElementById("plan-fault").hidden = false;
}

if (form) {
  for (const part of [form, document.getElementById("order")]) part.addEventListener("change", askAgain);
  form.addEventListener("htmx:beforeRequest", () => {
    asked = written();
    answer.setAttribute("data-stale", "");
  });
  for (const fault of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) form.addEventListener(fault, unreachable);
  answer.addEventListener("htmx:afterSwap", () => {
    answer.removeAttribute("data-stale");
    document.getElementById("plan-fault").hidden = true;
    // The headline is heard, not every number of every table again.
    document.getElementById("plan-news").textContent = answer.querySelector("[data-news]")?.dataset.news ?? answer.querySelector("li")?.textContent ?? "";
    offer();
    draw();
  });
}
