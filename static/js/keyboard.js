/* How much of the window a phone's keyboard covers, as --keyboard, where it does not make the window smaller
   (iOS); data-keyboard says that it does. */
const LEAST = 120; // px: less is the browser's own bars

export function initKeyboard() {
  const seen = window.visualViewport;
  const { style, dataset } = document.documentElement;
  if (!seen || "watchesKeyboard" in dataset) {
    return;
  }
  dataset.watchesKeyboard = "";
  const measure = () => {
    const covered = innerHeight - seen.height - seen.offsetTop;
    const isOpen = seen.scale < 1.1 && innerHeight - seen.height > LEAST;
    style.setProperty("--keyboard", isOpen ? `${Math.max(0, Math.round(covered))}px` : "0px");
    document.documentElement.toggleAttribute("data-keyboard", isOpen);
  };
  seen.addEventListener("resize", measure);
  seen.addEventListener("scroll", measure);
  measure();
}
