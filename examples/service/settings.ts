/** What the environment of a process says: read once at the start, all that is wrong reported together. */

export interface ServiceSettings {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** Port of the fault switches on the loopback address; undefined: no switches. */
  readonly adminPort: number | undefined;
  readonly databaseUrl: string;
  readonly maxConnections: number;
  /** What the service says it is, in `service_info`. */
  readonly version: string;
  readonly commit: string;
  /** How long the service still answers after it was told to end, so that load balancers notice. */
  readonly drainMillis: number;
  /** Faults that are on from the start, e.g. `errors:share=0.2,slow-handler`. */
  readonly faults: string;
  /** Key that payments asks of its callers. */
  readonly paymentsKey: string;
}

export interface ApiSettings extends ServiceSettings {
  readonly paymentsUrl: string;
  /** Undefined: the cache is in the process. */
  readonly redisUrl: string | undefined;
  /** How often background jobs run. */
  readonly jobEveryMillis: number;
}

export type Environment = Readonly<Record<string, string | undefined>>;

export function readApiSettings(environment: Environment): ApiSettings {
  const read = settingsReader(environment);
  return read.checked({
    ...serviceSettings(read, 3000),
    paymentsUrl: read.text('PAYMENTS_URL', 'http://127.0.0.1:3001'),
    redisUrl: read.optional('REDIS_URL'),
    jobEveryMillis: read.number('JOB_EVERY_MILLIS', 5_000),
  });
}

export function readPaymentsSettings(environment: Environment): ServiceSettings {
  const read = settingsReader(environment);
  return read.checked(serviceSettings(read, 3001));
}

function serviceSettings(read: SettingsReader, port: number): ServiceSettings {
  return {
    host: read.text('HOST', '127.0.0.1'),
    port: read.number('PORT', port),
    adminPort: read.optional('ADMIN_PORT') === undefined ? undefined : read.number('ADMIN_PORT', 0),
    databaseUrl: read.text('DATABASE_URL', 'postgres://postgres@127.0.0.1:5432/postgres'),
    maxConnections: read.number('MAX_CONNECTIONS', 10),
    version: read.text('SERVICE_VERSION', '0.0.0'),
    commit: read.text('SERVICE_COMMIT', 'unknown'),
    drainMillis: read.number('DRAIN_MILLIS', 0),
    faults: read.text('FAULTS', ''),
    paymentsKey: read.text('PAYMENTS_KEY', 'not-a-secret'),
  };
}

interface SettingsReader {
  text(name: string, otherwise: string): string;
  optional(name: string): string | undefined;
  number(name: string, otherwise: number): number;
  /** Throws when one of the values read before is wrong. */
  checked<T>(settings: T): T;
}

function settingsReader(environment: Environment): SettingsReader {
  const problems: string[] = [];
  return {
    text: (name, otherwise) => environment[name] || otherwise,
    optional: (name) => environment[name] || undefined,
    number: (name, otherwise) => {
      const value = Number(environment[name] || otherwise);
      if (!Number.isInteger(value) || value < 0) problems.push(`${name} must be a whole number`);
      return value;
    },
    checked: (settings) => {
      if (problems.length > 0) throw new Error(`Cannot start: ${problems.join('; ')}`);
      return settings;
    },
  };
}
