/* Sends a form without leaving the page, and puts the answer where the form was. */
export function initInPlace(root) {
  if (root === document) {
    document.addEventListener("submit", send);
  }
}

async function send(event) {
  const form = event.target;
  if (!form.matches("[data-in-place]")) {
    return;
  }
  event.preventDefault();
  const body = new FormData(form, event.submitter);
  const answer = await fetch(form.action, { method: "POST", body, headers: { "HX-Request": "true" } }).catch(() => null);
  if (answer?.ok && !answer.redirected) {
    const place = form.parentElement;
    const number = [...place.children].indexOf(form);
    form.outerHTML = await answer.text();
    place.children[number]?.querySelector("button")?.focus();
  } else {
    form.append(hidden(event.submitter));
    form.submit();
  }
}

/* The button that was pressed, for a form that is sent by a script. */
function hidden(button) {
  const field = document.createElement("input");
  return Object.assign(field, { type: "hidden", name: button.name, value: button.value });
}
