// Rows that have an order: moved by buttons, by Alt and an arrow, or by dragging. Their numbers, which
// are there to be typed where no script runs, follow.

const ROW = ".inline-related:not(.empty-form)";

export function initRows(root) {
  for (const group of root.querySelectorAll("[data-rows]:not([data-rows-ready])")) {
    group.dataset.rowsReady = "";
    group.append(said());
    rowsOf(group).forEach((row) => equip(group, row));
    group.addEventListener("formset:added", (event) => equip(group, event.target));
    group.addEventListener("keydown", (event) => {
      const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (!event.altKey || !step) return;
      event.preventDefault();
      move(group, event.target.closest(ROW), step);
    });
    group.closest("form").addEventListener("submit", () => number(group));
  }
}

function equip(group, row) {
  const tools = row.querySelector(".row-tools");
  if (!row.matches(ROW) || tools.querySelector("button")) return;
  const handle = document.createElement("span");
  handle.className = "row-handle";
  handle.title = "Drag to move";
  handle.setAttribute("aria-hidden", "true");
  handle.textContent = "⠿";
  handle.addEventListener("pointerdown", (event) => drag(group, row, event));
  tools.prepend(handle, button(group, row, "up", -1), button(group, row, "down", 1));
}

function button(group, row, where, step) {
  const one = document.createElement("button");
  one.type = "button";
  one.className = "row-move";
  one.textContent = step < 0 ? "↑" : "↓";
  one.setAttribute("aria-label", `Move this ${group.dataset.rows} ${where}`);
  one.addEventListener("click", () => move(group, row, step));
  return one;
}

function move(group, row, step) {
  const rows = rowsOf(group);
  const place = rows.indexOf(row) + step;
  if (row && rows[place]) {
    const focused = document.activeElement;
    rows[place][step < 0 ? "before" : "after"](row);
    focused.focus();
    number(group);
    const name = group.dataset.rows;
    const words = `${name[0].toUpperCase()}${name.slice(1)} ${place + 1} of ${rows.length}`;
    group.querySelector("[role=status]").textContent = words;
  }
}

function drag(group, row, event) {
  const handle = event.currentTarget;
  event.preventDefault();
  handle.setPointerCapture(event.pointerId);
  row.classList.add("is-dragged");
  const follow = ({ clientY }) => {
    const rows = rowsOf(group);
    const over = rows.find((other) => {
      const { top, bottom } = other.getBoundingClientRect();
      return other !== row && clientY > top && clientY < bottom;
    });
    if (over) over[rows.indexOf(over) < rows.indexOf(row) ? "before" : "after"](row);
  };
  const drop = () => {
    handle.removeEventListener("pointermove", follow);
    row.classList.remove("is-dragged");
    number(group);
  };
  handle.addEventListener("pointermove", follow);
  handle.addEventListener("lostpointercapture", drop, { once: true });
}

/* A new row that is blank stays so: with a number it would be asked for its text. */
function number(group) {
  rowsOf(group).forEach((row, index) => {
    const isBlank = !row.matches(".has_original") && fieldsOf(row).every((field) => !field.value);
    row.querySelector("[data-place]").value = isBlank ? "" : index + 1;
  });
}

function fieldsOf(row) {
  return [...row.querySelectorAll(".row-fields :is(input, select, textarea):not([data-place])")];
}

function rowsOf(group) {
  return [...group.querySelectorAll(ROW)];
}

function said() {
  const status = document.createElement("p");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  return status;
}

initRows(document);
