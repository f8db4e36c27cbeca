/* Puts a part of another page in the place that links to it. */
export function initParts(root) {
  root.querySelectorAll("[data-part]").forEach(async (place) => {
    const address = place.dataset.part;
    place.removeAttribute("data-part");
    place.setAttribute("aria-busy", "true");
    const response = await fetch(address, { headers: { "HX-Request": "true" } }).catch(() => null);
    if (response?.status === 200) {
      place.outerHTML = await response.text();
    } else {
      place.removeAttribute("aria-busy");
    }
  });
}
