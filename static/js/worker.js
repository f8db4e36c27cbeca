/* The service worker, for pages that ask it something. */

/* Its answer; undefined where there is none. */
export async function ask(type, told = {}) {
  const active = (await navigator.serviceWorker?.getRegistration())?.active;
  if (!active) {
    return undefined;
  }
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = ({ data }) => resolve(data);
    active.postMessage({ type, ...told }, [port2]);
  });
}

/* What it tells all pages by itself. */
export function hear(type, action) {
  navigator.serviceWorker?.addEventListener("message", ({ data }) => data.type === type && action(data));
}
