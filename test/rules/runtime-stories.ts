/** EventLoopLagHigh. */
import { api, flat, levels, payments, series, target } from './series.ts';
import { type Labels, type Series, storiesOf } from './story.ts';

const lag = (who: Labels, samples: string, instance = 'a:3000'): Series =>
  series('nodejs_eventloop_lag_p99_seconds', target(who, 'app', instance), samples);

export const runtimeStories = storiesOf('EventLoopLagHigh', 'lag', [
  {
    title: 'fires at 260 ms after 5 minutes for just that instance, and ends with it',
    proves: ['above', 'before-for', 'recovery', 'exact', 'instances', 'services'],
    series: [lag(api, levels([0.26, 15], [0.01, 30])), lag(api, flat(0.01), 'b:3000'), lag(payments, flat(0.01))],
    steps: [
      { at: '4m', pending: [{ ...api, instance: 'a:3000' }] },
      {
        at: '6m',
        firing: [{ ...api, instance: 'a:3000' }],
        texts: {
          summary: 'Event loop of a:3000 of api (production) lags by 260ms',
          description:
            'The p99 of the event loop lag of a:3000 of api (production) has been over 250 ms for 5 min. Every request of that instance waits for it.',
        },
      },
      { at: '20m', pending: [] },
    ],
  },
  {
    title: 'is silent at 240 ms, and when a lag does not last',
    proves: ['below'],
    series: [lag(api, flat(0.24)), lag(payments, levels([1, 4], [0.01, 2], [1, 4], [0.01, 30]))],
    steps: [
      { at: '9m', pending: [{ ...payments, instance: 'a:3000' }] },
      { at: '15m', pending: [] },
    ],
  },
]);
