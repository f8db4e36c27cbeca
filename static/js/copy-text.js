/* Shows the buttons that copy a text box, where scripts run, and says when it is done. */
export function initCopyText(root) {
  root.querySelectorAll("button[data-copy]").forEach((button) => {
    button.hidden = false;
    button.onclick = () => copy(document.getElementById(button.dataset.copy), button);
  });
}

async function copy(box, button) {
  box.select();
  try {
    await navigator.clipboard.writeText(box.value);
    button.textContent = button.dataset.copied ?? "Copied";
  } catch {
    button.textContent = button.dataset.selected ?? "Selected: copy it with your keyboard or menu";
  }
}
