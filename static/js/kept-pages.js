/* The pages that a device keeps: all of one owner, an athlete or nobody, and only the newest.

   The server says of each page whose it is (X-Owner). What belongs to another owner than the last
   page did goes before anything else happens. */

const PREFIX = "pages of ";
const MOST = 30;
const STALE_AFTER = 24 * 60 * 60 * 1000;
const NEW_ID = /(<input type="hidden" name="id" value=")[-0-9a-f]{36}/;

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
  const headers = new Headers(response.headers);
  headers.set("X-Kept-At", new Date().toISOString());
  headers.set("X-Title", encodeURIComponent(/<title>(.*?)( · Backtrain)?<\/title>/s.exec(html)?.[1] ?? ""));
  const cache = await caches.open(PREFIX + owner);
  await cache.delete(address);
  await cache.put(address, new Response(html, { headers }));
  const others = (await cache.keys()).filter(({ url }) => !SITE.core.includes(new URL(url).pathname));
  await Promise.all(others.slice(0, -MOST).map((each) => cache.delete(each)));
}

export async function hasPage(address) {
  return Boolean(await find(address));
}

/* The page as it was, marked with when; a form for a new workout gets an id of its own each time. */
export async function keptPage(address) {
  const kept = await find(address);
  if (!kept) {
    return null;
  }
  const mark = `<html data-kept="${kept.headers.get("X-Kept-At")}"`;
  const html = (await kept.text()).replace("<html", mark);
  const isEdit = new URL(address).pathname.endsWith("/edit/");
  const withId = isEdit ? html : html.replace(NEW_ID, `$1${crypto.randomUUID()}`);
  return new Response(withId, { headers: kept.headers });
}

/* The newest first. */
export async function keptPages() {
  const cache = await ownCache();
  const addresses = cache ? (await cache.keys()).map(({ url }) => url) : [];
  const listed = addresses.filter((address) => new URL(address).pathname !== SITE.offline);
  return Promise.all(
    listed.reverse().map(async (address) => {
      const { headers } = await cache.match(address, { ignoreVary: true });
      return { address, title: decodeURIComponent(headers.get("X-Title")) };
    }),
  );
}

/* What opens without signal though it was never visited, of who is signed in and of a visitor. */
export async function keepCore() {
  const cache = await ownCache();
  const [offline, ...own] = SITE.core;
  for (const path of (await isAthletes()) ? [offline, ...own] : [offline]) {
    const kept = await cache?.match(path, { ignoreVary: true });
    if (!kept || Date.now() - Date.parse(kept.headers.get("X-Kept-At")) > STALE_AFTER) {
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

export async function fetchAndKeep(address) {
  const response = await fetch(address, { headers: { Accept: "text/html" } });
  const owner = ownerOf(response);
  if (owner) {
    await keepOnlyOf(owner);
    await keepPage(address, response);
  }
}

function isKept(address) {
  const { pathname, search } = new URL(address);
  const isPlain = !search || pathname === SITE.log;
  return isPlain && (SITE.core.includes(pathname) || SITE.kept.some((start) => pathname.startsWith(start)));
}

async function ownCache() {
  const name = (await caches.keys()).find((each) => each.startsWith(PREFIX));
  return name ? caches.open(name) : null;
}

async function find(address) {
  const cache = await ownCache();
  const exact = await cache?.match(address, { ignoreVary: true });
  const { pathname } = new URL(address);
  const takesAny = pathname === SITE.log || pathname === SITE.offline;
  return exact ?? (takesAny ? cache?.match(pathname, { ignoreVary: true }) : undefined);
}
