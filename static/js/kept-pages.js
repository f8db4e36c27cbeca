/* The pages that a device keeps: all of one owner, an athlete or nobody, and only the newest.

   The server says of each page whose it is (X-Owner). What belongs to another owner than the last
   page did goes before anything else happens. */

const PREFIX = "pages of ";
const MOST = 40;
const STALE_AFTER = 60 * 60 * 1000;
const SESSION = " data-session=";
const NEW_ID = /<input type="hidden" name="id" value="([-0-9a-f]{36})"/;

let era = 0;

/* Someone signs in or out: nothing of anyone stays, nor what was asked for before. */
export async function keepNothing() {
  era += 1;
  await keepOnlyOf("");
}

/* The server said whose the page is: nothing of anyone else stays. */
export async function keepOnlyOf(owner) {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
  await Promise.all(names.filter((name) => name !== PREFIX + owner).map((name) => caches.delete(name)));
}

export function ownerOf(response) {
  return response.ok && !response.redirected ? response.headers.get("X-Owner") : null;
}

/* A page may be kept if it is of a kind that is, and did not ask not to be. */
export async function keepPage(address, response) {
  const owner = ownerOf(response);
  if (!owner || !isKept(address) || /no-store/.test(response.headers.get("Cache-Control"))) {
    return;
  }
  const html = await response.text();
  if (isLog(address) && !html.includes(SESSION)) {
    return dropSession();
  }
  const headers = new Headers(response.headers);
  headers.set("X-Kept-At", new Date().toISOString());
  headers.set("X-Title", encodeURIComponent(/<title>(.*?)( · Backtrain)?<\/title>/s.exec(html)?.[1] ?? ""));
  const cache = await caches.open(PREFIX + owner);
  const name = isLog(address) ? SITE.log : address;
  await cache.delete(name);
  await cache.put(name, new Response(html, { headers }));
  const others = (await cache.keys()).filter(({ url }) => !isCore(url));
  await Promise.all(others.slice(0, -MOST).map((each) => cache.delete(each)));
}

export async function hasPage(address) {
  return Boolean(await find(address));
}

/* It has ended, or was saved. */
export async function dropSession() {
  await (await ownCache())?.delete(SITE.log);
}

/* The page as it was, marked with when; a form for a new workout gets an id of its own each time.
   The log is kept blank, since what was being written is no draft any more when it is saved; a
   session under way is kept as it is. */
export async function keptPage(address) {
  const kept = await find(address);
  if (!kept) {
    return null;
  }
  const mark = `<html data-kept="${kept.headers.get("X-Kept-At")}"`;
  const html = (await kept.text()).replace("<html", mark);
  const { pathname } = new URL(address);
  const isNew = (pathname === SITE.log && !html.includes(SESSION)) || pathname.endsWith("/copy/");
  const id = isNew ? NEW_ID.exec(html)?.[1] : null;
  const withId = id ? html.replaceAll(id, crypto.randomUUID()) : html;
  return new Response(withId, { headers: kept.headers });
}

/* The newest first. */
export async function keptPages() {
  const cache = await ownCache();
  const addresses = cache ? (await cache.keys()).map(({ url }) => url) : [];
  const hasSession = addresses.some(isLog);
  const listed = addresses.filter((address) => {
    const { pathname, search } = new URL(address);
    const isHidden = hasSession && pathname + search === SITE.blank;
    return pathname !== SITE.offline && !isPart(address) && !isHidden;
  });
  return Promise.all(
    listed.reverse().map(async (address) => {
      const { headers } = await cache.match(address, { ignoreVary: true });
      return { address: address.split("?")[0], title: decodeURIComponent(headers.get("X-Title")), at: headers.get("X-Kept-At") };
    }),
  );
}

/* What opens without signal though it was never visited, of who is signed in and of a visitor. */
export async function keepCore({ isStale = false } = {}) {
  for (const path of SITE.core) {
    const isOffline = path === SITE.offline;
    const kept = await (await ownCache())?.match(path, { ignoreVary: true });
    const isOld = !kept || Date.now() - Date.parse(kept.headers.get("X-Kept-At")) > STALE_AFTER;
    if ((isOffline || (await isAthletes())) && (isStale || isOld)) {
      await fetchAndKeep(new URL(path, location.href).href);
    }
  }
}

export async function isAthletes() {
  return (await caches.keys()).some((name) => name.startsWith(PREFIX) && name !== `${PREFIX}nobody`);
}

/* After an upgrade: all pages anew, since they name the files of the release that they are from. */
export async function renewPages() {
  const cache = await ownCache();
  for (const { url } of cache ? await cache.keys() : []) {
    await cache.delete(url);
    await fetchAndKeep(url);
  }
}

/* Asked for besides what is being read: an answer that comes late, when another has signed in, is
   for nobody. */
export async function fetchAndKeep(address) {
  const begun = era;
  const response = await fetch(address, { headers: { Accept: "text/html" } });
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
  if (begun === era && names.every((name) => name === PREFIX + ownerOf(response))) {
    await keepPage(address, response);
  }
}

export function isKept(address) {
  const { pathname, search } = new URL(address);
  const isPlain = !search || isPart(address) || isLog(address) || (pathname === SITE.log && search.startsWith("?routine="));
  return isCore(address) || (isPlain && SITE.kept.some((start) => pathname.startsWith(start)));
}

function isLog(address) {
  const { pathname, search } = new URL(address);
  return pathname === SITE.log && (!search || search.startsWith("?start"));
}

function isCore(address) {
  const { pathname, search } = new URL(address);
  return SITE.core.includes(pathname + search);
}

/* What a page fetches into its place, such as the last sets of an exercise. */
export function isPart(address) {
  return new URL(address).search.startsWith("?part=");
}

async function ownCache() {
  const name = (await caches.keys()).find((each) => each.startsWith(PREFIX));
  return name ? caches.open(name) : null;
}

async function find(address) {
  const cache = await ownCache();
  const { pathname } = new URL(address);
  const exact = await cache?.match(isLog(address) ? SITE.log : address, { ignoreVary: true });
  const instead = { [SITE.log]: SITE.blank, [SITE.offline]: SITE.offline }[pathname];
  return exact ?? (instead ? cache?.match(instead, { ignoreVary: true }) : undefined);
}
