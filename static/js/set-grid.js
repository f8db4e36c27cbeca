/* The grid of a workout on the device: what its buttons ask of the server otherwise is done at once. A set that is
   ticked, typed in or stepped takes what stands in it lightly. Only what is known of an exercise is asked for, when
   its name changes. */
import { clock } from "./clock.js";
import { said } from "./said.js";

const MARKS = { "warm-up": "W", drop: "D", failure: "F" };
const SIDES = { left: "L", right: "R" };
const KINDS = { "warm-up": " w", drop: " d", failure: " f" };

export function initSetGrid(root) {
  const grid = root instanceof Element ? root.closest("[data-grid]") : null;
  const found = grid ?? root.querySelector("[data-grid]");
  if (found && !found.dataset.works) {
    found.dataset.works = "yes";
    new SetGrid(found);
  }
}

/* As many exercises and sets, in the order in which fields of a grid name them; what else there is goes. */
export function makeRoom(form, fields) {
  const grid = form.querySelector("[data-grid]");
  if (!grid) {
    return;
  }
  const blocks = new Map();
  for (const [name] of fields) {
    const [, block] = name.match(/^exercise-(\d+)$/) ?? [];
    const [, its, set] = name.match(/^set-(\d+)-(\d+)-ticked$/) ?? [];
    if (block) {
      blocks.set(block, []);
    }
    blocks.get(its)?.push(set);
  }
  const before = [...grid.querySelectorAll("[data-block]")];
  for (const [number, sets] of blocks) {
    const block = before.find((each) => each.dataset.block === number) ?? blankBlock(form, number);
    grid.append(block);
    const rows = rowsOf(block);
    const from = rows[0] ?? rowsOf(blankBlock(form, number))[0];
    for (const set of sets) {
      block.querySelector(".sets").append(rows.find((row) => row.dataset.set === set) ?? renamed(from, number, set));
    }
    rows.filter((row) => !sets.includes(row.dataset.set)).forEach((row) => row.remove());
  }
  before.filter((block) => !blocks.has(block.dataset.block)).forEach((block) => block.remove());
}

class SetGrid {
  constructor(grid) {
    this.grid = grid;
    this.form = grid.closest("form");
    this.form.addEventListener("click", (event) => this.pressed(event));
    grid.addEventListener("change", (event) => this.changed(event));
    grid.addEventListener("input", ({ target }) => this.typed(target));
    grid.addEventListener("keydown", (event) => this.goOn(event));
    grid.addEventListener("focusin", ({ target }) => target.matches("[data-cell]") && target.select());
    const typed = [...grid.querySelectorAll("[data-cell]")].filter((cell) => cell.value !== cell.defaultValue);
    if (typed.length) { // before this ran
      typed.forEach((cell) => this.typed(cell));
      this.tell();
    }
  }

  pressed(event) {
    const button = event.target.closest("button[name=do]");
    const [verb] = button?.value.split(" ") ?? [];
    const act = {
      step: () => step(button),
      "add-set": () => this.addSet(blockOf(button)),
      "copy-down": () => copyDown(rowOf(button)),
      "tick-all": () => rowsOf(blockOf(button)).forEach((row) => hasOffer(row) && tick(row)),
      "add-exercise": () => this.addExercise(),
      up: () => move(blockOf(button), -1, button),
      down: () => move(blockOf(button), 1, button),
      remove: () => this.remove(blockOf(button)),
      "remove-set": () => this.remove(rowOf(button)),
    }[verb];
    if (act) {
      event.preventDefault();
      act();
      this.tell();
    } else if (verb && blockOf(button)) {
      event.preventDefault();
      this.replace(blockOf(button), "do", button.value);
    }
  }

  changed({ target }) {
    const row = rowOf(target);
    if (target.matches("[data-complete-name]")) {
      this.ask(blockOf(target));
    } else if (row && target.type === "checkbox") {
      target.checked ? tick(row) : (field(row, "ticked").value = "1");
      if (target.checked && cells(row).every((cell) => !cell.value)) {
        cells(row)[0].focus(); // nothing was known of it
      }
    } else if (row && target.matches("select")) {
      number(blockOf(row));
    }
  }

  typed(target) {
    if (target.matches("[data-cell]") && target.value.trim()) {
      tick(rowOf(target));
    }
  }

  /* Enter goes to the next cell, as the keypad's key says; arrows step. */
  goOn(event) {
    if (!event.target.matches("[data-cell]") || !["Enter", "ArrowUp", "ArrowDown"].includes(event.key)) {
      return;
    }
    event.preventDefault();
    if (event.key !== "Enter") {
      const [less, more] = event.target.closest(".stepper").querySelectorAll("button");
      (event.key === "ArrowUp" ? more : less).click();
      return;
    }
    const cells = [...this.grid.querySelectorAll("[data-cell]")];
    (cells[cells.indexOf(event.target) + 1] ?? event.target).focus();
  }

