/* Keeps a workout that is being written on the device, until it is saved or the athlete signs out.

   A draft has the id of its form, which the saved workout has too: on its page the draft goes. */

const FORM = "form[data-draft]";
const FIELDS = ["id", "day", "time", "notes", "text"];

export function initDraft(root) {
  const saved = root.querySelector("[data-saved-workout]")?.dataset;
  if (saved && read(saved.owner)?.id === saved.savedWorkout) {
    forget(saved.owner);
  }
  const form = root instanceof Element && root.matches(FORM) ? root : root.querySelector(FORM);
  if (!form || form.dataset.draftKept) {
    return;
  }
  form.dataset.draftKept = "yes";
  form.addEventListener("input", () => write(form));
  if (form.dataset.draftState === "sent") {
    write(form);
  } else if (form.dataset.draftState === "fresh" && read(form.dataset.draft)) {
    whenLoaded(() => restore(form, read(form.dataset.draft))); // so that htmx sees it change
  }
}

/* What the form came with, the name of an exercise to log, is the next line. */
function restore(form, draft) {
  const { text } = form.elements;
  if (text.value !== text.defaultValue) {
    return; // the browser has brought it back
  }
  const came = valuesOf(form);
  fill(form, { ...draft, text: [draft.text.trimEnd(), came.text].filter(Boolean).join("\n") });
  const note = form.querySelector("[data-draft-note]");
  note.hidden = false;
  note.querySelector("button").addEventListener("click", () => {
    fill(form, came);
    forget(form.dataset.draft);
    note.hidden = true;
    form.elements.text.focus();
  });
}

function valuesOf(form) {
  return Object.fromEntries(FIELDS.map((name) => [name, form.elements[name].value]));
}

function fill(form, values) {
  FIELDS.forEach((name) => {
    form.elements[name].value = values[name] ?? "";
  });
  form.elements.text.dispatchEvent(new Event("input", { bubbles: true }));
}

function write(form) {
  const values = valuesOf(form);
  if (!values.text.trim()) {
    forget(form.dataset.draft);
    return;
  }
  attempt(() => localStorage.setItem(key(form.dataset.draft), JSON.stringify(values)));
}

/* What is there and is a draft; something else may have been written under its key. */
function read(owner) {
  const draft = attempt(() => JSON.parse(localStorage.getItem(key(owner))));
  return typeof draft?.text === "string" ? draft : null;
}

function forget(owner) {
  attempt(() => localStorage.removeItem(key(owner)));
}

/* A browser may have no room or allow no storage: then there are no drafts. */
function attempt(action) {
  try {
    return action();
  } catch {
    return null;
  }
}

function key(owner) {
  return `backtrain:draft:${owner}`;
}

function whenLoaded(action) {
  if (document.readyState === "complete") {
    action();
  } else {
    window.addEventListener("load", action, { once: true });
  }
}
