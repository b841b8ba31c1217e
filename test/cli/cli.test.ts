import { readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildCli, type BuiltCli } from './built-cli.ts';

let cli: BuiltCli;
let folder: string;

beforeAll(async () => {
  cli = await buildCli();
}, 120_000);
afterAll(() => cli.remove());

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'telltale-run-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const config = (text: string): Promise<void> => writeFile(join(folder, 'telltale.config.ts'), text);
const empty = "import { defineConfig } from 'telltale/generate';\nexport default defineConfig({});\n";

describe('telltale', () => {
  it('lists its commands and exit codes', async () => {
    expect(await cli.run(['--help'], folder)).toMatchInlineSnapshot(`
      {
        "code": 0,
        "err": "",
        "out": "telltale: dashboards, alerts and runbooks for Node services, from one typed catalog.

      Usage: telltale <command> [options]

        generate  write dashboards, alerts, runbooks and the monitoring stack
        check     check the config, and the dashboards, rules and runbooks that it makes, without a server
        secrets   write random secrets of the stack to monitoring/secrets/; never replaces one
        backup    run a command that makes a backup, and record how it ended, for cron jobs
        preview   show the dashboards and runbooks in a browser, with data from a Prometheus, until Ctrl-C

        telltale <command> --help   options of a command
        telltale --version          the version

      Exit codes: 0 done, 1 drift or problems found, 2 bad option, config or folder, 3 a mistake of telltale.
      ",
      }
    `);
  });

  it('lists the options of a command', async () => {
    expect((await cli.run(['generate', '--help'], folder)).out).toMatchInlineSnapshot(`
      "telltale generate: write dashboards, alerts, runbooks and the monitoring stack.

      Usage: telltale generate [options]

        --config <file>  config to read (default: telltale.config.{ts,mts,js,mjs,json} in this folder)
        --out <folder>   folder to write to (default: \`output\` of the config, or its own folder)
        --check          write nothing; print a diff and exit 1 when the files are not what would be written
        --dry-run        write nothing; list what would change
        --json           print the result as JSON
      "
    `);
  });

  it('prints its version', async () => {
    expect(await cli.run(['--version'], folder)).toEqual({ code: 0, out: '0.1.0\n', err: '' });
  });

  it('prints its help, and fails, without a command', async () => {
    expect(await cli.run([], folder)).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining('Usage: telltale'),
    });
  });

  it.each([
    [
      ['genrate'],
      'Cannot run "genrate" as there is no such command: known are "generate", "check", "secrets", "backup" and "preview"',
      'did you mean "telltale generate"?',
    ],
    [
      ['generate', '--chekc'],
      'Cannot run "generate" as it has no option "--chekc": known are "--config", "--out", "--check", "--dry-run" and "--json"',
      'did you mean "--check"?',
    ],
    [
      ['generate', '-x'],
      'Cannot run "generate" as it has no option "-x": known are "--config", "--out", "--check", "--dry-run" and "--json"',
      'see "telltale generate --help"',
    ],
    [['generate', '--out'], 'Cannot run "generate" with "--out": it needs a folder', 'write "--out <folder>"'],
    [
      ['generate', '--out', '--check'],
      'Cannot run "generate" with "--out": it needs a folder',
      'write "--out <folder>"',
    ],
    [['generate', '--check=yes'], 'Cannot run "generate" with "--check=yes": it takes no value', 'write "--check"'],
    [
      ['generate', 'everything'],
      'Cannot run "generate" as it takes no word such as "everything"',
      'see "telltale generate --help"',
    ],
  ])('refuses %j', async (words, message, fix) => {
    expect(await cli.run(words, folder)).toEqual({ code: 2, out: '', err: `error: ${message}\nfix: ${fix}\n` });
  });
});

