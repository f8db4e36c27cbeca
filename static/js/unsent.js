/* Workouts that were saved without signal and wait on this device: shows those of who is signed in. */
import { run } from "./behaviours.js";
import { forgetDraft } from "./draft-store.js";
import { said } from "./said.js";
import { ask, hear } from "./worker.js";

const DAY = { weekday: "short", day: "numeric", month: "short" };
const TIME = { hour: "2-digit", minute: "2-digit" };
const STATES = {
  waiting: () => said("Sent as soon as there is signal."),
  refused: () => said("Not saved yet: something in it needs an answer."),
  conflict: () => said("Saved in between, in another tab or on another device. Both versions are kept."),
};
const OF_FORM = ["id", "revision", "owner", "view", "day", "time", "time_zone", "draft", "version", "save"];

run(initUnsent);

function initUnsent(root) {
  if (root !== document) {
    return;
  }
  const place = document.querySelector("[data-unsent]");
  if (place) {
    show(place);
    hear("unsent", ({ sent }) => show(place, sent));
  }
  document.querySelectorAll("form[data-signs-out]").forEach(signOut);
}

async function show(place, sent = []) {
  const all = (await ask("unsent")) ?? [];
  const entries = all.filter(({ owner }) => owner === place.dataset.unsent);
  place.querySelector("[data-unsent-list]").replaceChildren(...entries.map((entry) => row(place, entry)));
  place.querySelector("[data-unsent-title]").textContent = title(entries);
  place.hidden = !entries.length;
  // It is no draft any more: the next form is another workout.
  entries.filter(({ state }) => state === "waiting").forEach(({ owner, id }) => forgetDraft(`${owner}:${id}`));
  const note = document.querySelector("[data-unsent-sent]");
  if (sent.length) {
    note.hidden = false;
    note.querySelector("span").textContent =
      sent.length === 1 ? said("1 workout was sent and saved.") : said("%(count)s workouts were sent and saved.", { count: sent.length });
    note.querySelector("a").href = sent.at(-1);
  }
}

function title(entries) {
  const asked = entries.filter(({ state }) => state !== "waiting").length;
  const count = asked || entries.length;
  if (asked) {
    return count === 1 ? said("1 workout needs you") : said("%(count)s workouts need you", { count });
  }
  return count === 1 ? said("1 workout waits for signal") : said("%(count)s workouts wait for signal", { count });
}

function row(place, entry) {
  const item = place.querySelector("template").content.cloneNode(true).firstElementChild;
  const { state, key } = entry;
  item.querySelector("[data-unsent-name]").textContent = name(entry);
  item.querySelector("[data-unsent-said]").textContent = STATES[state]();
  item.querySelector("pre").textContent = asText(entry.fields);
  const send = item.querySelector("[data-unsent-send]");
  send.textContent = state === "waiting" ? said("Send now") : said("Open");
  send.addEventListener("click", () => (state === "waiting" ? ask("send", { key }) : open(entry)));
  item.querySelector("[data-unsent-discard]").addEventListener("click", () => {
    if (window.confirm(said("Discard this workout? It is on this device only."))) {
      ask("discard", { key });
    }
  });
  return item;
}

/* Sent as from its own form, so that what comes back is the form with its questions. */
async function open({ path, fields }) {
  const token = await ask("token");
  if (!token) {
    return;
  }
  const form = document.createElement("form");
  [form.method, form.action, form.hidden] = ["post", path, true];
  for (const [name, value] of [...fields, ["csrfmiddlewaretoken", token]]) {
    const field = document.createElement("textarea"); // which keeps its lines
    [field.name, field.value] = [name, value];
    form.append(field);
  }
  document.body.append(form);
  form.submit();
}

function name({ fields, at }) {
  const { day, time } = Object.fromEntries(fields);
  const date = new Date(`${day}T${time || "00:00"}`);
  const { lang } = document.documentElement;
  return Number.isNaN(date.getTime()) ? new Date(at).toLocaleString(lang, DAY) : date.toLocaleString(lang, { ...DAY, ...TIME });
}

/* The text, or a line for each exercise of a grid. */
function asText(fields) {
  const { text } = Object.fromEntries(fields);
  if (text !== undefined) {
    return text;
  }
  const lines = [];
  for (const [field, value] of fields) {
    if (value && !OF_FORM.includes(field)) {
      field.startsWith("exercise-") || !lines.length ? lines.push(`${value}:`) : lines.push(`${lines.pop()} ${value}`);
    }
  }
  return lines.join("\n");
}

/* Says first what stays on the device, and lets it stay. */
async function signOut(form) {
  const isEmpty = !(await ask("unsent"))?.length;
  const note = document.querySelector("[data-unsent-stays]");
  if (isEmpty) {
    return;
  }
  if (!note) {
    form.method = "get"; // the page that says so
    form.elements.csrfmiddlewaretoken.disabled = true;
    return;
  }
  note.hidden = false;
  const field = document.createElement("input");
  [field.type, field.name, field.value] = ["hidden", "unsent", "1"];
  form.append(field);
}
