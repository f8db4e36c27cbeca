/* What a log form does; no other page loads it. */
import { run } from "./behaviours.js";
import { initDraft } from "./draft.js";
import { initFirstLine } from "./first-line.js";
import { initNameCompletion } from "./name-completion.js";
import { initSetGrid } from "./set-grid.js";

run(initDraft, initFirstLine, initNameCompletion, initSetGrid);