  /* The block as it is with this name: its columns, and what was done the last time. */
  ask(block) {
    const name = block.querySelector("[data-complete-name]");
    const asked = name.value.trim();
    if (!asked || block.dataset.asked === asked) {
      return;
    }
    block.dataset.asked = asked;
    this.replace(block, "preview", "1");
  }

  /* What the server makes of a block if this button is pressed. */
  async replace(block, button, value) {
    const before = valuesOf(block);
    const body = new FormData(this.form);
    body.append(button, value);
    const headers = { "HX-Request": "true", "HX-Target": block.id };
    const response = await fetch(this.form.action, { method: "POST", body, headers }).catch(() => null);
    if (response?.status !== 200 || !block.isConnected) {
      return;
    }
    if (valuesOf(block) !== before) {
      this.replace(block, button, value); // what was typed since would be lost
      return;
    }
    const at = block.contains(document.activeElement) ? document.activeElement.name : null;
    const holder = Object.assign(document.createElement("template"), { innerHTML: await response.text() });
    const known = holder.content.firstElementChild;
    known.dataset.asked = block.dataset.asked ?? "";
    block.replaceWith(known);
    window.htmx?.process(known);
    if (at) {
      (known.querySelector(`[data-cell][name="${at}"]`) ?? known.querySelector("[data-cell]"))?.focus();
    }
    this.tell();
  }

  addSet(block) {
    const rows = rowsOf(block);
    const last = rows.at(-1);
    const from = last ?? blankBlock(this.form, 0).querySelector("[data-set]");
    const row = renamed(from, block.dataset.block, 1 + Math.max(0, ...rows.map((each) => Number(each.dataset.set))));
    row.querySelectorAll(".set-last, .set-error").forEach((each) => each.remove());
    offer(row, last);
    field(row, "rpe").value = "";
    row.querySelector("details").open = false;
    block.querySelector(".sets").append(row);
    number(block);
    row.querySelector("[data-cell]").focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }

  addExercise() {
    const numbers = [...this.grid.querySelectorAll("[data-block]")].map((block) => Number(block.dataset.block));
    const block = blankBlock(this.form, 1 + Math.max(0, ...numbers));
    this.grid.append(block);
    block.querySelector("[data-complete-name]").focus();
    block.scrollIntoView({ block: "nearest" });
  }

  remove(part) {
    this.form.querySelectorAll("[data-undo]").forEach((bar) => bar.remove());
    const block = blockOf(part);
    const name = block.querySelector("[data-complete-name]")?.value.trim();
    const removed = () => (name ? said("%(name)s is removed.", { name }) : said("The exercise is removed."));
    const bar = this.form.querySelector("[data-undo-bar]").content.firstElementChild.cloneNode(true);
    bar.querySelector("span").textContent = part === block ? removed() : said("The set is removed.");
    part.replaceWith(bar);
    number(block);
    bar.querySelector("button").addEventListener("click", () => {
      bar.replaceWith(part);
      number(block);
      this.tell();
      part.querySelector("input").focus();
    });
    bar.querySelector("button").focus();
  }

