/* The form of a new workout that the device had kept: it begins now, not when it was kept. */
export function initKeptForm(root) {
  const form = document.documentElement.dataset.kept && root.querySelector("form[data-draft]");
  if (!form || form.elements.revision.value) {
    return;
  }
  const timeZone = form.elements.time_zone.value || undefined;
  const now = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "short", timeZone }).format();
  [form.elements.day.value, form.elements.time.value] = now.split(" ");
}
