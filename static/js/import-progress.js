/* Counts the workouts that are being brought in: a form [data-progress] is sent as ever, and asks its address how far it is. */
import { said } from "./said.js";

const EVERY = 500; // milliseconds

export function initImportProgress(root) {
  root.querySelectorAll("form[data-progress]").forEach((form) => {
    form.addEventListener("submit", (event) => {
      if (event.submitter?.name === "finish" && !event.defaultPrevented) {
        const status = document.createElement("span");
        status.role = "status";
        status.className = "numbers soft";
        event.submitter.after(status);
        setInterval(() => show(form, status), EVERY);
      }
    });
  });
}

async function show(form, status) {
  const answer = await fetch(form.dataset.progress, { redirect: "error" }).catch(() => null);
  const { done, of } = answer?.ok ? await answer.json() : {};
  if (!of) {
    return;
  }
  const bar = form.querySelector("progress");
  bar.max = of;
  bar.value = done;
  const [so, all] = [done, of].map((number) => number.toLocaleString(document.documentElement.lang));
  status.textContent = said("%(done)s of %(all)s workouts", { done: so, all });
}
