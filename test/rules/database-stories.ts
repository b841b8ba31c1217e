/** DatabaseConnectionLost, DatabaseConnectionsHigh and DatabaseQueriesSlow. */
import { api, flat, growing, levels, payments, phases, series, staging, target } from './series.ts';
import { type Labels, type Series, type Step, type Story, storiesOf } from './story.ts';

const exporter = (metric: string, samples: string, who: Labels = api, instance = 'exporter:1'): Series =>
  series(metric, target(who, metric === 'pg_up' ? 'postgres' : 'redis', instance), samples);
const check = (who: Labels, name: string, samples: string, instance = 'a:3000'): Series =>
  series('health_check_status', { ...target(who, 'app', instance), check: name }, samples);

interface DatastoreWords {
  readonly name: string;
  readonly metric: string;
  readonly check: string;
}

const postgresql: DatastoreWords = { name: 'postgresql', metric: 'pg_up', check: 'database' };
const redis: DatastoreWords = { name: 'redis', metric: 'redis_up', check: 'redis' };

/** Both datastores are fine, but for what the story says of one of them. */
function other({ name }: DatastoreWords): readonly Series[] {
  const healthy = name === 'redis' ? postgresql : redis;
  return [exporter(healthy.metric, flat(1)), check(api, healthy.check, flat(1))];
}

function lostStories(words: DatastoreWords): readonly Story[] {
  const { name, metric, check: named } = words;
  const lost: Labels = { ...api, datastore: name };
  const steps: readonly Step[] = [
    { at: '4m', pending: [] },
    { at: '5m', pending: [lost] },
    {
      at: '7m',
      firing: [lost],
      texts: {
        summary: `api (production) has lost its ${name}`,
        description: `For 1 min the ${name} of api (production) could not be reached by its exporter or by the service, or neither reports at all. Requests that need it fail.`,
      },
    },
    { at: '25m', pending: [] },
  ];
  const lostAndBack = levels([1, 5], [0, 15], [1, 20]);
  return [
    ...storiesOf('DatabaseConnectionLost', `${name}-exporter`, [
      {
        title: `fires a minute after the exporter lost ${name}, and ends with it`,
        proves: ['above', 'before-for', 'recovery', 'exact', 'instances'],
        series: [
          ...other(words),
          exporter(metric, lostAndBack),
          exporter(metric, flat(1), api, 'exporter:2'),
          check(api, named, flat(1)),
        ],
        steps,
      },
      {
        title: 'is silent while it can be reached, and after one lost try',
        proves: ['below', 'services'],
        series: [
          ...other(words),
          exporter(metric, levels([1, 5], [0, 1], [1, 20])),
          exporter(metric, flat(1), staging),
          check(api, named, flat(1)),
        ],
        steps: [
          { at: '3m', pending: [] },
          { at: '7m', pending: [] },
        ],
      },
    ]),
    ...storiesOf('DatabaseConnectionLost', `${name}-check`, [
      {
        title: `fires a minute after the check of one instance fails, and ends with it`,
        proves: ['above', 'before-for', 'recovery', 'exact', 'instances'],
        series: [
          ...other(words),
          exporter(metric, flat(1)),
          check(api, named, lostAndBack),
          check(api, named, flat(1), 'b:3000'),
        ],
        steps,
      },
      {
        title: 'is silent when another check fails',
        proves: ['below'],
        series: [...other(words), exporter(metric, flat(1)), check(api, named, flat(1)), check(api, 'disk', flat(0))],
        steps: [{ at: '10m', pending: [] }],
      },
      {
        title: 'fires for the service whose check it is, though another owns the datastore',
        proves: ['above', 'services'],
        series: [
          ...other(words),
          exporter(metric, flat(1)),
          check(api, named, flat(1)),
          check(payments, named, flat(0)),
        ],
        steps: [{ at: '5m', firing: [{ ...payments, datastore: name }], pending: [] }],
      },
    ]),
    ...storiesOf('DatabaseConnectionLost', `${name}-absent`, [
      {
        title: 'fires when neither exporter nor check is heard of, and ends when one is',
        proves: ['above', 'before-for', 'recovery', 'services'],
        series: [
          ...other(words),
          exporter(metric, `1x4 stale _x14 1x20`),
          check(api, named, `1x4 stale`),
          exporter(metric, flat(1), staging),
          check(payments, named, flat(1)),
        ],
        steps: [
          { at: '4m', pending: [] },
          { at: '5m', pending: [lost] },
          { at: '7m', firing: [lost] },
          { at: '22m', pending: [] },
        ],
      },
      {
        title: 'is silent while the check is heard of',
        proves: ['below'],
        series: [...other(words), check(api, named, flat(1)), check(api, 'disk', flat(1))],
        steps: [{ at: '10m', pending: [] }],
      },
      {
        title: 'is silent while the exporter is heard of, whatever other checks there are',
        proves: ['below'],
        series: [...other(words), exporter(metric, flat(1)), check(api, 'disk', flat(1))],
        steps: [{ at: '10m', pending: [] }],
      },
    ]),
  ];
}

const pool = (used: number, max: number, instance = 'a:3000', name = 'main', who: Labels = api): readonly Series[] => {
  const labels = { ...target(who, 'app', instance), pool: name };
  return [
    series('db_pool_connections', { ...labels, state: 'used' }, levels([used, 20], [0, 60])),
    series('db_pool_connections', { ...labels, state: 'idle' }, flat(max - used)),
    series('db_pool_connections_max', labels, flat(max)),
  ];
};

