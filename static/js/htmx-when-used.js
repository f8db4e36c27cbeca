/* Loads htmx once a form that it serves is used: it weighs more than all else that runs here.

   What was typed until it is there is told to it as a "late" event. */
const USES = ["pointerover", "focusin", "input", "change"];

export function initHtmx(root) {
  const form = root === document && document.querySelector("form[data-htmx]");
  if (!form) {
    return;
  }
  let isLate = false;
  const use = ({ type }) => {
    isLate ||= type === "input" || type === "change";
    load(form, () => {
      USES.forEach((each) => form.removeEventListener(each, use));
      if (isLate) {
        (form.matches("[hx-trigger]") ? form : form.querySelector("[hx-trigger]"))?.dispatchEvent(new Event("late"));
      }
    });
  };
  USES.forEach((each) => form.addEventListener(each, use));
  const box = form.querySelector("textarea[hx-trigger]");
  if (box && box.value !== box.defaultValue) {
    use({ type: "input" }); // typed before this ran, or brought back by the browser
  }
}

/* After the page, since htmx begins by itself only before or after it has loaded. */
function load(form, then) {
  if (form.dataset.htmxAsked) {
    return;
  }
  form.dataset.htmxAsked = "yes";
  const script = document.createElement("script");
  script.src = form.dataset.htmx;
  script.addEventListener("load", then, { once: true });
  const add = () => document.head.append(script);
  if (document.readyState === "complete") {
    add();
  } else {
    window.addEventListener("load", add, { once: true });
  }
}
