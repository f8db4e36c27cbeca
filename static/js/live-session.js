/* A session under way: how long it lasts, and when each set was ticked. */
import { clock, secondsSince } from "./clock.js";

const TICK = /^set-(\d+-\d+)-done$/;

export function initLiveSession(root) {
  const place = root.querySelector("[data-session]");
  if (!place || place.dataset.isRunning) {
    return;
  }
  place.dataset.isRunning = "yes";
  const form = place.closest("form");
  const ticked = new Set(done(form));
  const look = () => noteTicks(form, ticked);
  form.addEventListener("input", look);
  form.addEventListener("change", look);
  form.addEventListener("submit", ({ submitter }) => {
    look();
    form.elements.ended.value = submitter?.name === "save" ? new Date().toISOString() : "";
  });
  const timer = setInterval(() => (place.isConnected ? show(place, form) : clearInterval(timer)), 1000);
  show(place, form);
}

/* Sets are ticked by hand, by typing, and several at once; what was ticked before stays as it is. */
function noteTicks(form, ticked) {
  const now = new Set(done(form));
  const isSet = (tick, set) => tick.startsWith(`${set}=`);
  let ticks = form.elements.ticks.value.split(" ").filter(Boolean);
  for (const set of [...ticked].filter((set) => !now.has(set))) {
    ticks = ticks.filter((tick) => !isSet(tick, set));
    ticked.delete(set);
  }
  for (const set of [...now].filter((set) => !ticked.has(set))) {
    ticks = [...ticks.filter((tick) => !isSet(tick, set)), `${set}=${Math.floor(Date.now() / 1000)}`];
    ticked.add(set);
    form.elements[`set-${set}-done`].dispatchEvent(new CustomEvent("set-ticked", { bubbles: true }));
  }
  form.elements.ticks.value = ticks.join(" ");
}

function done(form) {
  return [...form.elements].filter((field) => field.checked && TICK.test(field.name)).map(({ name }) => TICK.exec(name)[1]);
}

function show(place, form) {
  const elapsed = secondsSince(Date.parse(place.dataset.session));
  place.querySelector("[data-elapsed]").textContent = clock(elapsed);
  const last = Math.max(...form.elements.ticks.value.split(" ").map((tick) => Number(tick.split("=")[1] ?? 0)));
  place.querySelector("[data-last-set]").textContent = last > 0 ? `last set ${clock(secondsSince(last * 1000))} ago` : "";
  const { minutes } = form.elements;
  if (minutes) {
    minutes.placeholder = String(Math.max(1, Math.round(elapsed / 60)));
  }
}
