/* The rest between sets of a session: begins with a tick or by its button, says when it is over. The
   instant it ends at is kept on the device. */
import { clock } from "./clock.js";
import { store, stored, storedText } from "./device-store.js";
import { formOf } from "./live-session.js";
import { choices, tone } from "./rest-choices.js";
import { adjusted, bounded, lengthFor, readRest, restFrom, secondsLeft } from "./rest-clock.js";
import { said } from "./said.js";

const REST = "backtrain:rest";
const LENGTHS = "backtrain:rest-lengths";
const SHOWN_AFTER = 60; // seconds, that it is over

export function initRestTimer(root) {
  const place = root.querySelector("[data-rest]");
  if (place && !place.dataset.isTimed) {
    place.dataset.isTimed = "yes";
    place.querySelectorAll("[data-rest-part]").forEach((part) => {
      part.hidden = false;
    });
    new RestTimer(place).start();
  }
}

class RestTimer {
  constructor(place) {
    this.place = place;
    this.rest = readRest(storedText(REST));
    this.lengths = { usual: 120, exercises: {}, ...stored(LENGTHS) };
    this.name = this.rest?.name ?? "";
    this.isTold = !this.rest || this.left() === 0;
  }

  start() {
    document.addEventListener("set-ticked", ({ target }) => this.ticked(target.closest("[data-block]")));
    this.place.addEventListener("click", ({ target }) => this.pressed(target.closest("button")));
    this.place.addEventListener("change", ({ target }) => target.matches("[data-rest-choice]") && this.stayAwake());
    document.addEventListener("visibilitychange", () => this.show());
    this.timer = setInterval(() => this.show(), 250);
    this.ask();
    this.show();
  }

  /* The rest of another exercise is as long as a routine plans it, or as the athlete does. */
  ticked(block) {
    const name = block?.querySelector("[name^=exercise-]")?.value ?? "";
    if (name !== this.name) {
      [this.name, this.rest, this.length] = [name, null, null];
    }
    this.planned = Number(block?.dataset.restSeconds) || null;
    this.begin();
  }

  pressed(button) {
    const { restBy, restKeep } = button?.dataset ?? {};
    if (button?.matches("[data-rest-begin]")) {
      this.begin();
    } else if (button?.matches("[data-rest-skip]")) {
      this.put(null);
    } else if (restBy && this.rest) {
      this.put(adjusted(this.rest, Number(restBy), Date.now()));
    } else if (restBy) {
      this.length = bounded(this.nextLength() + Number(restBy));
    } else if (restKeep) {
      this.keep(restKeep === "one" ? this.name : "");
    }
    this.show();
  }

  begin() {
    this.isTold = false;
    this.put(restFrom(Date.now(), this.nextLength(), this.name));
    this.length = null;
  }

  /* Another rest, or none. The sound is ordered in advance, since a page in the background sleeps. */
  put(rest) {
    this.rest = rest;
    store(REST, rest);
    this.tone?.stop();
    this.tone = rest && choices().sound ? tone(this.left()) : null;
    this.stayAwake();
    this.show();
  }

  show() {
    if (!this.place.isConnected) {
      clearInterval(this.timer);
      return;
    }
    const left = this.rest ? this.left() : 0;
    if (this.rest && left === 0) {
      this.tell();
    }
    this.part("[data-rest-left]").textContent = clock(this.rest ? left : this.nextLength());
    this.place.classList.toggle("is-running", left > 0);
    this.place.classList.toggle("is-over", Boolean(this.rest) && left === 0);
    this.part("[data-rest-begin]").hidden = left > 0;
    this.part("[data-rest-skip]").hidden = left === 0;
    this.part("[data-rest-keep=one]").hidden = !this.name;
    this.part("[data-rest-name]").textContent = this.name;
  }

  tell() {
    if (!this.isTold) {
      this.isTold = true;
      this.part("[data-rest-said]").textContent = said("Rest is over.");
      if (choices().vibration) {
        navigator.vibrate?.([300, 150, 300]);
      }
    }
    if (Date.now() - this.rest.endsAt > SHOWN_AFTER * 1000) {
      this.part("[data-rest-said]").textContent = "";
      this.rest = null;
      store(REST, null);
      this.stayAwake();
    }
  }

  left() {
    return secondsLeft(this.rest, Date.now());
  }

  nextLength() {
    return this.rest?.seconds ?? this.length ?? this.planned ?? lengthFor(this.lengths, this.name);
  }

  async keep(name) {
    const token = formOf(this.place).elements.csrfmiddlewaretoken.value;
    const body = new URLSearchParams({ csrfmiddlewaretoken: token, seconds: this.nextLength(), name });
    await this.ask({ method: "POST", body });
  }

  /* The athlete's own lengths; without signal, those that were known last. */
  async ask(options = {}) {
    const response = await fetch(this.place.dataset.rest, { redirect: "manual", ...options }).catch(() => null);
    if (response?.status === 200) {
      this.lengths = await response.json();
      store(LENGTHS, this.lengths);
      this.part("[data-rest-said]").textContent = options.method ? said("Kept.") : "";
    }
    this.show();
  }

  async stayAwake() {
    const isWanted = choices().awake && this.rest && !document.hidden;
    if (isWanted && (!this.lock || this.lock.released)) {
      this.lock = await navigator.wakeLock?.request("screen").catch(() => null);
    } else if (!isWanted) {
      this.lock?.release();
      this.lock = null;
    }
  }

  part(selector) {
    return this.place.querySelector(selector);
  }
}
