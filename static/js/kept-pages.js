/* The pages that a device keeps: all of one owner, an athlete or nobody, and only the newest.

   The server says of each page whose it is (X-Owner). What belongs to another owner than the last
   page did goes before anything else happens. */

const PREFIX = "pages of ";
const MOST = 40; // of those that were visited
const STALE_AFTER = 60 * 60 * 1000;
const SESSION = " data-session=";
const STARTS = [/( data-session=")[^"]+/, /(<input type="hidden" name="started" value=")[^"]+/];
const NEW_ID = /<input type="hidden" name="id" value="([-0-9a-f]{36})"/;

let holder = ""; // whose pages are kept; nobody's when the worker begins, and while someone signs in or out
let era = 0; // another one with each holder
let storing = Promise.resolve();

/* Someone signs in or out: nothing of anyone stays, nor what was asked for before. */
export async function keepNothing() {
  era += 1;
  await keepOnlyOf("");
}

/* The server said whose the page is: nothing of anyone else stays. */
export async function keepOnlyOf(owner) {
  if (owner !== holder) {
    holder = owner;
    era += 1;
  }
  await alone(async () => {
    const others = (await cacheNames()).filter((name) => name !== PREFIX + owner);
    await Promise.all(others.map((name) => caches.delete(name)));
  });
}

/* One after the other, so that no page is put where another's were just taken away. */
function alone(action) {
  storing = storing.catch(() => {}).then(action);
  return storing;
}

export function ownerOf(response) {
  return response.ok && !response.redirected ? response.headers.get("X-Owner") : null;
}

/* A page may be kept if it is of a kind that is, and did not ask not to be. One of the athlete's own
   that the server named (`keepOwn`) has its mark. Whether it was kept, which it is not if someone else's
   page has come meanwhile. */
export async function keepPage(address, response, mark) {
  const owner = ownerOf(response);
  if (!owner || !isKept(address) || /no-store/.test(response.headers.get("Cache-Control"))) {
    return false;
  }
  const html = await response.text();
  return alone(() => owner === holder && store(address, html, response, mark));
}

async function store(address, html, response, mark) {
  if (isLog(address) && !html.includes(SESSION)) {
    await dropSession();
    return false;
  }
  const headers = new Headers(response.headers);
  headers.set("X-Kept-At", new Date().toISOString());
  headers.set("X-Title", encodeURIComponent(/<title>(.*?)( · Backtrain)?<\/title>/s.exec(html)?.[1] ?? ""));
  const cache = await caches.open(PREFIX + holder);
  const name = isLog(address) ? SITE.log : address;
  const own = mark ?? markOf(await cache.match(name, { ignoreVary: true }));
  if (own) {
    headers.set("X-Mark", own);
  }
  await cache.delete(name);
  await cache.put(name, new Response(html, { headers }));
  const [all, kept] = [await cache.keys(), await cache.matchAll()];
  const others = all.filter(({ url }, place) => !isCore(url) && !markOf(kept[place]));
  await Promise.all(others.slice(0, -MOST).map((each) => cache.delete(each)));
  return true;
}

export async function hasPage(address) {
  return Boolean(await find(address));
}

/* It has ended, or was saved. */
export async function dropSession() {
  await (await ownCache())?.delete(SITE.log);
}

/* The page as it was, marked with when; a form for a new workout gets an id of its own each time, and
   a session that a routine begins with starts now. The log is kept blank, since what was being written
   is no draft any more when it is saved; a session under way is kept as it is. */
export async function keptPage(address) {
  const kept = await find(address);
  if (!kept) {
    return null;
  }
  const mark = `<html data-kept="${kept.headers.get("X-Kept-At")}"`;
  const html = (await kept.text()).replace("<html", mark);
  const isUnderWay = isLog(address) && html.includes(SESSION);
  const isNew = (isForm(address) && !isUnderWay) || new URL(address).pathname.endsWith("/copy/");
  return new Response(isNew ? begunNow(html) : html, { headers: kept.headers });
}

function begunNow(html) {
  const id = NEW_ID.exec(html)?.[1];
  const withId = id ? html.replaceAll(id, crypto.randomUUID()) : html;
  const now = `${new Date().toISOString().slice(0, 19)}+00:00`;
  return STARTS.reduce((page, start) => page.replace(start, `$1${now}`), withId);
}

/* What is always here, then the newest first. */
export async function keptPages() {
  const cache = await ownCache();
  const addresses = cache ? (await cache.keys()).map(({ url }) => url) : [];
  const hasSession = addresses.some(isLog);
  const listed = addresses.filter((address) => {
    const { pathname } = new URL(address);
    const isHidden = isForm(address) && !isLog(address) && (hasSession || !isCore(address));
    return pathname !== SITE.offline && !isPart(address) && !isHidden;
  });
  const newest = listed.reverse().sort((one, other) => isCore(other) - isCore(one));
  return Promise.all(
    newest.map(async (address) => {
      const { headers } = await cache.match(address, { ignoreVary: true });
      return { address: address.split("?")[0], title: decodeURIComponent(headers.get("X-Title")), at: headers.get("X-Kept-At") };
    }),
  );
}

