/* A session under way: how long it lasts, and when each set was ticked. */
import { clock, secondsSince } from "./clock.js";

const TICK = /^set-(\d+-\d+)-done$/;

export function initLiveSession(root) {
  const place = root.querySelector("[data-session]");
  if (!place || place.dataset.isRunning) {
    return;
  }
  place.dataset.isRunning = "yes";
  const form = () => formOf(place);
  const ticked = new Set(done(form()));
  const look = () => noteTicks(form(), ticked);
  document.addEventListener("input", look);
  document.addEventListener("change", look);
  document.addEventListener("submit", ({ target, submitter }) => {
    if (target === form()) {
      target.elements.ended.value = submitter?.name === "save" ? new Date().toISOString() : "";
    }
  });
  setInterval(() => show(place, form()), 1000);
  show(place, form());
}

/* The form beside a session; an answer may have put another one in its place. */
export function formOf(place) {
  return place.querySelector("button[form]").form;
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
  if (form.elements.ticks.value !== ticks.join(" ")) {
    form.elements.ticks.value = ticks.join(" ");
    form.elements.ticks.dispatchEvent(new Event("change", { bubbles: true }));
  }
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
