/* What a device keeps (docs/adr/0016): files and pages, for when there is no signal. The server
   puts SITE above this: the release and addresses (backtrain/offline.py). */
import { fetchAndKeep, hasPage, isAthletes, keepCore, keepOnlyOf, keepPage, keptPage, keptPages, ownerOf, renewPages } from "./kept-pages.js";

const FILES = "files of ";
const HASHED = /\.[0-9a-f]{12}\.\w+$/;
const PATIENCE = 3000;

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
  }
});

self.addEventListener("message", (event) => {
  const { type, address, files } = event.data;
  if (type === "opened") {
    event.waitUntil(opened(address, files).catch(() => {}));
  } else if (type === "pages") {
    event.waitUntil(keptPages().then((pages) => event.ports[0].postMessage(pages)));
  }
});

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
  return (await keptPage(address)) ?? (await keptPage(whole(SITE.offline))) ?? Response.error();
}

/* Whose page came back decides what else may stay, before it is shown. */
async function heed(event, response) {
  const owner = ownerOf(response);
  if (owner) {
    const copy = response.clone();
    await keepOnlyOf(owner);
    event.waitUntil(keepPage(event.request.url, copy));
  }
  return response;
}

/* Signing in or out begins with nothing of anyone's. */
async function posted(event) {
  if (new URL(event.request.url).pathname.startsWith(SITE.accounts)) {
    await keepOnlyOf("no one yet");
  }
  return fetch(event.request);
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
  await keepFiles(files.filter((each) => each.startsWith(whole(SITE.static))));
  if (!(await hasPage(address))) {
    await fetchAndKeep(address);
  }
  await keepCore();
  if (await isAthletes()) {
    await keepFiles(SITE.athletesFiles);
  }
  const old = (await caches.keys()).filter((name) => name.startsWith(FILES) && name !== FILES + SITE.release);
  if (old.length) {
    await renewPages();
    await Promise.all(old.map((name) => caches.delete(name)));
  }
}

/* What a proxy says when there is no server behind it. */
function isDown({ status }) {
  return status >= 502 && status <= 504;
}

function tooLong() {
  return new Promise((_, reject) => {
    setTimeout(reject, PATIENCE);
  });
}

function whole(path) {
  return new URL(path, location.href).href;
}
