/* Signing out takes along the drafts on this device. Over HTTPS the server says so itself, with
   Clear-Site-Data; over plain HTTP browsers do not listen to that. */
export function initForgetDrafts(root) {
  root.querySelector("form[data-forget-drafts]")?.addEventListener("submit", forgetDrafts);
}

function forgetDrafts() {
  try {
    Object.keys(localStorage)
      .filter((key) => key.startsWith("backtrain:draft:"))
      .forEach((key) => localStorage.removeItem(key));
  } catch {
    // a browser that allows no storage has kept nothing
  }
}
