/* What a device keeps (docs/adr/0016): files and pages for when there is no signal, and workouts
   that were saved without. The server puts SITE above this: the release and addresses (backtrain/offline.py). */
import { dropSession, fetchAndKeep, fetchBesides, hasPage, isAthletes, isKept, isPart, keepCore, keepNothing, keepOnlyOf, keepOwn, keepPage, keptPage, keptPages, ownerOf, renewPages } from "./kept-pages.js";
import { dropUnsent, entryOf, putUnsent, sendUnsent, unsent } from "./unsent-queue.js";

const FILES = "files of ";
const HASHED = /\.[0-9a-f]{12}\.\w+$/;
const PATIENCE = 3000;
const LONG_PATIENCE = 15_000;
const TRIES = [0, 2_000, 8_000]; // ms before what should be here is asked for, and asked for again
const LOOKED_AGAIN = 60_000;
const TOKEN = /name="csrfmiddlewaretoken" value="(\w+)"/;

let sending = Promise.resolve();
let keeping = null;
let opens = 0;
let lookedAt = 0;

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(keepFiles(SITE.files));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(Promise.all([self.clients.claim(), self.registration.navigationPreload?.enable()]));
});

self.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (origin !== location.origin || SITE.leftAlone.some((start) => pathname.startsWith(start))) {
    return;
  }
  if (mode === "navigate") {
    event.respondWith(method === "GET" ? page(event) : posted(event));
  } else if (method === "GET" && pathname.startsWith(SITE.static)) {
    event.respondWith(file(event));
  } else if (method === "GET" && isPart(url)) {
    event.respondWith(page(event));
  }
});

self.addEventListener("sync", (event) => event.waitUntil(sendAll()));

self.addEventListener("message", (event) => {
  const { type, ...told } = event.data;
  const answer = ANSWERS[type](told).catch(() => null);
  event.waitUntil(answer.then((data) => event.ports[0]?.postMessage(data)));
});

/* What pages may tell or ask. */
const ANSWERS = {
  opened: ({ address, files }) => Promise.all([opened(address, files), sendAll()]),
  pages: keptPages,
  unsent,
  send: sendAll,
  discard: async ({ key }) => {
    await dropUnsent(key);
    await tell({ type: "unsent" });
  },
  token: async () => (await asked()).token,
};

/* From the network, unless that takes long and the page is here. */
async function page(event) {
  const address = event.request.url;
  const network = (async () => (await event.preloadResponse) ?? fetch(event.request))();
  const heeded = network.then((response) => heed(event, response));
  event.waitUntil(heeded.catch(() => {}));
  const isHere = await hasPage(address);
  const answer = await Promise.race(isHere ? [heeded, tooLong()] : [heeded]).catch(() => null);
  if (answer && !(isHere && isDown(answer))) {
    return answer;
  }
  const instead = isPart(address) ? null : whole(SITE.offline);
  return (await keptPage(address)) ?? (instead && (await keptPage(instead))) ?? Response.error();
}

/* Whose page came back decides what else may stay, before it is shown. A part may come late. */
async function heed(event, response) {
  const owner = ownerOf(response);
  if (owner) {
    const copy = response.clone();
    if (event.request.mode === "navigate") {
      await keepOnlyOf(owner);
    }
    event.waitUntil(keepPage(event.request.url, copy));
  }
  return response;
}

/* Signing in or out begins with nothing of anyone's. A workout that can't be sent is kept; any other
   form stays as it is on its page. */
async function posted(event) {
  if (new URL(event.request.url).pathname.startsWith(SITE.accounts)) {
    await keepNothing();
  }
  const entry = await toBeSaved(event.request);
  if (entry?.path === SITE.log) {
    await dropSession();
  }
  const network = fetch(event.request);
  const answer = await Promise.race(entry ? [network, tooLong(LONG_PATIENCE)] : [network]).catch(() => null);
  lookedAt = 0; // what they have is another now
  if (!entry || (answer && answer.status < 500)) {
    event.waitUntil(arrived(entry, answer));
    return answer ?? stay();
  }
  try {
    await putUnsent(entry);
  } catch {
    return answer ?? stay();
  }
  event.waitUntil(network.then((late) => arrived(entry, late)).catch(() => {}));
  event.waitUntil(Promise.resolve(self.registration.sync?.register("unsent")).catch(() => {}));
  return Response.redirect(whole(`${SITE.offline}?kept`), 303);
}

async function toBeSaved(request) {
  const { pathname } = new URL(request.url);
  if (pathname !== SITE.log && !(pathname.startsWith(SITE.workouts) && pathname.endsWith("/edit/"))) {
    return null;
  }
  const fields = [...(await request.clone().formData())];
  return fields.some(([name]) => name === "save") ? entryOf(pathname, fields) : null;
}

