/* Times of a session and of rests: seconds as people read them. */

/* 65 is 1:05, 3725 is 1:02:05; what is below nothing is nothing. */
export function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (number) => String(number).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

export function secondsSince(instant, now = Date.now()) {
  return (now - instant) / 1000;
}
