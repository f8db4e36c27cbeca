/* A rest between sets as the instant at which it ends: what is kept so goes on by itself, through a
   reload and on a locked phone. Instants are milliseconds, lengths seconds. */

const SHORTEST = 5;
const LONGEST = 1800;

export function restFrom(now, seconds, name = "") {
  const length = bounded(seconds);
  return { endsAt: now + length * 1000, seconds: length, name };
}

/* Longer or shorter; one that is so short that it is over ends now. */
export function adjusted(rest, by, now) {
  const seconds = bounded(rest.seconds + by);
  const endsAt = Math.max(now, rest.endsAt + (seconds - rest.seconds) * 1000);
  return { ...rest, endsAt, seconds };
}

/* Whole seconds, a begun one counted: it is over when none is left. */
export function secondsLeft(rest, now) {
  return Math.max(0, Math.ceil((rest.endsAt - now) / 1000));
}

export function lengthFor(rests, name) {
  const key = name.trim().toLowerCase();
  const own = Object.entries(rests.exercises).find(([exercise]) => exercise.toLowerCase() === key);
  return own ? own[1] : rests.usual;
}

/* What was kept, if it is a rest. */
export function readRest(text) {
  try {
    const rest = JSON.parse(text);
    return Number.isFinite(rest?.endsAt) && Number.isFinite(rest.seconds) ? rest : null;
  } catch {
    return null;
  }
}

/* What the server keeps too. */
export function bounded(seconds) {
  return Math.min(LONGEST, Math.max(SHORTEST, seconds));
}
