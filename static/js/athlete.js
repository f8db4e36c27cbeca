/* What the pages of someone who is signed in do besides; visitors need not load it. */
import { run } from "./behaviours.js";
import { initBusy } from "./busy.js";
import { initChart } from "./chart.js";
import { initCopyText } from "./copy-text.js";
import { initDraftsSaved } from "./drafts-saved.js";
import { initInPlace } from "./in-place.js";
import { initParts } from "./parts.js";

run(initBusy, initChart, initCopyText, initDraftsSaved, initInPlace, initParts);
