/** The whole stack, live on loopback: the example services, their databases, exporters, Prometheus and Alertmanager, all from emitted files. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../../src/config/config.ts';
import { TelltaleError } from '../../src/errors.ts';
import { generate } from '../../src/generate.ts';
import { writeFiles } from '../../src/emit/write.ts';
import { startAlertmanager } from '../alertmanager.ts';
import { startBlackboxExporter } from '../blackbox-exporter.ts';
import { startNodeExporter } from '../node-exporter.ts';
import { startPostgresExporter } from '../postgres-exporter.ts';
import { startPostgres, type PostgresServer } from '../postgres.ts';
import { startPrometheus, type PrometheusServer } from '../prometheus.ts';
import { createStage, type Stage } from '../process/stage.ts';
import { tempFolder } from '../process/temp-folder.ts';
import { runCommand } from '../process/run-command.ts';
import { startRedisExporter } from '../redis-exporter.ts';
import { startRedis } from '../redis.ts';
import type { Server } from '../server.ts';
import { startHttpsFront } from './https-front.ts';
import { labConfig } from './lab-config.ts';
import { labPorts, type LabPorts } from './lab-ports.ts';
import { exampleEntry, startLabServices, type LabServices } from './lab-services.ts';

export interface LabOptions {
  /** What differs from the shipped pack: clocks, receivers, naming. */
  readonly config?: Config;
  /** Secrets of receivers, by the name of their file. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** Ports that are taken where they are free. @default free ones */
  readonly ports?: Partial<LabPorts>;
  /** Told what is being started, one line each. */
  readonly progress?: (line: string) => void;
  /** Ends the start at its next step. */
  readonly signal?: AbortSignal;
}

export interface Lab {
  readonly config: Config;
  readonly ports: LabPorts;
  /** The folder that the pack was generated into. */
  readonly folder: string;
  readonly dataFolder: string;
  readonly textfileFolder: string;
  readonly postgres: PostgresServer;
  readonly redis: Server;
  readonly services: LabServices;
  readonly exporters: Readonly<Record<'postgres' | 'redis' | 'node' | 'blackbox', Server>>;
  readonly alertmanager: Server;
  readonly prometheus: PrometheusServer;
  /** Runs the example's backup as cron would; `fail` makes it fail. */
  backup(options?: { readonly fail?: boolean }): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Generates the pack for loopback addresses and starts everything, from emitted files.
 * @throws TELLTALE_SERVER when a server is missing or does not start, the reason of `signal` when that ended it; what had
 * started is stopped again.
 */
export async function startLab(options: LabOptions = {}): Promise<Lab> {
  const stage = createStage();
  try {
    return await start(stage, options);
  } catch (error) {
    await stage.close();
    throw error;
  }
}

async function start(stage: Stage, options: LabOptions): Promise<Lab> {
  const { config: base, progress: say = () => {}, signal } = options;
  const progress = (line: string): void => {
    signal?.throwIfAborted();
    say(line);
  };
  const ports = await labPorts(options.ports, progress);
  const config = labConfig(ports, base);
  const folders = await makeFolders(stage);
  progress('writing the pack');
  await writeFiles(generate(config), folders.pack);

  progress('starting PostgreSQL and Redis');
  const postgres = await stage.use(startPostgres());
  const redis = await stage.use(startRedis({ maxMemory: '64mb' }));

  progress('starting the services api and payments');
  const services = await startLabServices(ports, { databaseUrl: postgres.url, redisUrl: redis.url });
  for (const service of [services.payments, services.api]) stage.onClose(service.name, () => service.stop());
  const front = await stage.use(
    startHttpsFront({ port: ports.httpsFront, target: services.api.url, folder: folders.root }),
  );
  const backup: Lab['backup'] = ({ fail = false } = {}) => runBackup(postgres.url, folders.textfiles, fail);
  await backup();

  progress('starting exporters');
  const exporters = await startExporters(stage, {
    ports,
    folders,
    postgres,
    redis,
    certificateFile: front.certificateFile,
  });

  progress('starting Alertmanager and Prometheus');
  const monitoring = join(folders.pack, 'monitoring');
  await writeSecrets(join(monitoring, 'secrets'), options.secrets);
  const alertmanager = await stage.use(
    startAlertmanager({ configFile: join(monitoring, 'alertmanager.yml'), port: ports.alertmanager }),
  );
  const prometheus = await stage.use(
    startPrometheus({
      configFile: join(monitoring, 'prometheus.yml'),
      port: ports.prometheus,
      dataFolder: folders.data,
      retention: '35d',
      flags: ['--enable-feature=exemplar-storage', `--web.user-assets=${folders.pack}`],
    }),
  );
  return {
    config,
    ports,
    folder: folders.pack,
    dataFolder: folders.data,
    textfileFolder: folders.textfiles,
    postgres,
    redis,
    services,
    exporters,
    alertmanager,
    prometheus,
    backup,
    stop: () => stage.close(),
  };
}

async function writeSecrets(folder: string, secrets: Readonly<Record<string, string>> = {}): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [file, text] of Object.entries(secrets)) await writeFile(join(folder, file), text, { mode: 0o600 });
}

interface Folders {
  readonly root: string;
  readonly pack: string;
  readonly data: string;
  readonly textfiles: string;
}

async function makeFolders(stage: Stage): Promise<Folders> {
  const root = await tempFolder('lab');
  stage.onClose('the folder of the lab', () => root.remove());
  const folders = {
    pack: join(root.path, 'pack'),
    data: join(root.path, 'data'),
    textfiles: join(root.path, 'textfiles'),
  };
  for (const path of Object.values(folders)) await mkdir(path);
  return { root: root.path, ...folders };
}

interface ExporterNeeds {
  readonly ports: LabPorts;
  readonly folders: Folders;
  readonly postgres: Server;
  readonly redis: Server;
  readonly certificateFile: string;
}

async function startExporters(
  stage: Stage,
  { ports, folders, postgres, redis, certificateFile }: ExporterNeeds,
): Promise<Lab['exporters']> {
  return {
    postgres: await stage.use(
      startPostgresExporter({
        databaseUrl: postgres.url,
        port: ports.postgresExporter,
        collectors: ['stat_checkpointer', 'long_running_transactions', 'stat_statements'],
      }),
    ),
    redis: await stage.use(startRedisExporter({ redisUrl: redis.url, port: ports.redisExporter })),
    node: await stage.use(startNodeExporter({ textfileFolder: folders.textfiles, port: ports.nodeExporter })),
    blackbox: await stage.use(
      startBlackboxExporter({
        configFile: join(folders.pack, 'monitoring/blackbox.yml'),
        port: ports.blackboxExporter,
        certificateFile,
      }),
    ),
  };
}

async function runBackup(databaseUrl: string, textfileFolder: string, fail: boolean): Promise<void> {
  const { code, output } = await runCommand(
    process.execPath,
    [exampleEntry('backup.js'), ...(fail ? ['--fail'] : [])],
    {
      env: {
        DATABASE_URL: databaseUrl,
        TEXTFILE_FOLDER: textfileFolder,
        BACKUP_FOLDER: join(textfileFolder, '../backups'),
      },
    },
  );
  if ((code === 0) === fail)
    throw new TelltaleError('TELLTALE_SERVER', `Cannot run the example's backup as expected: ${output}`);
}
