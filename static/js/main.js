/* Behaviours, each in a module of its own, run on the page and again on what htmx swaps in. */
import { initCopyText } from "./copy-text.js";
import { initDraft } from "./draft.js";
import { initFacetCounts } from "./facet-counts.js";
import { initFirstLine } from "./first-line.js";
import { initForgetDrafts } from "./forget-drafts.js";
import { initTheme } from "./theme.js";
import { initTimeZone } from "./time-zone.js";

const behaviours = [
  initCopyText,
  initDraft,
  initFacetCounts,
  initFirstLine,
  initForgetDrafts,
  initTheme,
  initTimeZone,
];

function init(root) {
  behaviours.forEach((behaviour) => behaviour(root));
}

init(document);
document.addEventListener("htmx:load", (event) => init(event.target));
