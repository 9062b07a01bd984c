// The sound of money that has arrived, and a screen that stays on while a code is shown. Must not be added here: a voice that
// says amounts aloud in a shop.

let audio: AudioContext | undefined;

/** Two notes when something is paid; nothing is heard when it is only made ready. */
export function chime(what: "ready" | "paid"): void {
  audio ??= new AudioContext();
  void audio.resume();
  if (what === "ready") return;
  for (const [note, hertz] of [880, 1320].entries()) {
    const [tone, volume] = [audio.createOscillator(), audio.createGain()];
    const begin = audio.currentTime + note * 0.18;
    tone.frequency.value = hertz;
    volume.gain.setValueAtTime(0.25, begin);
    volume.gain.exponentialRampToValueAtTime(0.001, begin + 0.5);
    tone.connect(volume).connect(audio.destination);
    tone.start(begin);
    tone.stop(begin + 0.5);
  }
  navigator.vibrate?.(200);
}

/** Keeps the screen on where the browser can; gives what ends it. */
export function keepAwake(): () => void {
  const lock = navigator.wakeLock?.request("screen").catch(() => undefined);
  return () => void lock?.then((held) => held?.release());
}
