/* The caret of a text box: where it is, and writing there. */
const COPIED = [
  "borderStyle", "borderWidth", "boxSizing", "direction", "font", "letterSpacing", "lineHeight",
  "padding", "tabSize", "textIndent", "wordSpacing",
];

/* On the screen: a copy of the box, out of sight, is measured. */
export function caretRect(box) {
  const rect = box.getBoundingClientRect();
  const style = getComputedStyle(box);
  const copy = document.createElement("div");
  COPIED.forEach((name) => (copy.style[name] = style[name]));
  Object.assign(copy.style, {
    position: "absolute",
    visibility: "hidden",
    inlineSize: `${rect.width}px`,
    whiteSpace: "pre-wrap",
    overflowWrap: "break-word",
  });
  copy.textContent = box.value.slice(0, box.selectionStart);
  const mark = copy.appendChild(document.createElement("span"));
  mark.textContent = "\u200b";
  document.body.append(copy);
  const [from, at] = [copy.getBoundingClientRect(), mark.getBoundingClientRect()];
  copy.remove();
  const [x, y] = [rect.left - from.left - box.scrollLeft, rect.top - from.top - box.scrollTop];
  return new DOMRect(at.left + x, at.top + y, 0, at.height);
}

/* As if typed, so that it can be undone. */
export function typeIn(field, start, end, text) {
  field.focus();
  field.setSelectionRange(start, end);
  if (!document.execCommand("insertText", false, text)) {
    field.setRangeText(text, start, end, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