const server = (who: Labels, connections: readonly [active: number, idle: number]): readonly Series[] => {
  const labels = target(who, 'postgres', 'exporter:1');
  const [active, idle] = connections;
  return [
    series('pg_stat_activity_count', { ...labels, datname: 'app', state: 'active' }, levels([active, 20], [1, 60])),
    series('pg_stat_activity_count', { ...labels, datname: 'other', state: 'idle' }, flat(idle)),
    series('pg_settings_max_connections', { ...labels, server: 'db:5432' }, flat(100)),
    series('pg_settings_superuser_reserved_connections', { ...labels, server: 'db:5432' }, flat(3)),
  ];
};

const connectionStories = [
  ...storiesOf('DatabaseConnectionsHigh', 'pool', [
    {
      title: 'fires at 81 of 100 used after 5 minutes for just that pool of that instance, and ends with it',
      proves: ['above', 'below', 'before-for', 'recovery', 'exact', 'instances', 'services'],
      series: [
        ...pool(81, 100),
        ...pool(79, 100, 'a:3000', 'reports'),
        ...pool(10, 100, 'b:3000'),
        ...pool(79, 100, 'c:3000', 'main', payments),
      ],
      steps: [
        { at: '4m', pending: [{ ...api, instance: 'a:3000', pool: 'main' }] },
        {
          at: '6m',
          firing: [{ ...api, instance: 'a:3000', pool: 'main' }],
          texts: {
            summary: 'Database connections of api (production): 81% of pool main (a:3000) in use',
            description:
              'More than 80 % of the database connections of pool main (a:3000) of api (production) have been in use for 5 min. When none is left, requests wait and then fail.',
          },
        },
        { at: '25m', pending: [] },
      ],
    },
  ]),
  ...storiesOf('DatabaseConnectionsHigh', 'server', [
    {
      title: 'fires at 78 of the 97 that users may have, and ends with it',
      proves: ['above', 'below', 'before-for', 'recovery', 'services'],
      series: [...server(api, [48, 30]), ...server(payments, [47, 30])],
      steps: [
        { at: '4m', pending: [{ ...api, instance: 'exporter:1' }] },
        { at: '6m', firing: [{ ...api, instance: 'exporter:1' }], pending: [] },
        { at: '25m', pending: [] },
      ],
    },
  ]),
];

/** `samples` makes samples of what one interval adds. */
function queries(
  who: Labels,
  bounds: Readonly<Record<string, number>>,
  labels: { readonly pool?: string; readonly instance?: string } = {},
  samples: (perSample: number) => string = growing,
): readonly Series[] {
  const own = { ...target(who, 'app', labels.instance), pool: labels.pool ?? 'main', operation: 'select' };
  const buckets = Object.entries(bounds).map(([le, perSample]) =>
    series('db_query_duration_seconds_bucket', { ...own, le }, samples(perSample)),
  );
  return [...buckets, series('db_query_duration_seconds_count', own, samples(bounds['+Inf'] ?? 0))];
}

const queryStories = storiesOf('DatabaseQueriesSlow', 'latency', [
  {
    title: 'fires at a p95 just over 500 ms after 10 minutes, and ends with it',
    proves: ['above', 'before-for', 'recovery', 'exact', 'instances'],
    series: [
      ...queries(api, { '0.25': 200, '0.5': 470, '1': 500, '+Inf': 500 }, {}, (perSample) =>
        phases([perSample, 20], [perSample === 470 ? 495 : perSample, 40]),
      ),
      ...queries(api, { '0.25': 200, '0.5': 479, '1': 500, '+Inf': 500 }, { instance: 'b:3000' }),
    ],
    steps: [
      { at: '10m', pending: [{ ...api, pool: 'main' }] },
      {
        at: '12m',
        firing: [{ ...api, pool: 'main' }],
        texts: {
          summary: 'Queries of api (production) take 509.8ms (p95, pool main)',
          description:
            'The p95 of the query time of pool main of api (production) has been over 500 ms for 10 min, at 0.1 queries/s or more. Requests that query wait at least as long.',
        },
      },
      { at: '35m', pending: [] },
    ],
  },
  {
    title: 'is silent just under 500 ms, in another pool too',
    proves: ['below', 'services'],
    series: [
      ...queries(api, { '0.25': 400, '0.5': 951, '1': 1_000, '+Inf': 1_000 }),
      ...queries(api, { '0.25': 400, '0.5': 951, '1': 1_000, '+Inf': 1_000 }, { pool: 'reports' }),
      ...queries(payments, { '0.25': 400, '0.5': 951, '1': 1_000, '+Inf': 1_000 }),
    ],
    steps: [{ at: '30m', pending: [] }],
  },
  {
    title: 'needs 0.1 queries/s: 0.11 is enough, 0.09 is not',
    proves: ['guard', 'services'],
    series: [
      ...queries(api, { '0.5': 0, '1': 6.6, '+Inf': 6.6 }),
      ...queries(payments, { '0.5': 0, '1': 5.4, '+Inf': 5.4 }),
      ...queries(payments, { '0.5': 900, '1': 900, '+Inf': 900 }, { pool: 'reports' }),
    ],
    steps: [{ at: '30m', firing: [{ ...api, pool: 'main' }], pending: [] }],
  },
  {
    title: 'is silent without queries, and survives a counter reset',
    proves: ['no-traffic', 'counter-reset'],
    series: [
      ...queries(api, { '0.5': 0, '1': 10, '+Inf': 10 }, {}, (perSample) => `${perSample}x60`),
      ...queries(
        payments,
        { '0.5': 960, '1': 1_000, '+Inf': 1_000 },
        {},
        (perSample) => `${growing(perSample, 10)} ${growing(perSample, 40)}`,
      ),
    ],
    steps: [{ at: '25m', pending: [] }],
  },
]);

export const databaseStories = [
  ...lostStories(postgresql),
  ...lostStories(redis),
  ...connectionStories,
  ...queryStories,
];
