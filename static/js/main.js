/* What every page does. */
import { run } from "./behaviours.js";
import { initDevice } from "./device.js";
import { initFacetCounts } from "./facet-counts.js";
import { initHtmx } from "./htmx-when-used.js";
import { initTheme } from "./theme.js";
import { initTimeZone } from "./time-zone.js";

run(initDevice, initFacetCounts, initHtmx, initTheme, initTimeZone);
