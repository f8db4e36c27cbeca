/* Where a workout's text says its day on the first line, the fields above write it there. */
const WHEN = /^\d{4}-\d{2}-\d{2}( \d{2}:\d{2})?/;

export function initFirstLine(root) {
  const form = root instanceof Element ? root.closest("#log-form") : root.querySelector("#log-form");
  if (!form || form.dataset.writesWhen) {
    return;
  }
  form.dataset.writesWhen = "yes";
  form.addEventListener("change", (event) => {
    const { day, time, text } = form.elements;
    if ([day, time].includes(event.target) && writeWhen(form)) {
      text.dispatchEvent(new Event("input", { bubbles: true }));
    }
  });
}

/* Whether there was such a line; the grid has no text. */
export function writeWhen(form) {
  const { day, time, text } = form.elements;
  if (!text || !day.value || !WHEN.test(text.value)) {
    return false;
  }
  text.value = text.value.replace(WHEN, [day.value, time.value].filter(Boolean).join(" "));
  return true;
}
