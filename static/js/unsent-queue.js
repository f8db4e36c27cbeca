/* Workouts that were saved without signal, until the server has them: forms as pairs of name and
   value, each with its athlete. One that is saved again takes its own place. */

const STORE = "forms";
const STATES = { 422: "refused", 400: "refused", 413: "refused", 200: "refused", 409: "conflict" };

export function entryOf(path, fields) {
  const [owner, id, other] = ["owner", "id", "instead_of"].map((wanted) => valueOf(fields, wanted));
  const kept = fields.filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string");
  const entry = { key: `${owner} ${id}`, owner, id, path, fields: kept, at: Date.now(), state: "waiting" };
  return owner && id ? { ...entry, before: `${owner} ${other ?? id}` } : null;
}

/* The oldest first. */
export async function unsent() {
  return (await inStore("readonly", (store) => store.getAll())).sort((one, other) => one.at - other.at);
}

export function putUnsent(entry) {
  return inStore("readwrite", (store) => store.put(entry));
}

export function dropUnsent(key) {
  return inStore("readwrite", (store) => store.delete(key));
}

/* Sends an entry; the address of what it became, if the server has it now. Rejects without signal. */
export async function sendUnsent(entry, token) {
  const body = new URLSearchParams([...entry.fields, ["csrfmiddlewaretoken", token]]);
  const response = await fetch(entry.path, { method: "POST", body });
  const isSent = response.ok && response.redirected;
  if (isSent && new URL(response.url).pathname.startsWith(SITE.accounts)) {
    return null;
  }
  const isGone = response.status === 404 && entry.path !== SITE.log;
  const after = isGone ? asNew(entry) : { ...entry, state: STATES[response.status] ?? "waiting" };
  const [now] = (await unsent()).filter(({ key, at }) => key === entry.key && at === entry.at);
  if (now && (isSent || isGone)) {
    await dropUnsent(entry.key);
  }
  if (now && !isSent) {
    await putUnsent(after);
  }
  return isSent ? response.url : null;
}

/* What it changed is gone for good, so it is a workout of its own. */
function asNew(entry) {
  const id = crypto.randomUUID();
  const fields = entry.fields.filter(([name]) => name !== "revision").map(([name, value]) => [name, name === "id" ? id : value]);
  return { ...entryOf(SITE.log, fields), state: "refused" };
}

function valueOf(fields, wanted) {
  return fields.find(([name]) => name === wanted)?.[1];
}

async function inStore(mode, action) {
  const database = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode, { durability: "strict" });
      const request = action(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

function opened() {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open("backtrain", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: "key" });
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
}
