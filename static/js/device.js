/* Lets the device keep pages for when there is no signal, and says of a page that was kept so. */
const DAY = { weekday: "short", day: "numeric", month: "short" };
const TIME = { hour: "2-digit", minute: "2-digit" };

export function initDevice(root) {
  const container = navigator.serviceWorker;
  if (root !== document || !container) {
    return;
  }
  const { kept } = document.documentElement.dataset;
  const list = document.querySelector("[data-kept-pages]");
  if (kept && !list) {
    sayKept(new Date(kept));
  } else if (list && list.dataset.keptPages !== location.pathname) {
    document.querySelectorAll("[data-offline]").forEach((each) => {
      each.hidden = each.dataset.offline !== "yes";
    });
  }
  const begin = () => whenWanted(container).then((worker) => worker && list && fill(list, worker));
  if (document.readyState === "complete") {
    begin();
  } else {
    window.addEventListener("load", begin, { once: true });
  }
}

/* Not for the first page that someone opens, which should come with little. The worker lies beside
   the manifest. */
async function whenWanted(container) {
  const isFirst = !document.referrer.startsWith(`${location.origin}/`);
  if (isFirst && !(await container.getRegistration())) {
    return null;
  }
  const manifest = document.querySelector("link[rel=manifest]").href;
  await container.register(new URL("service-worker.js", manifest));
  const { active } = await container.ready;
  const files = performance.getEntriesByType("resource").map(({ name }) => name);
  active.postMessage({ type: "opened", address: location.href.split("#")[0], files });
  return active;
}

function sayKept(at) {
  document.querySelectorAll(".messages").forEach((old) => old.remove());
  const isToday = at.toDateString() === new Date().toDateString();
  const when = at.toLocaleString("en-GB", isToday ? TIME : { ...DAY, ...TIME });
  const note = document.createElement("p");
  note.className = "message kept-note";
  note.setAttribute("role", "status");
  note.textContent = `No signal. This page is as it was ${isToday ? "at" : "on"} ${when}.`;
  document.getElementById("main").prepend(note);
}

function fill(list, worker) {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => {
    list.replaceChildren(...data.map(row));
    list.closest("[hidden]")?.removeAttribute("hidden");
  };
  worker.postMessage({ type: "pages" }, [port2]);
}

function row({ address, title }) {
  const [item, name, link] = ["li", "p", "a"].map((tag) => document.createElement(tag));
  item.className = "row";
  name.className = "row-name";
  link.href = address;
  link.textContent = title || "Backtrain";
  name.append(link);
  item.append(name);
  return item;
}
