/* Chooses the browser's time zone in a list that is still at its default. */
export function initTimeZone(root) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  root.querySelectorAll("select[data-guess-time-zone]").forEach((select) => {
    const isKnown = Array.from(select.options).some((option) => option.value === zone);
    if (isKnown && !select.dataset.guessed) {
      select.value = zone;
    }
    select.dataset.guessed = "yes";
  });
}
