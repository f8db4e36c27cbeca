/* Light or dark without leaving the page, so that what is being typed stays. */
export function initTheme(root) {
  root.querySelectorAll("[data-themes]").forEach((form) => {
    form.addEventListener("submit", (event) => {
      const button = event.submitter;
      if (!button) return;
      event.preventDefault();
      show(button.value);
      form.querySelectorAll("button").forEach((each) => each.removeAttribute("aria-pressed"));
      button.setAttribute("aria-pressed", "true");
      fetch(form.action, { method: "POST", body: new URLSearchParams({ theme: button.value }), redirect: "manual" });
    });
  });
}

function show(theme) {
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
}
