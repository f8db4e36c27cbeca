/* Keeps what is being written in the log form until it is saved: on the device at each key, on the
   server a moment later. There is one draft of a new workout and one of each edit, which all devices
   go on with; the device has what the server could not be told yet. */
import { draftsOf, fieldOf, forgetDraft, readDraft, writeDraft } from "./draft-store.js";
import { fieldsOf, fill, fits, isBlank, isTouched, submitAs } from "./form-fields.js";
import { said } from "./said.js";
import { makeRoom } from "./set-grid.js";

const FORM = "form[data-draft]";
const PAUSE = 1200; // ms without a key
const WAITS = [5_000, 15_000, 60_000]; // ms until the server is tried again

export function initDraft(root) {
  const form = root instanceof Element && root.matches(FORM) ? root : root.querySelector(FORM);
  if (form && !form.dataset.draftKept) {
    form.dataset.draftKept = "yes";
    keep(form);
  }
}

function keep(form) {
  const { draftAddress: address, draftState: state } = form.dataset;
  const version = form.elements.draft.value;
  let draft = begun(form);
  let [isReady, isSending, isLeaving] = [false, false, false];
  let isPaused = Boolean(form.querySelector("[data-draft-conflict]"));
  let timer = null;
  let failures = 0;

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", submitted);
  window.addEventListener("online", () => send());
  window.addEventListener("pagehide", () => send({ isLast: true }));
  window.addEventListener("pageshow", ({ persisted }) => {
    isLeaving &&= !persisted;
  });
  window.addEventListener("stay", () => {
    isLeaving = false;
    if (draft.isUnsent) {
      writeDraft(draft);
    }
  });
  document.addEventListener("visibilitychange", () => (document.hidden ? send({ isLast: true }) : lookForNewer()));
  for (const away of document.querySelectorAll("[data-draft-drop]")) {
    away.addEventListener("click", () => forgetDraft(away.dataset.draftDrop));
  }
  for (const away of document.querySelectorAll("[data-draft-forget]")) {
    away.addEventListener("click", () => {
      isLeaving = true;
      discard();
    });
  }
  whenLoaded(begin);

  async function begin() {
    if (isLeaving) {
      return;
    }
    const isTyped = isTouched(form);
    const copy = state === "fresh" ? await unsettled(leftHere(form)) : null;
    isReady = true;
    if (isLeaving) {
      return;
    }
    if (copy) {
      goOn(copy, isTyped);
    } else if (isTyped) {
      tell();
    } else if (state === "sent" || (form.elements.started && !version)) {
      changed();
    }
  }

  /* A new workout that was sent to be saved may be: the answer got lost. Only the server knows. */
  async function unsettled(copy) {
    if (!copy?.isSaved || fieldOf(copy, "revision")) {
      return copy;
    }
    const { status } = await post(form, address, copy.fields, copy.known, newVersion());
    if (status === 404 || status === 409) {
      return forgetDraft(copy.name);
    }
    return { ...copy, known: [] };
  }

  function goOn(copy, isTyped) {
    const isSameForm = copy.name === draft.name || !version;
    const isSameRevision = fieldOf(copy, "revision") === form.elements.revision.value;
    const isShown = JSON.stringify(copy.fields) === JSON.stringify(fieldsOf(form));
    if (!isTyped && (isShown || (copy.version && copy.version === version))) {
      return forgetDraft(copy.name);
    }
    if (isTyped ? !isShown : !(isSameForm && isSameRevision)) {
      return offer(copy);
    }
    if (!fits(form, copy.fields)) {
      if (!isKept()) {
        return bring(copy);
      }
      makeRoom(form, copy.fields);
      if (!fits(form, copy.fields)) {
        return offer(copy);
      }
    }
    form.dataset.draft = copy.name;
    draft = begun(form);
    know(copy.known);
    fill(form, withExercise(copy.fields, form.dataset.draftExercise));
    form.querySelector("[data-draft-note]")?.removeAttribute("hidden");
    tell();
  }

  /* What no key was pressed for is previewed and kept too. */
  function tell() {
    form.querySelector("[hx-trigger]")?.dispatchEvent(new Event("input", { bubbles: true }));
    changed();
  }

  /* The server makes a form of it, whatever view it is of. */
  function bring(copy) {
    const fields = copy.fields.filter(([name]) => name !== "revision");
    const revision = form.elements.revision.value;
    isLeaving = true;
    forgetDraft(copy.name);
    window.addEventListener("stay", () => writeDraft(copy), { once: true });
    submitAs(form, [...fields, ["revision", revision], ["draft", copy.known.join(" ")], ["preview", "1"]]);
  }

  /* What does not go into this form just so. */
  function offer(copy) {
    const place = form.querySelector("[data-draft-here]");
    place.querySelector("textarea").value = fieldOf(copy, "text") || copy.fields.map(([, value]) => value).join("\n");
    place.hidden = false;
    place.querySelector("[data-draft-use]").addEventListener("click", () => bring(copy));
    place.querySelector("[data-draft-discard]").addEventListener("click", () => {
      place.hidden = true;
      forgetDraft(copy.name);
    });
  }

  function changed() {
    if (!isReady || !form.isConnected) {
      return;
    }
    draft = { ...draft, fields: fieldsOf(form), version: null, isUnsent: !isBlank(form), isSaved: false };
    if (draft.isUnsent) {
      writeDraft(draft);
      later(send, PAUSE);
    } else {
      later(discard, PAUSE);
    }
  }

  function later(action, wait) {
    clearTimeout(timer);
    timer = setTimeout(action, wait);
  }

  async function send({ isLast = false } = {}) {
    const isIdle = !draft.isUnsent || isPaused || isLeaving || !form.isConnected;
    if (isIdle || (isSending && (!isLast || draft.version))) {
      return;
    }
    clearTimeout(timer);
    const { fields, known } = draft;
    const version = newVersion();
    know([...known, version]);
    draft = { ...draft, version };
    writeDraft(draft);
    isSending = true;
    const response = await post(form, address, fields, known, version, isLast);
    isSending = false;
    await answered(response, version);
  }

  async function answered(response, version) {
    if (response.status === 200) {
      failures = 0;
      know(draft.known.slice(draft.known.indexOf(version)));
      draft = { ...draft, isUnsent: draft.version !== version };
      writeDraft(draft);
      say(draft.isUnsent ? "" : said("Draft kept."));
      return draft.isUnsent && later(send, PAUSE);
    }
    if (response.status === 404 && draft.known.length > 1) {
      know([]); // it is gone, and this device goes on with it
      return later(send, 0);
    }
    if (response.status === 409) {
      return stop(await response.text());
    }
    say(response.status === 401 ? said("Signed out: kept on this device.") : said("Kept on this device."));
    if (!response.status || response.status >= 500) {
      later(send, WAITS[Math.min(failures, WAITS.length - 1)]);
      failures += 1;
    }
  }

  /* Both texts; what is sent next takes the other's place, and that is up to the athlete. */
  function stop(piece) {
    isPaused = true;
    (form.querySelector("header") ?? form).insertAdjacentHTML("beforeend", piece);
    const place = form.querySelector("[data-draft-conflict]");
    know([...draft.known, place.dataset.draftConflict].filter(Boolean));
    writeDraft(draft);
    place.querySelector("[data-draft-drop]")?.addEventListener("click", () => {
      isLeaving = true;
      forgetDraft(draft.name);
    });
    place.scrollIntoView({ block: "nearest" });
  }

  function submitted(event) {
    const { name, formAction = "" } = event.submitter ?? {};
    if (formAction.endsWith("/discard/")) {
      return discarded(event);
    }
    isLeaving = true;
    const version = newVersion();
    if (name === "keep") {
      know([...draft.known, version]);
    }
    form.elements.version.value = version;
    draft = { ...draft, fields: fieldsOf(form), version: null, isUnsent: true, isSaved: name === "save" };
    if (name === "keep") {
      draft.version = version;
    }
    writeDraft(draft);
  }

  /* The server keeps it to bring back; what only this device has, without signal, goes for good. */
  function discarded(event) {
    const isOnlyHere = !navigator.onLine && draft.known.length === 0;
    if (isOnlyHere) {
      event.preventDefault();
      if (!window.confirm(said("Discard this? It is on this device only."))) {
        return;
      }
    }
    isLeaving = true;
    forgetDraft(draft.name);
    if (isOnlyHere) {
      location.reload();
    }
  }

  function discard() {
    forgetDraft(draft.name);
    if (draft.known.length) {
      post(form, `${address}discard/`, [], draft.known, "", true);
    }
    know([]);
    draft = { ...draft, version: null, isUnsent: false };
    say("");
  }

  /* Another device may have gone on while this one was not looked at. */
  async function lookForNewer() {
    if (draft.isUnsent || isPaused || isSending || state !== "fresh") {
      return send();
    }
    const workout = form.elements.revision.value ? form.elements.id.value : "";
    const response = await fetch(`${address}?workout=${workout}`, { redirect: "manual" }).catch(() => null);
    const { version } = response?.status === 200 ? await response.json() : { version: draft.known.at(-1) };
    if (!draft.isUnsent && (version ?? "") !== (draft.known.at(-1) ?? "")) {
      isLeaving = true;
      location.reload();
    }
  }

  function know(versions) {
    draft = { ...draft, known: versions };
    form.elements.draft.value = versions.join(" ");
  }

  function say(text) {
    const place = form.querySelector("[data-draft-status]");
    if (place) {
      place.textContent = text;
    }
  }
}

