/* What the settings do; no other page loads it. */
import { run } from "./behaviours.js";
import { initRestChoices } from "./rest-choices.js";

run(initRestChoices);
