/** "0.4 s", "12 s", "3 min 20 s", "2 h 5 min": how long something took, in its two largest units. */
export function toDuration(durationMs: number): string {
  const seconds = Math.max(0, durationMs) / 1_000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return join(minutes, "min", whole % 60, "s");
  return join(Math.floor(minutes / 60), "h", minutes % 60, "min");
}

function join(large: number, unit: string, rest: number, restUnit: string): string {
  return rest > 0 ? `${large} ${unit} ${rest} ${restUnit}` : `${large} ${unit}`;
}
