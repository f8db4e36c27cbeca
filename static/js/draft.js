/* Keeps what is being written about a workout on the device, until it is saved or the athlete signs out.

   A new workout's draft goes by its athlete; it has the id of its form, which the saved workout has
   too: on its page the draft goes. The draft of an edit goes by athlete and workout, and knows the
   revision that it began with. */

const FORM = "form[data-draft]";
const FIELDS = ["id", "day", "time", "notes", "text"];
const PREFIX = "backtrain:draft:";

export function initDraft(root) {
  forgetSaved(root.querySelector("[data-saved-workout]")?.dataset);
  for (const leaving of root.querySelectorAll("[data-draft-forget]")) {
    leaving.addEventListener("click", () => forget(leaving.dataset.draftForget));
  }
  for (const form of root.querySelectorAll("form[data-forget-drafts]")) {
    form.addEventListener("submit", forgetAll);
  }
  const form = root instanceof Element && root.matches(FORM) ? root : root.querySelector(FORM);
  if (!form || form.dataset.draftKept) {
    return;
  }
  form.dataset.draftKept = "yes";
  form.addEventListener("input", () => write(form));
  form.addEventListener("submit", (event) => write(form, event.submitter?.name === "save"));
  if (form.dataset.draftState === "sent") {
    write(form);
  } else if (form.dataset.draftState === "fresh" && read(form.dataset.draft)) {
    whenLoaded(() => restore(form, read(form.dataset.draft)));
  }
}

/* A saved edit has a later revision than it began with; so has what another tab has saved, but
   then nothing was sent from here. */
function forgetSaved(saved) {
  if (!saved) {
    return;
  }
  const { owner, savedWorkout: id, revision } = saved;
  if (read(owner)?.id === id) {
    forget(owner);
  }
  const edit = read(`${owner}:${id}`);
  if (edit?.isSent && Number(edit.revision) < Number(revision)) {
    forget(`${owner}:${id}`);
  }
}

function restore(form, draft) {
  const { text, revision } = form.elements;
  if (text.value !== text.defaultValue) {
    return; // the browser has brought it back
  }
  if (!revision.value) {
    // What a new form came with, the name of an exercise to log, is the next line.
    putBack(form, { ...draft, text: [draft.text.trimEnd(), text.value].filter(Boolean).join("\n") });
  } else if (draft.text === text.value) {
    forget(form.dataset.draft);
  } else if (draft.revision === revision.value) {
    putBack(form, draft);
  } else {
    offer(form, draft);
  }
}

function putBack(form, values) {
  const came = valuesOf(form);
  fill(form, values);
  const note = form.querySelector("[data-draft-note]");
  note.hidden = false;
  note.querySelector("button").addEventListener("click", () => {
    fill(form, came);
    forget(form.dataset.draft);
    note.hidden = true;
    form.elements.text.focus();
  });
}

/* The workout was saved since: both texts, and the stored one in the form. */
function offer(form, draft) {
  const other = form.querySelector("[data-draft-other]");
  other.querySelector("textarea").value = draft.text;
  other.hidden = false;
  other.querySelector("[data-draft-use]").addEventListener("click", () => {
    other.hidden = true;
    putBack(form, draft);
    form.elements.text.focus();
  });
  other.querySelector("[data-draft-discard]").addEventListener("click", () => {
    other.hidden = true;
    forget(form.dataset.draft);
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

function write(form, isSent = false) {
  const values = { ...valuesOf(form), revision: form.elements.revision.value, isSent };
  if (!values.text.trim()) {
    forget(form.dataset.draft);
    return;
  }
  attempt(() => localStorage.setItem(key(form.dataset.draft), JSON.stringify(values)));
}

/* What is there and is a draft; something else may have been written under its key. */
function read(name) {
  const draft = attempt(() => JSON.parse(localStorage.getItem(key(name))));
  return typeof draft?.text === "string" ? draft : null;
}

function forget(name) {
  attempt(() => localStorage.removeItem(key(name)));
}

/* The server asks the browser to do so too, which only heeds it over HTTPS. */
function forgetAll() {
  attempt(() => {
    for (const name of Object.keys(localStorage)) {
      if (name.startsWith(PREFIX)) {
        localStorage.removeItem(name);
      }
    }
  });
}

/* A browser may have no room or allow no storage: then there are no drafts. */
function attempt(action) {
  try {
    return action();
  } catch {
    return null;
  }
}

function key(name) {
  return PREFIX + name;
}

function whenLoaded(action) {
  if (document.readyState === "complete") {
    action();
  } else {
    window.addEventListener("load", action, { once: true });
  }
}
