/* Completes names of exercises: in the inputs [data-complete-name], and on the caret's line of the text box
   [data-complete-line]. The form's data-names is the address that answers with options.

   In the text box a name is written with its colon, and then the sets of the last time are offered, unless it takes
   names alone ([data-complete-line=names]). Nothing is taken by Enter that was not chosen with an arrow; Tab takes
   the first in the text box, where it has no other use as long as names are shown. An input hears of what was taken
   as the event "name-completed". */
import { caretRect, typeIn } from "./caret.js";
import { said } from "./said.js";

const PAUSE = 120; // ms after the last key
const SAID_AFTER = 900;
const ASKED_AGAIN = 400; // when an answer fails
const LEAST = 2; // letters on a line of the text box
const BEFORE = /^\s*(?:(?:[-*\u2022\u2013\u2014]|\d{1,3}[.)])\s+)?(?:[a-z]\d{1,3}[.):]?\s+)?/i; // bullet, superset
const NAME = /^(?!\d+(?!\d|-[a-z]))[^\s>#+@:\u2013\u2014-](?:(?!\s[+-]?\d)[^:])*$/i;
const NAMED = /^([^:]+):\s*$/;
const NARROW = matchMedia("(width < 44rem)");

export function initNameCompletion(root) {
  const form = root instanceof Element ? root.closest("[data-names]") : null;
  const found = form ?? root.querySelector("[data-names]");
  if (found && !found.dataset.completesNames) {
    found.dataset.completesNames = "yes";
    new Completion(found);
  }
}

class Completion {
  constructor(form) {
    this.form = form;
    this.answers = new Map();
    this.list = element("div", { className: "completions", id: "completions", role: "listbox", hidden: true });
    this.list.ariaLabel = said("Exercises");
    this.said = element("p", { className: "visually-hidden", role: "status" });
    form.append(this.list, this.said);
    form.addEventListener("focusin", ({ target }) => this.begin(target));
    form.addEventListener("focusout", () => this.close());
    form.addEventListener("input", (event) => this.typed(event));
    form.addEventListener("keydown", (event) => this.pressed(event));
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus
    this.list.addEventListener("click", ({ target }) => this.take(target.closest("[role=option]")));
    for (const type of ["resize", "scroll"]) {
      visualViewport?.addEventListener(type, () => this.place());
    }
    this.begin(document.activeElement);
  }

  get isOpen() {
    return !this.list.hidden;
  }

  get active() {
    return this.list.querySelector("[aria-selected=true]");
  }

  begin(target) {
    const field = target.closest?.("[data-complete-name], [data-complete-line]");
    if (!field || !this.form.contains(field) || field === this.field) {
      return;
    }
    this.field = field;
    this.isBox = field.matches("[data-complete-line]");
    this.dismissed = null;
    const states = { "aria-autocomplete": "list", "aria-haspopup": "listbox", autocomplete: "off" };
    if (!this.isBox) {
      Object.assign(states, { role: "combobox", "aria-expanded": "false" });
    }
    Object.entries(states).forEach(([name, value]) => field.setAttribute(name, value));
    if (!this.isBox && !field.value) {
      this.ask();
    }
  }

  typed({ target, isComposing }) {
    if (target !== this.field || isComposing) {
      return;
    }
    clearTimeout(this.timer);
    this.asked = null; // an answer to what stood here before would stop this
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  /* What is being typed, and which part of the field it is; null where that is no name. */
  get part() {
    if (!this.isBox) {
      return { text: this.field.value.trim(), start: 0, end: this.field.value.length };
    }
    const { value, selectionStart, selectionEnd } = this.field;
    const line = value.slice(value.lastIndexOf("\n", selectionStart - 1) + 1, selectionStart);
    const isAtEnd = selectionStart === selectionEnd && /^[ \t]*(\n|$)/.test(value.slice(selectionEnd));
    const text = line.replace(BEFORE, "");
    const isWhole = NAMED.test(text) && this.field.dataset.completeLine !== "names";
    if (!isAtEnd || (NAME.test(text) ? text.trim().length < LEAST : !isWhole)) {
      return null;
    }
    return { text, start: selectionStart - text.length, end: selectionStart };
  }

  async ask() {
    const part = document.activeElement === this.field ? this.part : null;
    if (!part || part.start === this.dismissed) {
      this.close();
      return;
    }
    const named = this.isBox && part.text.match(NAMED)?.[1].trim();
    const asked = (this.asked = {});
    const options = await this.options(named || part.text);
    if (this.asked === asked) {
      this.show(named ? options.filter((option) => isNamed(option, named)).map(asSets) : options);
    }
  }

  async options(typed) {
    if (!this.answers.has(typed)) {
      const address = `${this.form.dataset.names}?q=${encodeURIComponent(typed)}`;
      const response = (await answer(address)) ?? (await answer(address, ASKED_AGAIN));
      if (response?.status !== 200) {
        return [];
      }
      this.answers.set(typed, await response.text());
    }
    const holder = element("template", { innerHTML: this.answers.get(typed) });
    return [...holder.content.querySelectorAll("[role=option]")];
  }

  show(options) {
    options = options.filter(Boolean);
    this.list.replaceChildren(...options);
    if (!options.length) {
      this.close();
      return;
    }
    this.list.hidden = false;
    this.list.scrollTop = 0;
    this.field.setAttribute("aria-controls", this.list.id);
    this.choose(null);
    this.place();
    clearTimeout(this.saying);
    this.saying = setTimeout(() => this.say(options), SAID_AFTER);
  }

  say([first, ...others]) {
    const values = { count: others.length + 1, name: first.dataset.take ?? first.dataset.name };
    const byTab = () => (others.length ? said("%(count)s exercises. Tab takes %(name)s.", values) : said("Tab takes %(name)s.", values));
    const byArrow = () => (others.length ? said("%(count)s exercises. Arrow down for %(name)s.", values) : said("Arrow down for %(name)s.", values));
    this.said.textContent = this.isBox ? byTab() : byArrow();
  }

  close() {
    clearTimeout(this.timer);
    clearTimeout(this.saying);
    this.asked = null;
    this.said.textContent = "";
    this.list.hidden = true;
    this.field?.removeAttribute("aria-controls");
    this.choose(null);
    if (document.activeElement !== this.field) {
      this.field = null;
    }
  }

  choose(option) {
    this.active?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    this.field?.toggleAttribute("aria-activedescendant", Boolean(option));
    if (option) {
      this.field.setAttribute("aria-activedescendant", option.id);
    }
    if (this.field?.role === "combobox") {
      this.field.ariaExpanded = String(this.isOpen);
    }
  }

  pressed(event) {
    if (event.target !== this.field || !this.isOpen || event.isComposing) {
      return;
    }
    const taken = this.active ?? (this.isBox ? this.list.firstElementChild : null);
    const isOfSets = Boolean(this.list.firstElementChild.dataset.take);
    if (event.key === "Escape") {
      this.dismissed = this.part?.start;
      this.close();
    } else if (event.key === "Tab" && !event.shiftKey && taken) {
      this.take(taken);
      if (!this.isBox) {
        return; // and on to the next field
      }
    } else if (event.key === "Enter" && (this.active || !this.isBox)) {
      this.take(this.active);
    } else if (["ArrowDown", "ArrowUp"].includes(event.key) && !isOfSets) {
      this.step(event.key === "ArrowDown" ? 1 : -1);
    } else {
      return;
    }
    event.preventDefault();
  }

  /* Beyond the last is what was typed, then the first again. */
  step(by) {
    const options = [null, ...this.list.children];
    const place = options.indexOf(this.active) + by + options.length;
    this.choose(options[place % options.length]);
  }

  take(option) {
    const { field, part } = this;
    this.close();
    if (!option || !part) {
      return;
    }
    const { name, take } = option.dataset;
    if (take) {
      typeIn(field, part.end, part.end, `${/\s$/.test(part.text) ? "" : " "}${take}`);
    } else {
      typeIn(field, part.start, part.end, this.isBox ? `${name}: ` : name);
    }
    clearTimeout(this.timer);
    if (this.isBox) {
      this.ask();
    } else {
      this.close();
      field.dispatchEvent(new Event("change", { bubbles: true }));
      field.dispatchEvent(new CustomEvent("name-completed", { bubbles: true, detail: { ...option.dataset } }));
    }
  }

  /* Below the line, all of it within what the keyboard of a phone leaves to see. */
  place() {
    if (!this.isOpen) {
      return;
    }
    const { list, field } = this;
    const { left, width, bottom } = field.getBoundingClientRect();
    list.classList.toggle("is-wide", NARROW.matches);
    list.style.insetInlineStart = NARROW.matches ? "" : `${left}px`;
    list.style.inlineSize = this.isBox && !NARROW.matches ? `${width}px` : "";
    const seen = visualViewport ? visualViewport.offsetTop + visualViewport.height : innerHeight;
    let top = (this.isBox ? caretRect(field).bottom : bottom) + 4;
    const hidden = Math.ceil(top + list.offsetHeight - seen);
    if (hidden > 0) {
      const before = scrollY;
      scrollBy({ top: hidden, behavior: "instant" });
      top += before - scrollY;
    }
    list.style.insetBlockStart = `${top}px`;
  }
}

/* The sets of the last time, to begin with; undefined where there was none. */
function asSets(option) {
  const { sets } = option.dataset;
  if (!sets) {
    return undefined;
  }
  option.dataset.take = sets;
  option.querySelector(".completion-name").textContent = said("As last time");
  return option;
}

/* Null where there is none, or none that means anything. */
async function answer(address, after = 0) {
  await new Promise((resolve) => setTimeout(resolve, after));
  const response = await fetch(address, { headers: { "HX-Request": "true" } }).catch(() => null);
  return response?.status < 500 ? response : null;
}

function isNamed(option, name) {
  return option.dataset.name.toLowerCase() === name.toLowerCase();
}

function element(name, properties) {
  return Object.assign(document.createElement(name), properties);
}
