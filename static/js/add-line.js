/* A recent exercise becomes a line of the text, behind the last one. */
import { typeIn } from "./caret.js";

export function initAddLine(root) {
  for (const button of root.querySelectorAll("button[data-add-line]")) {
    button.onpointerdown = (event) => event.preventDefault(); // the text box keeps the focus, if it has it
    button.onclick = (event) => {
      event.preventDefault();
      const box = button.form.elements.text;
      const written = box.value.trimEnd();
      typeIn(box, written.length, box.value.length, `${written && "\n"}${button.value}: `);
    };
  }
}
