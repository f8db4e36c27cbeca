/* Brings the boxes of the filters in line with the results that came without them. */
import { said } from "./said.js";

export function initFacetCounts(root) {
  const results = root.querySelector("#results") ?? (root.id === "results" ? root : null);
  if (!results || results.dataset.counted) {
    return;
  }
  results.dataset.counted = "yes";
  if (root === document) {
    return;
  }
  const counts = JSON.parse(results.dataset.counts);
  document.querySelectorAll("[data-facet]").forEach((facet) => showCounts(facet, counts));
  const status = document.querySelector("[data-result-status]");
  status.textContent = results.querySelector("[data-result-count]").textContent;
  document.querySelector("[data-show]").textContent = said("Show %(exercises)s", { exercises: status.textContent });
}

/* In a long facet, what would find nothing is hidden; in a short one, it is greyed. */
function showCounts(facet, counts) {
  let chosen = 0;
  facet.querySelectorAll("input").forEach((box) => {
    const count = counts[`${box.name}=${box.value}`];
    if (count === undefined) {
      return;
    }
    const isIdle = count === 0 && !box.checked;
    chosen += box.checked ? 1 : 0;
    box.disabled = isIdle;
    const label = box.closest("label");
    label.hidden = isIdle && facet.dataset.facet === "long";
    label.querySelector("[data-count]").textContent = count;
  });
  facet.querySelector("[data-chosen]").textContent = chosen ? said("%(count)s chosen", { count: chosen }) : "";
}