describe('telltale generate', () => {
  it('says what it looked for when there is no config', async () => {
    const { code, err } = await cli.run(['generate'], folder);
    expect({ code, err }).toEqual({
      code: 2,
      err: `error: Cannot find a config as "${folder}" has none: looked for "telltale.config.ts", "telltale.config.mts", "telltale.config.js", "telltale.config.mjs" and "telltale.config.json"\nfix: write telltale.config.ts with "export default {}" for the shipped pack, or name a file with --config\n`,
    });
  });

  it('prints all problems of a config in one go, and no stack', async () => {
    await config("export default { services: [{ name: 'A', url: 'u' }], profile: 'x' };");
    expect(await cli.run(['generate'], folder)).toEqual({
      code: 2,
      out: '',
      err: [
        'error: Cannot use services[0].name as a service name must be lower case letters, digits and hyphens: current value is "A"',
        'error: Cannot use services[0].url as a URL must be http or https and parse: current value is "u"',
        'error: Cannot use profile as the profile must be one of "compose", "loopback" and "drill": current value is "x"',
        'fix: correct the config and run the command again',
        '',
      ].join('\n'),
    });
    const { code, out } = await cli.run(['generate', '--json'], folder);
    expect({ code, out: JSON.parse(out) as unknown }).toMatchObject({
      code: 2,
      out: {
        ok: false,
        code: 'TELLTALE_CONFIG',
        problems: [expect.any(String), expect.any(String), expect.any(String)],
      },
    });
  });

  it('writes the pack beside the config, and changes nothing when it runs again', async () => {
    await config(empty);
    const first = await cli.run(['generate'], folder);
    const again = await cli.run(['generate', '--json'], folder);
    expect(first).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/^added {4}alerts\/\S+\n/) });
    expect(first.out).toMatch(/\d+ added, 0 changed, 0 removed, 0 unchanged\n$/);
    expect(JSON.parse(again.out)).toEqual({
      ok: true,
      folder,
      added: [],
      changed: [],
      removed: [],
      unchanged: expect.any(Number),
    });
    expect((await readdir(folder)).sort()).toEqual([
      'alerts',
      'dashboards',
      'docker-compose.monitoring.yml',
      'monitoring',
      'runbooks',
      'telltale.config.ts',
    ]);
  });

  it('writes the same bytes every time', async () => {
    await config(empty);
    await cli.run(['generate', '--out', 'a'], folder);
    await cli.run(['generate', '--out', 'b'], folder);
    expect(await contents(join(folder, 'a'))).toEqual(await contents(join(folder, 'b')));
  });

  it('finds drift, prints it as a diff, and leaves it', async () => {
    await config(empty);
    await cli.run(['generate'], folder);
    expect(await cli.run(['generate', '--check'], folder)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/; no drift\n$/),
    });
    const file = join(folder, 'monitoring/blackbox.yml');
    await writeFile(file, (await readFile(file, 'utf8')).replace('timeout: 5s', 'timeout: 9s'));
    const { code, out } = await cli.run(['generate', '--check'], folder);
    expect({ code, lines: out.split('\n').filter((line) => /^[-+]/.test(line)) }).toEqual({
      code: 1,
      lines: ['--- a/monitoring/blackbox.yml', '+++ b/monitoring/blackbox.yml', '-    timeout: 9s', '+    timeout: 5s'],
    });
    expect(await readFile(file, 'utf8')).toContain('timeout: 9s');
  });

  it('lists what would change, and writes nothing, in a dry run', async () => {
    await config(empty);
    const { code, out } = await cli.run(['generate', '--dry-run'], folder);
    expect({ code, end: out.trimEnd().split('; ').at(-1) }).toEqual({ code: 0, end: 'nothing was written' });
    expect(await readdir(folder)).toEqual(['telltale.config.ts']);
  });

  it('writes to the folder that the config names, and leaves out the stack of another profile', async () => {
    await config("export default { output: 'pack', profile: 'loopback' };");
    await cli.run(['generate'], folder);
    expect((await readdir(join(folder, 'pack'))).sort()).toEqual(['alerts', 'dashboards', 'monitoring', 'runbooks']);
  });

  it('refuses to write through a symbolic link', async () => {
    await config(empty);
    await symlink(tmpdir(), join(folder, 'alerts'));
    expect(await cli.run(['generate'], folder)).toEqual({
      code: 2,
      out: '',
      err: `error: Cannot write to "${join(folder, 'alerts')}" as it is a symbolic link: files must be in the folder itself\nfix: replace the link by a folder or a file\n`,
    });
  });
});

describe('telltale check', () => {
  it('finds nothing wrong with the shipped pack', async () => {
    await config(empty);
    expect(await cli.run(['check'], folder)).toEqual({ code: 0, out: 'no problems\n', err: '' });
  });
});

describe('telltale secrets', () => {
  const secrets = 'monitoring/secrets';

  it('writes random secrets for their owner and the containers only, and never again', async () => {
    await config(empty);
    const first = await cli.run(['secrets'], folder);
    const files = [
      'grafana-admin-password',
      'grafana-secret-key',
      'postgres-exporter-password',
      'redis-exporter-passwords.json',
    ];
    expect(first).toEqual({ code: 0, err: '', out: files.map((file) => `written  ${secrets}/${file}\n`).join('') });
    const before = await contents(join(folder, secrets));
    expect(await cli.run(['secrets'], folder)).toEqual({
      code: 0,
      err: '',
      out: files.map((file) => `kept     ${secrets}/${file}\n`).join(''),
    });
    expect(await contents(join(folder, secrets))).toEqual(before);
    expect(before['grafana-admin-password']).toMatch(/^[\w-]{43}$/);
    expect(before['grafana-admin-password']).not.toBe(before['grafana-secret-key']);
    expect(before['redis-exporter-passwords.json']).toBe('{"redis://host.docker.internal:6379":""}\n');
    expect(before['.gitignore']).toBe('*\n');
    const modes = await Promise.all(
      ['', ...files].map(async (file) => (await stat(join(folder, secrets, file))).mode & 0o777),
    );
    expect(modes).toEqual([0o700, 0o444, 0o444, 0o444, 0o444]);
  });

  it('says which secrets only the user can write', async () => {
    await config(
      "export default { receivers: [{ name: 'chat', kind: 'slack', severities: ['critical'], secretFile: 'slack-url' }] };",
    );
    expect((await cli.run(['secrets'], folder)).out).toMatch(
      /missing {2}monitoring\/secrets\/slack-url: write the secret of the receiver chat \(slack\) into it\n$/,
    );
  });

  it('refuses a folder that is a symbolic link', async () => {
    await config(empty);
    await cli.run(['secrets'], folder);
    await rm(join(folder, secrets), { recursive: true });
    await symlink(tmpdir(), join(folder, secrets));
    expect(await cli.run(['secrets'], folder)).toMatchObject({
      code: 2,
      err: expect.stringContaining('it is a symbolic link'),
    });
  });
});

/** Every file below the folder, with its text. */
async function contents(root: string): Promise<Record<string, string>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const texts = files.map(async (file) => [file.slice(root.length + 1), await readFile(file, 'utf8')] as const);
  return Object.fromEntries(await Promise.all(texts));
}
