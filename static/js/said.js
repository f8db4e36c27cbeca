/* A text that a script writes, in the reader's language: pages in another than English bring what their scripts say
   ({% words %}). */
export function said(text, values) {
  const words = [...document.querySelectorAll("[data-words]")].map((each) => JSON.parse(each.textContent)[text]);
  return (words.find(Boolean) ?? text).replace(/%\((\w+)\)s/g, (_, name) => values[name]);
}