/* What opens without signal though it was never visited, of who is signed in and of a visitor. */
export async function keepCore({ isStale = false } = {}) {
  await each(SITE.core, async (path) => {
    const isOffline = path === SITE.offline;
    const kept = await (await ownCache())?.match(path, { ignoreVary: true });
    const age = kept ? Math.abs(Date.now() - Date.parse(kept.headers.get("X-Kept-At"))) : Infinity; // a clock may be set back
    if ((isOffline || (await isAthletes())) && (isStale || age > STALE_AFTER)) {
      await fetchAndKeep(new URL(path, location.href).href);
    }
  });
}

/* Recent workouts, routines, and the log as each of these fills it: the server names them, with a mark
   that is another one when the page is. One after the other, and not where data are dear. */
export async function keepOwn() {
  if (!(await isAthletes()) || navigator.connection?.saveData) {
    return;
  }
  const response = await fetchOwn(SITE.own, "application/json");
  const { owner, pages } = response.ok && !response.redirected ? await response.json() : {};
  if (!owner || (await ownName()) !== PREFIX + owner) {
    return;
  }
  const cache = await caches.open(PREFIX + owner);
  const marks = new Map(pages.map(([path, mark]) => [new URL(path, location.href).href, mark]));
  const [all, kept] = [await cache.keys(), await cache.matchAll()];
  const gone = all.filter(({ url }, place) => markOf(kept[place]) && !marks.has(url));
  await Promise.all(gone.map((each) => cache.delete(each)));
  await each([...marks], async ([address, mark]) => {
    if (markOf(await cache.match(address, { ignoreVary: true })) !== mark) {
      await fetchAndKeep(address, mark);
    }
  });
}

/* One that fails keeps none of the others from being asked for. */
async function each(all, action) {
  const failed = [];
  for (const one of all) {
    await action(one).catch((error) => failed.push(error));
  }
  if (failed.length) {
    throw failed[0];
  }
}

export async function isAthletes() {
  return (await cacheNames()).some((name) => name !== `${PREFIX}nobody`);
}

/* After an upgrade: all pages anew, since they name the files of the release that they are from. What
   is there no more goes. */
export async function renewPages() {
  const cache = await ownCache();
  const kept = cache ? await cache.keys() : [];
  await each(kept, async ({ url }) => (await fetchAndKeep(url)) || cache.delete(url));
}

/* Asked for besides what is being read. Whether it was kept. */
export async function fetchAndKeep(address, mark) {
  return keepPage(address, await fetchOwn(address, "text/html"), mark);
}

/* An answer that comes late, when another has signed in, is for nobody: it fails, like one of a server
   that could not answer, and says nothing about the page. */
async function fetchOwn(address, accept) {
  const begun = era;
  const response = await fetchBesides(address, accept);
  const owner = ownerOf(response);
  const isLate = owner && holder ? owner !== holder : begun !== era;
  if (isLate || response.status >= 500) {
    throw new Error(`${address}: ${isLate ? "late" : response.status}`);
  }
  if (owner) {
    await keepOnlyOf(owner);
  }
  return response;
}

/* Its answer sets no cookie: another may have signed in meanwhile, and have others. */
export function fetchBesides(address, accept = "text/html") {
  return fetch(address, { headers: { Accept: accept, "X-Besides": "1" } });
}

export function isKept(address) {
  const { pathname, search } = new URL(address);
  const isPlain = !search || isPart(address) || isLog(address) || (isForm(address) && search.startsWith("?routine="));
  return isCore(address) || (isPlain && SITE.kept.some((start) => pathname.startsWith(start)));
}

function isForm(address) {
  return new URL(address).pathname === SITE.log;
}

function isLog(address) {
  const { search } = new URL(address);
  return isForm(address) && (!search || search.startsWith("?start"));
}

function isCore(address) {
  const { pathname, search } = new URL(address);
  return SITE.core.includes(pathname + search);
}

/* What a page fetches into its place, such as the last sets of an exercise. */
export function isPart(address) {
  return new URL(address).search.startsWith("?part=");
}

function markOf(response) {
  return response?.headers.get("X-Mark") ?? undefined;
}

async function cacheNames() {
  return (await caches.keys()).filter((name) => name.startsWith(PREFIX));
}

async function ownCache() {
  const name = await ownName();
  return name ? caches.open(name) : null;
}

/* A worker that has just begun does not know yet who is here: then it is the only one that there is. */
async function ownName() {
  const names = await cacheNames();
  const own = holder || names.length !== 1 ? PREFIX + holder : names[0];
  return names.includes(own) ? own : null;
}

async function find(address) {
  const cache = await ownCache();
  const { pathname } = new URL(address);
  const exact = await cache?.match(isLog(address) ? SITE.log : address, { ignoreVary: true });
  const instead = { [SITE.log]: SITE.blank, [SITE.offline]: SITE.offline }[pathname];
  return exact ?? (instead ? cache?.match(instead, { ignoreVary: true }) : undefined);
}
