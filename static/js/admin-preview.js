// Under each text that has [data-preview], what the site makes of it, while it is typed.

const DELAY_MS = 250;

export function initPreviews(root) {
  for (const area of root.querySelectorAll("textarea[data-preview]")) {
    if (!area.dataset.previewReady && !area.name.includes("__prefix__")) attach(area);
  }
}

function attach(area) {
  area.dataset.previewReady = "true";
  const pane = document.createElement("div");
  pane.className = "preview";
  pane.setAttribute("role", "group");
  pane.setAttribute("aria-label", "Preview");
  area.after(pane);
  let timer;
  area.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => show(area, pane), DELAY_MS);
  });
  show(area, pane);
}

async function show(area, pane) {
  const text = area.value;
  if (!text.trim()) return pane.replaceChildren();
  const body = new FormData();
  body.set("text", text);
  body.set("shape", area.dataset.preview);
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const answer = await fetch(area.dataset.previewUrl, {
    method: "POST",
    body,
    headers: { "X-CSRFToken": token },
  }).catch(() => null);
  // What was typed while the answer was under way has an answer of its own coming.
  if (answer?.ok && area.value === text) pane.replaceChildren(...parsed(await answer.text()));
}

function parsed(html) {
  return new DOMParser().parseFromString(html, "text/html").body.childNodes;
}

initPreviews(document);
document.addEventListener("formset:added", (event) => initPreviews(event.target));
