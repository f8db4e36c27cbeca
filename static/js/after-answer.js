/* An answer brings the whole form anew. The focus goes on to the next question; after the last one, whoever uses
   the keyboard goes on with the text, and a phone's keyboard stays away. */
let answered = null;

export function initAfterAnswer(root) {
  if (!(root instanceof Element) || !root.matches("#log-form")) {
    if (root === document) {
      document.addEventListener("htmx:beforeRequest", note);
    }
    return;
  }
  if (!answered) {
    return;
  }
  const { line, byKeyboard } = answered;
  answered = null;
  const asked = [...root.querySelectorAll(".preview-line.is-problem[data-line]")];
  const next = asked.find((each) => Number(each.dataset.line) >= line) ?? asked[0];
  const button = next?.querySelector("button");
  if (button) {
    button.focus({ preventScroll: true });
    button.scrollIntoView({ block: "nearest" });
  } else if (byKeyboard) {
    root.elements.text?.focus();
  } else {
    root.elements.save.focus({ preventScroll: true });
  }
}

function note({ target }) {
  const line = target.closest(".preview-line[data-line]")?.dataset.line;
  answered = line && target.matches("button") ? { line: Number(line), byKeyboard: target.matches(":focus-visible") } : null;
}
