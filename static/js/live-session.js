/* A session under way: how long it lasts, and when each set was ticked. */
import { clock, secondsSince } from "./clock.js";
import { said } from "./said.js";

const TICK = /^set-(\d+-\d+)-done$/;

export function initLiveSession(root) {
  const place = root.querySelector("[data-session]");
  if (!place || place.dataset.isRunning) {
    return;
  }
  place.dataset.isRunning = "yes";
  const form = () => formOf(place);
  const ticked = new Set(before(form()));
  const look = () => noteTicks(form(), ticked);
  document.addEventListener("input", look);
  document.addEventListener("change", look);
  document.addEventListener("submit", ({ target, submitter }) => {
    if (target === form()) {
      target.elements.ended.value = submitter?.name === "save" ? new Date().toISOString() : "";
    }
  });
  look(); // at what was ticked before this ran
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
  const ticks = ticksOf(form);
  for (const set of [...ticked].filter((set) => !now.has(set))) {
    ticks.delete(set);
    ticked.delete(set);
  }
  for (const set of [...now].filter((set) => !ticked.has(set))) {
    ticks.set(set, String(Math.floor(Date.now() / 1000)));
    ticked.add(set);
    boxOf(form, set).dispatchEvent(new CustomEvent("set-ticked", { bubbles: true }));
  }
  const noted = [...ticks].map((tick) => tick.join("=")).join(" ");
  if (form.elements.ticks.value !== noted) {
    form.elements.ticks.value = noted;
    form.elements.ticks.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

/* What the form came with, and what the browser brought back with its time. */
function before(form) {
  const ticks = ticksOf(form);
  return done(form).filter((set) => boxOf(form, set).defaultChecked || ticks.has(set));
}

function done(form) {
  return [...form.elements].filter((field) => field.checked && TICK.test(field.name)).map(({ name }) => TICK.exec(name)[1]);
}

function boxOf(form, set) {
  return form.elements[`set-${set}-done`];
}

/* When each set was ticked, in seconds since 1970. */
function ticksOf(form) {
  return new Map(form.elements.ticks.value.split(" ").filter(Boolean).map((tick) => tick.split("=")));
}

function show(place, form) {
  const elapsed = secondsSince(Date.parse(place.dataset.session));
  place.querySelector("[data-elapsed]").textContent = clock(elapsed);
  const last = Math.max(0, ...[...ticksOf(form).values()].map(Number));
  const time = clock(secondsSince(last * 1000));
  place.querySelector("[data-last-set]").textContent = last > 0 ? said("last set %(time)s ago", { time }) : "";
  const { minutes } = form.elements;
  if (minutes) {
    minutes.placeholder = String(Math.max(1, Math.round(elapsed / 60)));
  }
}
