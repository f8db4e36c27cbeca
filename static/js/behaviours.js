/* Behaviours, each in a module of its own, run on the page and again on what htmx swaps in. */
export function run(...behaviours) {
  const init = (root) => behaviours.forEach((behaviour) => behaviour(root));
  init(document);
  document.addEventListener("htmx:load", (event) => init(event.target));
}
