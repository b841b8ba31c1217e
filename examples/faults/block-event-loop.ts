import { defineFault } from './fault.ts';

export const blockEventLoop = defineFault({
  name: 'block-event-loop',
  does: 'Every `everyMillis`, the process computes for `millis` without a pause.',
  services: ['api', 'payments'],
  alerts: ['EventLoopLagHigh', 'HighResponseTime'],
  shows: { 'telltale-infrastructure': 'event loop lag and utilisation, CPU', 'telltale-api': 'request duration' },
  parameters: { millis: 500, everyMillis: 1_200 },
  start: (_target, { millis, everyMillis }) => {
    const timer = setInterval(() => busyFor(millis), everyMillis);
    return () => clearInterval(timer);
  },
});

function busyFor(millis: number): void {
  const end = performance.now() + millis;
  while (performance.now() < end);
}
