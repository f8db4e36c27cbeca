/* What is kept on this device, as JSON. A browser may have no room or allow no storage: then it lasts as long as
   the page. */

export function storedText(key) {
  return attempt(() => localStorage.getItem(key));
}

export function stored(key) {
  return attempt(() => JSON.parse(localStorage.getItem(key)));
}

export function storedKeys() {
  return attempt(() => Object.keys(localStorage)) ?? [];
}

/* With null it is kept no longer. */
export function store(key, value) {
  attempt(() => (value === null ? localStorage.removeItem(key) : localStorage.setItem(key, JSON.stringify(value))));
}

function attempt(action) {
  try {
    return action();
  } catch {
    return null;
  }
}