/* Whether the page comes from the device, without signal. */
function isKept() {
  return Boolean(document.documentElement.dataset.kept);
}

function begun(form) {
  const known = form.elements.draft.value.split(" ").filter(Boolean);
  return { name: form.dataset.draft, fields: [], known, version: null, isUnsent: false, isSaved: false };
}

/* The copy that the form goes on with; of a new workout also one that has another id. */
function leftHere(form) {
  const own = readDraft(form.dataset.draft);
  const isNew = !form.elements.revision.value;
  const others = draftsOf(form.elements.owner.value).filter((copy) => !fieldOf(copy, "revision"));
  const copies = own ? [own] : isNew ? others : [];
  if (isKept()) {
    return copies[0]; // without signal, what the server has is not in the form
  }
  for (const copy of copies.filter((copy) => !copy.isUnsent)) {
    forgetDraft(copy.name); // the server has it, or it is gone there
  }
  return copies.find((copy) => copy.isUnsent);
}

/* Answers as fetch does; status 0 where nobody answered. */
async function post(form, address, fields, known, version, isLast = false) {
  const token = form.elements.csrfmiddlewaretoken.value;
  const its = { csrfmiddlewaretoken: token, draft: known.join(" "), version };
  const body = new URLSearchParams([...fields, ...Object.entries(its)]);
  const options = { method: "POST", body, keepalive: isLast, redirect: "manual" };
  return fetch(address, options).catch(() => ({ status: 0 }));
}

/* The next line of a text, where one came to log an exercise. */
function withExercise(fields, exercise) {
  const begun = (text) => [text.trimEnd(), `${exercise}: `].filter(Boolean).join("\n");
  return fields.map(([name, value]) => [name, exercise && name === "text" ? begun(value) : value]);
}

/* A random UUID, also where a page that did not come over HTTPS is denied its own way to one. */
function newVersion() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function whenLoaded(action) {
  if (document.readyState === "complete") {
    action();
  } else {
    window.addEventListener("load", action, { once: true });
  }
}
