/* Drafts on this device: log forms as they were written, each by its athlete and the form's id.

   A copy has its `fields`, pairs of name and value; the versions of the server's draft that it may
   take the place of (`known`); the `version` that just these fields were sent as; whether the server
   may not have them (`isUnsent`); and whether they were sent to be saved (`isSaved`). */
import { store, stored, storedKeys } from "./device-store.js";

const PREFIX = "backtrain:draft:";

/* What is there and is a draft; something else may have been written under its name. */
export function readDraft(name) {
  const copy = stored(PREFIX + name);
  return Array.isArray(copy?.fields) ? { known: [], ...copy, name } : null;
}

/* All of them, or all of an athlete, the one that was written last first. */
export function draftsOf(owner = "") {
  return names(owner && `${owner}:`)
    .map(readDraft)
    .filter(Boolean)
    .sort((one, other) => (other.at ?? 0) - (one.at ?? 0));
}

export function writeDraft({ name, ...copy }) {
  store(PREFIX + name, { ...copy, at: Date.now() });
}

export function forgetDraft(name) {
  store(PREFIX + name, null);
}

/* The server asks the browser to do so too, which only heeds it over HTTPS. */
export function forgetAllDrafts() {
  names().forEach(forgetDraft);
  ["backtrain:rest", "backtrain:rest-lengths"].forEach((key) => store(key, null));
}

export function fieldOf(copy, name) {
  return copy.fields.find(([field]) => field === name)?.[1] ?? "";
}

function names(start = "") {
  return storedKeys()
    .filter((key) => key.startsWith(PREFIX + start))
    .map((key) => key.slice(PREFIX.length));
}
