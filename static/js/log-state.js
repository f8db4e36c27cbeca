/* Where the text stands, beside its buttons: what the last preview says ([data-log-state]), and the way to the
   line that is to be answered. The line that is still being typed is not asked about yet. */
const SAID_AFTER = 2000;

export function initLogState(root) {
  if (root === document) {
    root.addEventListener("htmx:sendError", noteUnheard);
    root.addEventListener("htmx:responseError", noteUnheard);
    root.addEventListener("htmx:afterSwap", noteHeard);
  }
  const form = document.getElementById("log-form");
  if (!form?.querySelector("[data-state]")) {
    return;
  }
  if (!form.dataset.saysState) {
    form.dataset.saysState = "yes";
    const box = form.querySelector("[data-complete-line]");
    for (const type of ["keyup", "click", "focusin", "focusout"]) {
      form.addEventListener(type, () => show(form, box));
    }
    form.querySelector("[data-state]").addEventListener("click", jump);
  }
  if (root === document || root === form || root.matches("#preview")) {
    show(form, form.querySelector("[data-complete-line]"));
  }
}

/* Nothing was read of what is typed: the button that asks for it is there again. */
function noteUnheard() {
  document.getElementById("log-form")?.setAttribute("data-unheard", "");
}

function noteHeard() {
  document.getElementById("log-form")?.removeAttribute("data-unheard");
}

function show(form, box) {
  const said = form.querySelector("[data-log-state]");
  const state = form.querySelector("[data-state]");
  if (!said || !box) {
    return;
  }
  const { marked, read, save } = said.dataset;
  const lines = marked.split(" ").filter(Boolean);
  const typed = box === document.activeElement ? String(lineOf(box)) : "";
  for (const line of form.querySelectorAll(".preview-line[data-line]")) {
    line.classList.toggle("is-being-typed", line.dataset.line === typed);
  }
  const others = lines.filter((line) => line !== typed);
  const text = lines.length && !others.length ? read : said.textContent.trim();
  state.classList.toggle("is-asking", others.length > 0);
  state.href = others.length ? `#line-${others[0]}` : "#preview";
  put(state, text);
  put(form.querySelector("[data-save-label]"), save);
  clearTimeout(form.saying);
  form.saying = setTimeout(() => put(form.querySelector("[data-said]"), text), SAID_AFTER);
}

/* The number of the line that the caret is on. */
function lineOf(box) {
  return box.value.slice(0, box.selectionStart).split("\n").length;
}

function put(place, text) {
  if (place && place.textContent !== text) {
    place.textContent = text;
  }
}

function jump(event) {
  const line = document.querySelector(event.currentTarget.getAttribute("href"));
  if (line) {
    event.preventDefault();
    line.scrollIntoView({ block: line.id === "preview" ? "start" : "center" });
    (line.querySelector("button") ?? line).focus({ preventScroll: true });
  }
}
