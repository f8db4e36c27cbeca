/* What every page does. */
import { run } from "./behaviours.js";
import { initFacetCounts } from "./facet-counts.js";
import { initHtmx } from "./htmx-when-used.js";
import { initTheme } from "./theme.js";
import { initTimeZone } from "./time-zone.js";

run(initFacetCounts, initHtmx, initTheme, initTimeZone);
