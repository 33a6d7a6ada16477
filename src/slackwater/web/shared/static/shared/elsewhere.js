/** Alarms of rooms that this screen is not in: shown, and heard where the browser allows it. */

/* An alarm is to be seen and heard within 2 s (reliability, targets); what lasts sounds again every 5 s. */
const EVERY_MS = 1_500;
const AGAIN_MS = 5_000;
const LONGEST_MS = 8_000;
const BEEPS = { high: 5, medium: 3, low: 1 };
const RANKS = { high: "▲▲▲ High", medium: "▲▲ Medium", low: "▲ Low" };

/** How many beeps the loudest alarm asks for; what is over is shown and not sounded. */
export function beeps(alarms) {
  return Math.max(0, ...alarms.filter(({ stands }) => stands === "raised").map(({ level }) => BEEPS[level] ?? 1));
}

/** One line: rank, room and initials, what it is, and that it is over where it is. */
export function line({ level, room, who, sentence, stands }) {
  return `${RANKS[level]}. ${room}, ${who}: ${sentence}${stands === "unseen" ? ", over now and not yet seen" : ""}.`;
}

/** Whether to sound now: at once when the list has changed, and again after a while for as long as it lasts. */
export function sounds({ hasChanged, now, last }) {
  return hasChanged || now - last >= AGAIN_MS;
}

/** Says so where the list could not be fetched: silence is never "all fine". */
export const UNKNOWN = "Alarms of other rooms are not known now: this screen has no answer from the server.";

class Sound {
  constructor(make = () => new AudioContext()) {
    this.make = make;
    this.context = null;
  }

  /** A browser gives sound to a page only once somebody has touched it. */
  wake() {
    this.context ??= this.make();
    if (this.context.state === "suspended") this.context.resume();
  }

  get isOn() {
    return this.context?.state === "running";
  }

  play(count) {
    for (let index = 0; index < count && this.isOn; index += 1) {
      const tone = this.context.createOscillator();
      const level = this.context.createGain();
      const start = this.context.currentTime + index * 0.35;
      tone.frequency.value = 660;
      level.gain.setValueAtTime(0.2, start);
      level.gain.linearRampToValueAtTime(0, start + 0.22);
      tone.connect(level).connect(this.context.destination);
      tone.start(start);
      tone.stop(start + 0.25);
    }
  }
}

function begin(root) {
  const list = root.querySelector("ul");
  const silent = root.querySelector("[data-silent]");
  const sound = new Sound();
  let shown = "";
  let last = 0;
  let isAsking = false;
  for (const kind of ["pointerdown", "keydown"]) document.addEventListener(kind, () => sound.wake());

  const draw = (alarms, words) => {
    const now = JSON.stringify(words);
    root.hidden = words.length === 0;
    silent.hidden = sound.isOn || beeps(alarms) === 0;
    const hasChanged = now !== shown;
    if (hasChanged) list.replaceChildren(...words.map((one, index) => row(one, alarms[index]?.url)));
    shown = now;
    if (!sounds({ hasChanged, now: Date.now(), last })) return;
    if (sound.isOn) last = Date.now();
    sound.play(beeps(alarms));
  };
  const ask = async () => {
    if (isAsking) return;
    isAsking = true;
    try {
      const signal = AbortSignal.timeout(LONGEST_MS);
      const how = { credentials: "same-origin", cache: "no-store", redirect: "manual", signal };
      const answer = await fetch(root.dataset.url, how);
      if (!answer.ok) throw new Error(`${answer.status}`);
      const { alarms } = await answer.json();
      draw(alarms, alarms.map(line));
    } catch {
      draw([], [UNKNOWN]);
    } finally {
      isAsking = false;
    }
  };
  ask();
  setInterval(ask, EVERY_MS);
}

function row(words, url) {
  const item = document.createElement("li");
  const text = document.createElement(url ? "a" : "span");
  if (url) text.href = url;
  text.textContent = words;
  item.append(text);
  return item;
}

const root = globalThis.document?.getElementById("elsewhere");
if (root) begin(root);
