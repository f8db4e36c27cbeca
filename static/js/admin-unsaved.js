// Asks before a page is left that has something typed and not saved. A preview saves nothing.

const FORM = "form#exercise_form, form#muscle_form, form#equipment_form, form#source_form";

export function initUnsaved(root) {
  const form = root.querySelector(`${FORM}, form[data-desk-form]`);
  if (!form || form.dataset.unsavedReady) return;
  form.dataset.unsavedReady = "true";
  const began = valuesOf(form);
  const isOpen = form.matches("[data-unsaved]") || form.querySelector(".errornote") !== null;
  let isSent = false;
  form.addEventListener("submit", (event) => {
    isSent = event.submitter?.formTarget !== "_blank";
  });
  // Back from where the save led, by the browser's own button.
  window.addEventListener("pageshow", () => {
    isSent = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (!isSent && (isOpen || valuesOf(form) !== began)) event.preventDefault();
  });
}

function valuesOf(form) {
  const values = [...new FormData(form)].map(([name, value]) => [name, value.name ?? value]);
  return JSON.stringify(values);
}

initUnsaved(document);
