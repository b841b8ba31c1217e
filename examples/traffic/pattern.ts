/** How much traffic there is at which time, as a share of the most. */

/** `gentle` goes up and down, but so little that windows of minutes can be compared at any time. */
export const trafficPatterns = ['steady', 'gentle', 'daily'] as const;
export type TrafficPattern = (typeof trafficPatterns)[number];

interface Wave {
  /** Hour at which it is highest. */
  readonly peakHour: number;
  readonly height: number;
  readonly widthHours: number;
}

/** A school day: a morning, an afternoon, homework in the evening. */
const waves: readonly Wave[] = [
  { peakHour: 10, height: 0.85, widthHours: 2 },
  { peakHour: 14.5, height: 0.75, widthHours: 2 },
  { peakHour: 20, height: 0.45, widthHours: 1.5 },
];
const nightShare = 0.12;

const gentle = { wavesPerDay: 4, leastShare: 0.7 } as const;

/** When traffic starts, as a share of the day: in the morning, as nobody wants to watch a night first. */
export const startOfTraffic = 8 / 24;

/** The share at a time of the day, which is from 0 (midnight) to 1 (the next). */
export function shareOfPeak(pattern: TrafficPattern, timeOfDay: number): number {
  if (pattern === 'steady') return 1;
  if (pattern === 'gentle') return gentleShare(timeOfDay);
  const hour = (timeOfDay % 1) * 24;
  const sum = waves.reduce((total, wave) => total + heightAt(wave, hour), nightShare);
  return Math.min(1, sum);
}

function gentleShare(timeOfDay: number): number {
  const fromTop = (1 - Math.cos(2 * Math.PI * gentle.wavesPerDay * timeOfDay)) / 2;
  return 1 - (1 - gentle.leastShare) * fromTop;
}

function heightAt({ peakHour, height, widthHours }: Wave, hour: number): number {
  return height * Math.exp(-(((hour - peakHour) / widthHours) ** 2));
}
