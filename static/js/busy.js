/* Shows that something is under way behind a button [data-busy], which says what, and that one press is enough. */
export function initBusy(root) {
  root.querySelectorAll("button[data-busy]").forEach((button) => {
    button.form.addEventListener("submit", (event) => {
      if (event.submitter !== button || button.ariaDisabled) {
        return;
      }
      const bar = document.createElement("progress");
      bar.ariaLabel = button.dataset.busy;
      button.before(bar);
      button.ariaDisabled = "true";
      button.textContent = button.dataset.busy;
      button.form.addEventListener("submit", (again) => again.preventDefault());
    });
  });
}
