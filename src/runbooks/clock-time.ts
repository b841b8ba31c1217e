/** Times as a clock shows them: what the person on call waits for. */

/** Seconds as `45 s`, `6 min 15 s`, `1 h 30 min` or `3 days`. */
export function clockTime(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3_600) return inTwo(whole, { size: 60, name: 'min', restSize: 1, restName: 's' });
  if (whole < 172_800) return inTwo(whole, { size: 3_600, name: 'h', restSize: 60, restName: 'min' });
  return `${Math.round(whole / 86_400)} days`;
}

interface Units {
  readonly size: number;
  readonly name: string;
  readonly restSize: number;
  readonly restName: string;
}

function inTwo(seconds: number, { size, name, restSize, restName }: Units): string {
  const rest = Math.floor((seconds % size) / restSize);
  const main = `${Math.floor(seconds / size)} ${name}`;
  return rest === 0 ? main : `${main} ${rest} ${restName}`;
}
