/* Lets the device keep pages for when there is no signal, and says of a page that was kept so. */
import { said } from "./said.js";
import { ask, hear } from "./worker.js";

const DAY = { weekday: "short", day: "numeric", month: "short" };
const TIME = { hour: "2-digit", minute: "2-digit" };

export function initDevice(root) {
  if (root !== document || !navigator.serviceWorker) {
    return;
  }
  const { kept } = document.documentElement.dataset;
  const list = document.querySelector("[data-kept-pages]");
  if (list) {
    showHead(list.dataset.keptPages);
  } else if (kept) {
    document.querySelectorAll(".messages").forEach((old) => old.remove());
    note(asItWas(kept, "No signal. This page is as it was at %(when)s.", "No signal. This page is as it was on %(when)s."));
  }
  stayHere();
  whenLoaded(async () => {
    await register();
    if (list) {
      fill(list, (await ask("pages")) ?? []);
    }
  });
}

/* Not for the first page that a visitor opens, which should come with little. The worker lies beside
   the manifest. */
async function register() {
  const container = navigator.serviceWorker;
  const { href, dataset } = document.querySelector("link[rel=manifest]");
  const isFirst = !document.referrer.startsWith(`${location.origin}/`);
  if (isFirst && dataset.athletes === undefined && !(await container.getRegistration())) {
    return;
  }
  await container.register(new URL("service-worker.js", href));
  await container.ready;
  const files = performance.getEntriesByType("resource").map(({ name }) => name);
  const tellOpened = () => ask("opened", { address: location.href.split("#")[0], files });
  window.addEventListener("online", tellOpened);
  tellOpened();
}

/* A form that was sent without signal leaves its page as it is. */
function stayHere() {
  let isSent = false;
  document.addEventListener("submit", () => {
    isSent = true;
  });
  hear("stay", () => {
    if (isSent) {
      isSent = false;
      window.dispatchEvent(new Event("stay"));
      const text = said("No signal: nothing was sent, and what you wrote is still here. A workout that you save is kept on this device.");
      note(text, "alert").scrollIntoView({ block: "nearest" });
    }
  });
}

/* Today's as a time, with the first text, another day's with the other one. */
function asItWas(kept, today, earlier) {
  const at = new Date(kept);
  const isToday = at.toDateString() === new Date().toDateString();
  const when = at.toLocaleString(document.documentElement.lang, isToday ? TIME : { ...DAY, ...TIME });
  return said(isToday ? today : earlier, { when });
}

function note(text, role = "status") {
  document.querySelector("[data-device-note]")?.remove();
  const [place, message] = ["div", "p"].map((tag) => document.createElement(tag));
  place.className = "messages";
  place.dataset.deviceNote = "";
  message.className = "message";
  message.setAttribute("role", role);
  message.textContent = text;
  place.append(message);
  document.getElementById("main").prepend(place);
  return place;
}

/* The page of the device is shown for its own address, after saving, or in place of another one. */
function showHead(address) {
  const isOwn = location.pathname === address;
  const shown = !isOwn ? "yes" : location.search === "?kept" ? "kept" : "no";
  document.querySelectorAll("[data-offline]").forEach((each) => {
    each.hidden = each.dataset.offline !== shown;
  });
}

function fill(list, pages) {
  list.replaceChildren(...pages.map(row));
  list.closest("section").hidden = !pages.length;
}

function row({ address, title, at }) {
  const [item, name, facts, link] = ["li", "p", "p", "a"].map((tag) => document.createElement(tag));
  item.className = "row";
  name.className = "row-name";
  link.href = address;
  link.textContent = title || "Backtrain";
  name.append(link);
  facts.className = "row-facts";
  facts.textContent = asItWas(at, "as it was at %(when)s", "as it was on %(when)s");
  item.append(name, facts);
  return item;
}

function whenLoaded(action) {
  if (document.readyState === "complete") {
    action();
  } else {
    window.addEventListener("load", action, { once: true });
  }
}
