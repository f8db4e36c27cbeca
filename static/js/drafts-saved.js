/* Drafts on this device go when their form was saved, and when one signs out. */
import { draftsOf, fieldOf, forgetAllDrafts, forgetDraft } from "./draft-store.js";

export function initDraftsSaved(root) {
  forgetSaved(root.querySelector("[data-saved-workout]")?.dataset);
  for (const form of root.querySelectorAll("form[data-forget-drafts]")) {
    form.addEventListener("submit", forgetAllDrafts);
  }
}

/* The page after a save says which form it was. An edit that was saved has a later revision than it
   began with; so has what another tab saved, but then nothing was sent from here. */
function forgetSaved(workout) {
  const id = workout?.savedWorkout ?? new URLSearchParams(location.search).get("saved");
  for (const copy of id ? draftsOf() : []) {
    const isLater = Number(fieldOf(copy, "revision")) < Number(workout?.revision ?? 1);
    if (copy.isSaved && fieldOf(copy, "id") === id && isLater) {
      forgetDraft(copy.name);
    }
  }
}
