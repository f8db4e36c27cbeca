/* What a log form does; no other page loads it. */
import { initAddLine } from "./add-line.js";
import { initAfterAnswer } from "./after-answer.js";
import { run } from "./behaviours.js";
import { initDraft } from "./draft.js";
import { initFirstLine } from "./first-line.js";
import { initImportProgress } from "./import-progress.js";
import { initKeptForm } from "./kept-form.js";
import { initKeyboard } from "./keyboard.js";
import { initLiveSession } from "./live-session.js";
import { initLogState } from "./log-state.js";
import { initNameCompletion } from "./name-completion.js";
import { initRestChoices } from "./rest-choices.js";
import { initRestTimer } from "./rest-timer.js";
import { initSetGrid } from "./set-grid.js";

run(
  initKeptForm,
  initAddLine,
  initAfterAnswer,
  initRestChoices,
  initRestTimer, // before the session, which tells it of ticks
  initLiveSession, // before the draft, which has its ticks
  initDraft,
  initFirstLine,
  initImportProgress,
  initKeyboard,
  initLogState,
  initNameCompletion,
  initSetGrid,
);
