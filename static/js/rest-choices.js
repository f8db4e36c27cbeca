/* How a rest says that it is over, and whether the screen stays on meanwhile: chosen on each device, in
   a session or in the settings. */
import { store, stored } from "./device-store.js";

const CHOICES = "backtrain:rest-choices";

export function initRestChoices(root) {
  for (const box of root.querySelectorAll("[data-rest-choice]")) {
    const { restChoice: choice } = box.dataset;
    box.checked = choices()[choice];
    box.closest("label").hidden = !isPossible(choice);
    box.addEventListener("change", () => choose(choice, box.checked));
  }
  root.querySelectorAll("[data-rest-choices]").forEach((part) => {
    part.hidden = false;
  });
}

export function choices() {
  return { sound: false, vibration: true, awake: true, ...stored(CHOICES) };
}

/* Two short notes after so many seconds; browsers allow them once the page was touched. */
export function tone(seconds) {
  const context = new AudioContext();
  for (const after of [0, 0.25]) {
    const note = context.createOscillator();
    note.frequency.value = 880;
    note.connect(context.destination);
    note.start(context.currentTime + seconds + after);
    note.stop(context.currentTime + seconds + after + 0.15);
  }
  return { stop: () => context.close() };
}

function choose(choice, isChosen) {
  store(CHOICES, { ...choices(), [choice]: isChosen });
  if (isChosen && choice === "sound") {
    tone(0);
  }
}

function isPossible(choice) {
  return { sound: "AudioContext" in window, vibration: "vibrate" in navigator, awake: "wakeLock" in navigator }[choice];
}
