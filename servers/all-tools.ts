/** The programs the tests, the demo, the proof and the drill run: which version is enough, and how to find and ask each. */

/** What must be known about a program to find it, judge it and unpack it. */
export interface ToolSpec {
  /** The oldest version that is enough, e.g. `3.5`. */
  readonly minimum: string;
  /** Its usual file names, the project's own first. */
  readonly binaries: readonly string[];
  /** Folders outside PATH where a stand-alone copy is often installed. */
  readonly alsoIn?: readonly string[];
  /** Arguments that make it print its version and end. */
  readonly versionArguments: readonly string[];
  /** Finds the version, as its first group, in what that prints. */
  readonly versionPattern: RegExp;
  readonly debian: {
    readonly package: string;
    /** Other packages its files are spread over. */
    readonly with?: readonly string[];
    /**
     * `own-suite`: written in C, so it needs this machine's C library and the libraries packaged beside it.
     * `newest-suite`: written in Go, runs wherever the C library is recent enough.
     */
    readonly from: 'newest-suite' | 'own-suite';
    /** A folder of its data whose absolute path is built into the programs. */
    readonly dataFolder?: string;
  };
}

const dockerPluginFolders = [
  '~/.docker/cli-plugins',
  '/usr/local/libexec/docker/cli-plugins',
  '/usr/local/lib/docker/cli-plugins',
  '/usr/libexec/docker/cli-plugins',
  '/usr/lib/docker/cli-plugins',
] as const;

/** Debian's programs read their default templates from there instead of carrying them. */
const alertmanagerPackage = {
  package: 'prometheus-alertmanager',
  from: 'newest-suite',
  dataFolder: '/usr/share/prometheus/alertmanager',
} as const;

export const allTools = {
  prometheus: {
    minimum: '3.5',
    binaries: ['prometheus'],
    versionArguments: ['--version'],
    versionPattern: /prometheus, version v?(\d[\d.]*)/,
    debian: { package: 'prometheus', from: 'newest-suite' },
  },
  promtool: {
    minimum: '3.5',
    binaries: ['promtool'],
    versionArguments: ['--version'],
    versionPattern: /promtool, version v?(\d[\d.]*)/,
    debian: { package: 'promtool', from: 'newest-suite' },
  },
  alertmanager: {
    minimum: '0.28',
    binaries: ['alertmanager', 'prometheus-alertmanager'],
    versionArguments: ['--version'],
    versionPattern: /alertmanager, version v?(\d[\d.]*)/,
    debian: alertmanagerPackage,
  },
  amtool: {
    minimum: '0.28',
    binaries: ['amtool'],
    versionArguments: ['--version'],
    versionPattern: /amtool, version v?(\d[\d.]*)/,
    debian: alertmanagerPackage,
  },
  'docker-compose': {
    minimum: '2.20',
    binaries: ['docker-compose'],
    alsoIn: dockerPluginFolders,
    versionArguments: ['version'],
    versionPattern: /docker[- ]compose version v?(\d[\d.]*)/i,
    debian: { package: 'docker-compose', from: 'newest-suite' },
  },
  'redis-server': {
    minimum: '6',
    binaries: ['redis-server'],
    versionArguments: ['--version'],
    versionPattern: /server v=(\d[\d.]*)/,
    debian: { package: 'redis-server', with: ['redis-tools'], from: 'own-suite' },
  },
  'node-exporter': {
    minimum: '1.8',
    binaries: ['node_exporter', 'prometheus-node-exporter'],
    versionArguments: ['--version'],
    versionPattern: /node_exporter, version v?(\d[\d.]*)/,
    debian: { package: 'prometheus-node-exporter', from: 'newest-suite' },
  },
  pushgateway: {
    minimum: '1.5',
    binaries: ['pushgateway', 'prometheus-pushgateway'],
    versionArguments: ['--version'],
    versionPattern: /pushgateway, version v?(\d[\d.]*)/,
    debian: { package: 'prometheus-pushgateway', from: 'newest-suite' },
  },
  'postgres-exporter': {
    minimum: '0.16',
    binaries: ['postgres_exporter', 'prometheus-postgres-exporter'],
    versionArguments: ['--version'],
    versionPattern: /postgres_exporter, version v?(\d[\d.]*)/,
    debian: { package: 'prometheus-postgres-exporter', from: 'newest-suite' },
  },
  'redis-exporter': {
    minimum: '1.60',
    binaries: ['redis_exporter', 'prometheus-redis-exporter'],
    versionArguments: ['--version'],
    versionPattern: /Redis Metrics Exporter v?(\d[\d.]*)/,
    debian: { package: 'prometheus-redis-exporter', from: 'newest-suite' },
  },
  'blackbox-exporter': {
    minimum: '0.25',
    binaries: ['blackbox_exporter', 'prometheus-blackbox-exporter'],
    versionArguments: ['--version'],
    versionPattern: /blackbox_exporter, version v?(\d[\d.]*)/,
    debian: { package: 'prometheus-blackbox-exporter', from: 'newest-suite' },
  },
} as const satisfies Record<string, ToolSpec>;

export type ToolName = keyof typeof allTools;

export const allToolNames: readonly ToolName[] = Object.keys(allTools) as ToolName[];

/** The specification of a tool, as the wide type: optional fields can be read on every entry. */
export function toolSpec(name: ToolName): ToolSpec {
  return allTools[name];
}