/* The server has sent on to the workout, unless it asks to sign in: then an entry waits on. */
async function arrived(entry, answer) {
  if (!entry || answer?.type !== "opaqueredirect") {
    return;
  }
  const waiting = (await unsent()).filter(({ key }) => key === entry.key || key === entry.before);
  if (waiting.length && (await asked()).owner === entry.owner) {
    await Promise.all(waiting.map(({ key }) => dropUnsent(key)));
    await tell({ type: "unsent" });
  }
}

/* Nothing to show in place of the page. */
async function stay() {
  await tell({ type: "stay" });
  return new Response(null, { status: 204 });
}

/* One after the other, so that two tabs that ask for it at once send nothing twice. */
function sendAll({ key: only } = {}) {
  sending = sending.catch(() => {}).then(() => sendEach(only));
  return sending;
}

/* What is waiting, of who is signed in. */
async function sendEach(only) {
  const entries = (await unsent()).filter(({ key, state }) => (only ? key === only : state === "waiting"));
  if (!entries.length) {
    return;
  }
  const { owner, token } = await asked();
  const sent = [];
  try {
    for (const entry of entries.filter((each) => each.owner === owner)) {
      sent.push(await sendUnsent(entry, token));
    }
  } finally {
    await tell({ type: "unsent", sent: sent.filter(Boolean) });
  }
  if (sent.some(Boolean)) {
    await keepCore({ isStale: true });
    await keepOwn();
  }
}

/* Who is signed in, and a token for their forms. */
async function asked() {
  const response = await fetchBesides(SITE.log);
  return { owner: ownerOf(response), token: TOKEN.exec(await response.text())?.[1] };
}

async function tell(news) {
  for (const client of await self.clients.matchAll({ type: "window", includeUncontrolled: true })) {
    client.postMessage(news);
  }
}

/* A file whose name has its hash never changes. */
async function file({ request }) {
  const kept = await caches.match(request, { ignoreVary: true });
  if (kept && HASHED.test(request.url)) {
    return kept;
  }
  try {
    const response = await fetch(request);
    if (response.ok) {
      const cache = await caches.open(FILES + SITE.release);
      await cache.put(request, response.clone());
    }
    return response;
  } catch (error) {
    if (kept) {
      return kept;
    }
    throw error;
  }
}

async function keepFiles(files) {
  const cache = await caches.open(FILES + SITE.release);
  const missing = await Promise.all(files.map(async (each) => ((await cache.match(each)) ? [] : [each])));
  await cache.addAll(missing.flat());
}

/* A page tells that it is open: it may have come before the worker did, or with another release. */
async function opened(address, files) {
  await keepFiles(files.filter((each) => each.startsWith(whole(SITE.static)))).catch(() => {});
  if (isKept(address) && !(await hasPage(address))) {
    await fetchAndKeep(address).catch(() => {});
  }
  opens += 1;
  keeping ??= keepUp().finally(() => {
    keeping = null;
  });
  await keeping;
  const old = (await caches.keys()).filter((name) => name.startsWith(FILES) && name !== FILES + SITE.release);
  if (old.length && isNewest()) {
    await renewPages();
    await Promise.all(old.map((name) => caches.delete(name)));
  }
}

/* All that opens without having been visited, once for all pages that opened meanwhile: the last of
   them may be another athlete's. What fails, as at the stairs to a cellar, is asked for again, and after
   that when the next page opens. */
async function keepUp() {
  let seen;
  do {
    seen = opens;
    for (const wait of TRIES) {
      await pause(wait);
      if (await keepAll().catch(() => false)) {
        break;
      }
    }
  } while (seen !== opens);
}

async function keepAll() {
  await keepCore();
  if (await isAthletes()) {
    await keepFiles(SITE.athletesFiles);
  }
  if (Math.abs(Date.now() - lookedAt) > LOOKED_AGAIN) {
    await keepOwn();
    lookedAt = (await isAthletes()) ? Date.now() : 0;
  }
  return true;
}

/* The worker of the release before goes on with what it had begun. */
function isNewest() {
  const { installing, waiting } = self.registration;
  return !installing && !waiting && (self.serviceWorker?.state ?? "activated") === "activated";
}

/* What a proxy says when there is no server behind it. */
function isDown({ status }) {
  return status >= 502 && status <= 504;
}

function pause(milliseconds) {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

function tooLong(milliseconds = PATIENCE) {
  return new Promise((_, reject) => {
    setTimeout(reject, milliseconds);
  });
}

function whole(path) {
  return new URL(path, location.href).href;
}
