/** What is passed on: what dashboards read. Not configurations, targets or flags: they tell more than metrics. */

export interface AllowedPath {
  /** `:label` stands for a label name. */
  readonly path: string;
  readonly methods: readonly ('GET' | 'POST')[];
}

const get = ['GET'] as const;
/** With POST as Prometheus takes it: the parameters as a form, for queries that are too long for an address. */
const getOrForm = ['GET', 'POST'] as const;

/** Source: https://prometheus.io/docs/prometheus/latest/querying/api/ */
export const prometheusPaths: readonly AllowedPath[] = [
  { path: '/api/v1/query', methods: getOrForm },
  { path: '/api/v1/query_range', methods: getOrForm },
  { path: '/api/v1/query_exemplars', methods: getOrForm },
  { path: '/api/v1/series', methods: getOrForm },
  { path: '/api/v1/labels', methods: getOrForm },
  { path: '/api/v1/label/:label/values', methods: get },
  { path: '/api/v1/rules', methods: get },
  { path: '/api/v1/alerts', methods: get },
  { path: '/api/v1/metadata', methods: get },
  { path: '/api/v1/status/buildinfo', methods: get },
];

/** Not its status, which holds its configuration: receivers are in there. */
export const alertmanagerPaths: readonly AllowedPath[] = [
  { path: '/api/v2/alerts', methods: get },
  { path: '/api/v2/alerts/groups', methods: get },
  { path: '/api/v2/silences', methods: get },
];

/** The entry for a decoded path. What matches holds nothing but what is written above, and may be passed on as it is. */
export function allowedPath(paths: readonly AllowedPath[], given: string): AllowedPath | undefined {
  return paths.find(({ path }) => matches(path.split('/'), given.split('/')));
}

function matches(pattern: readonly string[], given: readonly string[]): boolean {
  if (pattern.length !== given.length) return false;
  return pattern.every((part, index) =>
    part === ':label' ? /^[A-Za-z_]\w*$/.test(given[index] ?? '') : part === given[index],
  );
}
