/** The room: reads what the page brought, connects the parts, and keeps them moving once a second. */

import { agreedPanel } from "./agreed.js";
import { alerts } from "./alerts.js";
import { depthChart } from "./chart-depth.js";
import { vitalsChart } from "./chart-vitals.js";
import { RoomClock } from "./clock.js";
import { crowd } from "./crowd.js";
import { demo } from "./demo.js";
import { part, write } from "./dom.js";
import { due } from "./due.js";
import { follow } from "./follow.js";
import { shortcuts } from "./keys.js";
import { Live } from "./live.js";
import { log } from "./log.js";
import { RoomModel } from "./model.js";
import { at, numbers } from "./numbers.js";
import { presencePanel } from "./presence.js";
import { Recorder } from "./record.js";
import { rescueBanner } from "./rescue.js";
import { Sender } from "./sender.js";
import { openSheets } from "./sheets.js";
import { signals } from "./signals.js";
import { status } from "./status.js";
import { openStore, PassingStore } from "./store.js";
import { tables } from "./tables.js";
import { Timeline } from "./timeline.js";
import { toasts } from "./toast.js";
import { tray } from "./tray.js";
import { stayAwake } from "./wake.js";
import { Wire } from "./wire.js";

const TICK_MS = 1_000;

async function start() {
  const facts = JSON.parse(document.getElementById("room-facts").textContent);
  const clock = new RoomClock();
  clock.sync(facts.state);
  const model = new RoomModel({ facts, clock });
  const timeline = new Timeline({ model, clock, timeZone: facts.time_zone });
  const wire = new Wire({ facts, clock });
  const store = await keeper(facts);
  const sender = new Sender({ store, post: (entries) => wire.post(entries) });
  const live = new Live({ url: facts.urls.stream, session: facts.session, after: () => model.last });

  const sheets = {};
  const toast = toasts({ sender, onPick: (entry) => sheets.entry?.open(entry) });
  const recorder = new Recorder({ clock, sender, facts, toast });
  const context = { facts, clock, model, timeline, wire, store, sender, live, toast, recorder };
  const { refresh } = follow(context);
  openSheets(sheets, { ...context, refresh });
  shortcuts(sheets.byKey);

  const screen = draw({ ...context, sheets });
  sender.addEventListener("change", () => model.setWaiting(sender.waiting.map(({ entry }) => entry)));
  await sender.load();
  live.start();
  stayAwake();
  // Without it a reload with no network would end at the browser's own error page.
  navigator.serviceWorker?.register(facts.urls.worker).catch(() => null);
  screen.start();
  document.documentElement.dataset.ready = "yes";
}

/** The encrypted store, or one that says at once that it keeps nothing. */
async function keeper(facts) {
  try {
    const store = await openStore({ user: facts.user.id, session: facts.session });
    navigator.storage?.persist?.();
    return store;
  } catch (error) {
    const banner = part("unkept");
    write(banner, `This device can't work offline. ${error.message} Keep paper at hand.`);
    banner.hidden = !facts.can_write;
    return new PassingStore();
  }
}

function draw(context) {
  const { model, timeline, clock, facts, sheets } = context;
  const readout = part("readout");
  const onCursor = (minute) => write(readout, minute === null ? "" : reading(model, timeline, minute));
  const charts = [
    depthChart(part("chart-depth"), { ...context, onCursor }),
    ...["pressure", "hr", "spo2"].map((row) =>
      vitalsChart(part(`chart-${row}`), { ...context, row, limits: facts.limits, onCursor }),
    ),
  ];
  const announce = (words) => write(part("speak"), words);
  const each = {
    agreed: agreedPanel({ model, facts, urgent: (words) => write(part("speak-urgent"), words) }),
    alerts: alerts({ model }),
    crowd: crowd({ model, clock, facts }),
    demo: demo(context),
    due: due({ model, clock, facts, onOpen: (name) => sheets[name]?.open() }),
    log: log({ model, timeline, facts, announce, onPick: (entry) => sheets.entry.open(entry) }),
    numbers: numbers({ model, clock, facts }),
    presence: presencePanel({ ...context, onAlone: () => sheets.alone.open() }),
    rescue: rescueBanner(context),
    signals: signals({ ...context, onSteps: (condition) => sheets.rescue.open(condition) }),
    status: status(context),
    tables: tables({ model, timeline, facts }),
    tray: tray(context),
  };
  sheets.onBasis = () => each.crowd.fill();

  const paint = () => charts.forEach((chart) => chart.draw());
  const everything = () => {
    for (const view of Object.values(each)) view.draw();
    paint();
  };
  // Several events of one moment are one painting.
  let isAsked = false;
  const soon = () => {
    if (isAsked) return;
    isAsked = true;
    requestAnimationFrame(() => {
      isAsked = false;
      everything();
    });
  };
  for (const kind of ["entries", "state", "forecast"]) model.addEventListener(kind, soon);
  timeline.addEventListener("change", soon);
  bindAxis(timeline);

  const tick = () => {
    if (document.hidden) return;
    for (const name of ["status", "numbers", "due", "crowd", "rescue"]) each[name].draw();
    paint();
  };
  return {
    start: () => {
      everything();
      setInterval(tick, TICK_MS);
    },
  };
}

function bindAxis(timeline) {
  for (const input of document.querySelectorAll("input[name=axis]")) {
    input.addEventListener("change", () => timeline.show(input.value));
  }
}

function reading(model, timeline, minute) {
  const band = model.forecast && at(model.forecast, minute);
  if (!band) return timeline.label(minute);
  return `${timeline.label(minute)}: 9 of 10 between ${band.p05.toFixed(1)} and ${band.p95.toFixed(1)}, middle ${band.p50.toFixed(1)}`;
}

start();
