// Counts on the clocks of rooms in progress: data-elapsed is seconds as the server saw them, data-factor the demo's speed.
const seen = new WeakMap();
const two = (number) => String(number).padStart(2, "0");

function show(clock) {
  if (!seen.has(clock)) seen.set(clock, performance.now());
  const passed = ((performance.now() - seen.get(clock)) / 1000) * Number(clock.dataset.factor ?? 1);
  const whole = Math.max(0, Math.floor(Number(clock.dataset.elapsed) + passed));
  clock.textContent = `${two(Math.floor(whole / 3600))}:${two(Math.floor((whole % 3600) / 60))}:${two(whole % 60)}`;
}

// Asked for anew each time, because the list of rooms is replaced now and then.
const all = () => document.querySelectorAll("[data-elapsed]").forEach(show);
all();
setInterval(all, 1000);
document.addEventListener("htmx:afterSettle", all);
