/** Time in words, and a clock that ticks while the tab is shown. */
import { useEffect, useState } from 'react';

/** Now, in milliseconds since 1970; a new value each second. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) setNow(Date.now());
    }, 1_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const clockAndDay = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

const dayMillis = 86_400_000;

/** `10:42:03`, or `21 Nov, 10:42` when it is longer ago than a day. */
export function timeOf(millis: number, now = Date.now()): string {
  return (now - millis < dayMillis ? clock : clockAndDay).format(millis);
}

const units = [
  { name: 'd', seconds: 86_400 },
  { name: 'h', seconds: 3_600 },
  { name: 'min', seconds: 60 },
  { name: 's', seconds: 1 },
] as const;

/** The two largest units that are not 0, e.g. `45 s`, `2 min 5 s`, `1 h`. */
export function durationOf(seconds: number): string {
  let rest = Math.max(0, Math.round(seconds));
  const words = units.map(({ name, seconds: size }) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return { count, text: `${count} ${name}` };
  });
  const first = words.findIndex(({ count }) => count > 0);
  if (first < 0) return '0 s';
  const shown = words.slice(first, first + 2).filter(({ count }) => count > 0);
  return shown.map(({ text }) => text).join(' ');
}

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** `0:42`, `1:02:03`. */
export function stopwatchOf(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const minutes = Math.floor(whole / 60) % 60;
  const hours = Math.floor(whole / 3_600);
  return hours > 0 ? `${hours}:${twoDigits(minutes)}:${twoDigits(whole % 60)}` : `${minutes}:${twoDigits(whole % 60)}`;
}
