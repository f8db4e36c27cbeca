/* The form of a new workout that the device had kept: it begins now, not when it was kept. That is how it
   came, and nothing that was typed. */
import { writeWhen } from "./first-line.js";

export function initKeptForm(root) {
  const form = document.documentElement.dataset.kept && root.querySelector("form[data-draft]");
  if (!form || form.elements.revision.value) {
    return;
  }
  const { day, time, time_zone: zone, text } = form.elements;
  const timeZone = zone.value || undefined;
  const now = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "short", timeZone }).format();
  [day.value, time.value] = now.split(" ");
  writeWhen(form);
  for (const field of [day, time, text].filter(Boolean)) {
    field.defaultValue = field.value;
  }
}