  /* What was not typed has changed too. */
  tell() {
    this.grid.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

/* An exercise to fill in, with names by this number. */
function blankBlock(form, as) {
  const block = form.querySelector("[data-blank-block]").content.firstElementChild.cloneNode(true);
  block.dataset.block = String(as);
  block.id = `block-${as}`;
  block.querySelector("#asks-0").id = `asks-${as}`;
  rowsOf(block).forEach((row) => row.replaceWith(renamed(row, as, row.dataset.set)));
  block.querySelectorAll("[name]").forEach((each) => {
    each.name = each.name.replace(/^(exercise|superset|notes)-0$/, `$1-${as}`);
  });
  return block;
}

function valuesOf(block) {
  return [...block.querySelectorAll("[name]")].map((each) => `${each.name}=${each.value}=${each.checked}`).join("\n");
}

function blockOf(part) {
  return part.closest("[data-block]");
}

function rowOf(part) {
  return part.closest("[data-set]");
}

function rowsOf(block) {
  return [...block.querySelectorAll("[data-set]")];
}

function field(row, name) {
  return row.querySelector(`[name$="-${name}"]`);
}

function cells(row) {
  return [...row.querySelectorAll("[data-cell]")];
}

function hasOffer(row) {
  return !field(row, "done").checked && cells(row).some((cell) => cell.value || cell.placeholder);
}

/* The set is done, with what stands in it lightly. */
function tick(row) {
  for (const cell of cells(row)) {
    if (!cell.value.trim() && cell !== document.activeElement) {
      cell.value = cell.placeholder;
    }
  }
  field(row, "done").checked = true;
  field(row, "ticked").value = "1";
}

function step(button) {
  const cell = button.closest(".stepper").querySelector("[data-cell]");
  const row = rowOf(cell);
  cell.value = stepped(cell.value.trim() || cell.placeholder, Number(button.dataset.step), cell.dataset.cell);
  tick(row);
}

/* "62,5" and 2.5 are "65"; times are written 1:30, and steps of 100 m go on from "5 km" to "5.1 km". What is no number
   stays. */
function stepped(text, by, kind) {
  if (kind === "time") {
    const seconds = text.split(":").reduce((all, part) => all * 60 + Number(part), 0);
    return Number.isFinite(seconds) ? clock(Math.max(seconds + by, 1)) : text;
  }
  const [, sign, amount, unit = ""] = text.match(/^([+-]?)(\d*[.,]?\d*)( ?(?:km|mi|m))?$/) ?? [];
  if (amount === undefined) {
    return text;
  }
  const parts = /km|mi/.test(unit) ? 1000 : 1;
  const least = kind === "weight" ? 0 : /mi/.test(unit) ? 0.01 : 1 / parts;
  const sum = Math.max(Number(amount.replace(",", ".") || 0) + by / parts, least);
  const shown = String(Math.round(sum * 1000) / 1000);
  return sign + (amount.includes(",") ? shown.replace(".", ",") : shown) + unit;
}

function copyDown(row) {
  const rows = rowsOf(blockOf(row));
  const isFree = (each) => !field(each, "done").checked && cells(each).every(({ value }) => !value.trim());
  rows.slice(rows.indexOf(row) + 1).filter(isFree).forEach((each) => offer(each, row));
  number(blockOf(row));
}

/* The row offers what another one has, with nothing typed in it. */
function offer(row, from) {
  cells(row).forEach((cell, place) => {
    const other = from && cells(from)[place];
    cell.placeholder = other ? other.value.trim() || other.placeholder : "";
    cell.value = "";
  });
  for (const name of ["unit", "kind", "side"]) {
    if (from) {
      field(row, name).value = field(from, name).value;
    }
  }
  field(row, "done").checked = false;
  field(row, "ticked").value = "";
  field(row, "last").value = written(row);
}

/* The offer as the text has it: 60 kg x 8 L w */
function written(row) {
  const [weight, reps, distance, time] = ["weight", "reps", "distance", "time"].map(
    (kind) => row.querySelector(`[data-cell=${kind}]`)?.placeholder ?? "",
  );
  const measure = [reps, /\d$/.test(distance) ? `${distance} m` : distance, time].filter(Boolean).join(" in ");
  const load = weight && measure ? `${weight} ${field(row, "unit").value} x ` : "";
  const side = SIDES[field(row, "side").value] ?? "";
  return measure && `${load}${measure}${side && ` ${side}`}${KINDS[field(row, "kind").value] ?? ""}`;
}

/* A row like this one, with other names. */
function renamed(row, block, set) {
  const other = row.cloneNode(true);
  other.dataset.set = String(set);
  other.querySelectorAll("[name], [aria-describedby]").forEach((each) => {
    each.name = each.name.replace(/^set-\d+-\d+-/, `set-${block}-${set}-`);
    each.removeAttribute("aria-describedby");
    each.removeAttribute("aria-invalid");
  });
  return other;
}

/* The marks of a block's sets: working sets by their number, others by what they are. */
function number(block) {
  const marked = new RegExp(`\\b(${said("Set")}) \\w+`, "i");
  let working = 0;
  for (const row of rowsOf(block)) {
    const kind = field(row, "kind").value;
    working += kind === "working";
    const mark = (MARKS[kind] ?? String(working)) + (SIDES[field(row, "side").value] ?? "");
    row.querySelector(".set-mark").textContent = mark;
    row.querySelectorAll("[aria-label]").forEach((each) => {
      each.ariaLabel = each.ariaLabel.replace(marked, `$1 ${mark}`);
    });
  }
}

function move(block, by, button) {
  const blocks = [...block.parentElement.querySelectorAll(":scope > [data-block]")];
  const other = blocks[blocks.indexOf(block) + by];
  if (other) {
    by < 0 ? other.before(block) : other.after(block);
    block.scrollIntoView({ block: "nearest" });
    button.focus();
  }
}
