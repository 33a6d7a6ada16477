// Counts on the clocks of rooms in progress: data-elapsed is seconds as the server saw them, data-factor the demo's speed.
const loaded = performance.now();
const two = (number) => String(number).padStart(2, "0");

function show(clock) {
  const seconds = Number(clock.dataset.elapsed) + ((performance.now() - loaded) / 1000) * Number(clock.dataset.factor ?? 1);
  const whole = Math.max(0, Math.floor(seconds));
  clock.textContent = `${two(Math.floor(whole / 3600))}:${two(Math.floor((whole % 3600) / 60))}:${two(whole % 60)}`;
}

const clocks = document.querySelectorAll("[data-elapsed]");
if (clocks.length) {
  const all = () => clocks.forEach(show);
  all();
  setInterval(all, 1000);
}
