/** The one place where `timing.speedUp` acts: a drill runs the same rules on shorter windows and waits. */
import { type Duration, toSeconds } from '../objectives/duration.ts';
import type { Model } from '../model/model.ts';

/** A rate over fewer scrapes loses increases at its ends. */
const scrapesPerWindow = 4;

/** `absent()` must outlast a scrape that was lost. */
const scrapesPerHold = 2;

/** The window of a range selector, never shorter than four scrapes once it is sped up. */
export function windowOf(model: Model, window: Duration): Duration {
  return spedUp(model, window, scrapesPerWindow);
}

/** A `for` or `keep_firing_for`, never shorter than two scrapes once it is sped up. */
export function holdOf(model: Model, hold: Duration): Duration {
  return spedUp(model, hold, scrapesPerHold);
}

/** A slow group skips no more evaluations than this, so that a stack with short intervals fills its boards soon. */
const mostEvaluations = 8;

/** The interval of a slow rule group: shorter where evaluations are, but never faster than the other groups. */
export function intervalOf(model: Model, interval: Duration): Duration {
  const { speedUp, evaluationInterval } = model.timing;
  const evaluation = toSeconds(evaluationInterval);
  const seconds = Math.min(toSeconds(interval) / speedUp, mostEvaluations * evaluation);
  if (seconds <= evaluation) return evaluationInterval;
  return seconds === toSeconds(interval) ? interval : inSeconds(seconds);
}

function spedUp(model: Model, duration: Duration, scrapes: number): Duration {
  const { speedUp, scrapeInterval } = model.timing;
  if (speedUp === 1) return duration;
  const whole = toSeconds(duration);
  const least = Math.min(whole, scrapes * toSeconds(scrapeInterval));
  return inSeconds(Math.max(whole / speedUp, least));
}

/** Prometheus reads no fractions. */
function inSeconds(seconds: number): Duration {
  return `${Math.ceil(seconds)}s`;
}
