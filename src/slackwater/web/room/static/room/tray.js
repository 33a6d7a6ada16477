/** What the server refused: kept with its reason until a person has looked at it. Nothing is dropped. */

import { wallClock } from "./clock.js";
import { make, part, write } from "./dom.js";
import { sentence } from "./words.js";

export function tray({ sender, store, facts }) {
  const host = part("tray");
  const list = part("tray-list");
  const others = part("others");
  const show = wallClock(facts.time_zone);

  const draw = () => {
    const { refused } = sender;
    host.hidden = refused.length === 0;
    list.replaceChildren(...refused.map((item) => row(item, { show, sender, facts })));
  };
  sender.addEventListener("change", draw);
  store.others().then((count) => {
    others.hidden = count === 0;
    const what = count === 1 ? "1 entry of another person or session waits" : `${count} entries of other people or sessions wait`;
    write(others, `${what} on this device. They are sent when that person opens that session here.`);
  });
  return { draw };
}

function row({ entry, problems }, { show, sender, facts }) {
  const [title, rest] = sentence(entry, facts);
  const looked = () => sender.dismiss(entry.key);
  return make(
    "li",
    {},
    make("strong", {}, `${show(Date.parse(entry.happened_at))} ${title}${rest ? `, ${rest}` : ""}`),
    ...problems.map(({ message, mend }) => make("p", {}, `${message} ${mend}`)),
    make("button", { type: "button", on: { click: looked } }, "I have dealt with it, let it go"),
  );
}
