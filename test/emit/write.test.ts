import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findDrift } from '../../src/emit/drift.ts';
import { unifiedDiff } from '../../src/emit/diff.ts';
import type { FileSet } from '../../src/emit/file-set.ts';
import { generatedNotice } from '../../src/emit/generated-notice.ts';
import { generatedTable } from '../../src/emit/generated-paths.ts';
import { writeFiles } from '../../src/emit/write.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'telltale-write-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const notice = generatedNotice('telltale.config.ts');

/** A file set with its record, as a run makes it. */
function pack(texts: Readonly<Record<string, string>>): FileSet {
  const rows = [...Object.keys(texts), 'monitoring/README.md'].map((path) => ({ path, edit: 'x' }));
  return new Map([
    ...Object.entries(texts),
    ['monitoring/README.md', `<!-- ${notice} -->\n\n${generatedTable(rows)}\n`],
  ]);
}

/** Every file below the folder, with its text. */
async function contents(root = folder): Promise<Record<string, string>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    await Promise.all(files.map(async (file) => [file.slice(root.length + 1), await readFile(file, 'utf8')])),
  );
}

describe('writeFiles()', () => {
  it('writes every file, and makes the folders that are needed', async () => {
    const files = pack({ 'alerts/a.yml': `# ${notice}\na: 1\n`, 'monitoring/targets/app.json': '[]\n' });
    const drift = await writeFiles(files, join(folder, 'new'));
    expect(await contents(join(folder, 'new'))).toEqual(Object.fromEntries(files));
    expect(drift.added).toEqual(['alerts/a.yml', 'monitoring/targets/app.json', 'monitoring/README.md']);
  });

  it('changes nothing when it runs again', async () => {
    const files = pack({ 'a.yml': `# ${notice}\n` });
    await writeFiles(files, folder);
    expect(await writeFiles(files, folder)).toEqual({
      added: [],
      changed: [],
      removed: [],
      unchanged: ['a.yml', 'monitoring/README.md'],
    });
  });

  it('removes what an earlier run made and this one does not, and nothing else', async () => {
    const mine = 'written by hand\n';
    await writeFiles(
      pack({
        'alerts/old.yml': `# ${notice}\n`,
        'alerts/taken.yml': `# ${notice}\n`,
        'monitoring/targets/old.json': '[]\n',
      }),
      folder,
    );
    await writeFile(join(folder, 'alerts/taken.yml'), mine);
    await writeFile(join(folder, 'alerts/copy.yml'), `# ${notice}\n`);
    const files = pack({ 'alerts/new.yml': `# ${notice}\n` });
    const { removed } = await writeFiles(files, folder);
    expect(removed.map(({ path }) => path)).toEqual(['alerts/old.yml', 'monitoring/targets/old.json']);
    expect(await contents()).toEqual({
      ...Object.fromEntries(files),
      'alerts/taken.yml': mine,
      'alerts/copy.yml': `# ${notice}\n`,
    });
  });

  it.each(['../outside.yml', '/etc/outside.yml', 'a/../../outside.yml', 'a\\b.yml', './a.yml', 'a//b.yml', 'a\0.yml'])(
    'refuses the path %j, and writes nothing',
    async (path) => {
      const files = new Map([
        ['a.yml', ''],
        [path, ''],
      ]);
      await expect(writeFiles(files, folder)).rejects.toMatchObject({
        code: 'TELLTALE_WRITE',
        message: `Cannot write "${path}" as it is outside the output folder: paths are relative and plain`,
      });
      expect(await contents()).toEqual({});
    },
  );

  it('refuses to write through a symbolic link, to a file or to a folder', async () => {
    const elsewhere = await mkdtemp(join(tmpdir(), 'telltale-elsewhere-'));
    await writeFile(join(elsewhere, 'file.yml'), 'untouched');
    await symlink(elsewhere, join(folder, 'alerts'));
    await symlink(join(elsewhere, 'file.yml'), join(folder, 'b.yml'));
    await expect(
      writeFiles(
        new Map([
          ['alerts/a.yml', 'x'],
          ['b.yml', 'x'],
          ['c.yml', 'x'],
        ]),
        folder,
      ),
    ).rejects.toMatchObject({
      code: 'TELLTALE_WRITE',
      message: ['alerts', 'b.yml']
        .map(
          (path) =>
            `Cannot write to "${join(folder, path)}" as it is a symbolic link: files must be in the folder itself`,
        )
        .join('\n'),
    });
    expect(await contents(elsewhere)).toEqual({ 'file.yml': 'untouched' });
    expect(await readdir(folder)).toEqual(['alerts', 'b.yml']);
    await rm(elsewhere, { recursive: true });
  });

  it('leaves everything as it was when a file is where a folder must be', async () => {
    await writeFile(join(folder, 'runbooks'), 'a file');
    const files = new Map([
      ['alerts/deep/a.yml', 'x'],
      ['b.yml', 'x'],
      ['runbooks/c.md', 'x'],
    ]);
    await expect(writeFiles(files, folder)).rejects.toMatchObject({ code: 'TELLTALE_WRITE', fix: expect.any(String) });
    expect(await contents()).toEqual({ runbooks: 'a file' });
    expect(await readdir(folder)).toEqual(['runbooks']);
  });

  it('leaves everything as it was when a folder is not writable', async () => {
    await mkdir(join(folder, 'alerts'));
    await mkdir(join(folder, 'runbooks'));
    await writeFile(join(folder, 'alerts/a.yml'), 'old');
    await chmod(join(folder, 'runbooks'), 0o555);
    await chmod(join(folder, 'alerts'), 0o777);
    await chmod(folder, 0o755);
    expect(
      writeAsNobody(
        new Map([
          ['alerts/a.yml', 'new'],
          ['runbooks/b.md', 'new'],
        ]),
      ),
    ).toBe(
      `TELLTALE_WRITE Cannot write the pack to "${folder}" as "${folder}/runbooks/b.md.telltale-draft" answers EACCES: nothing was changed`,
    );
    expect(await contents()).toEqual({ 'alerts/a.yml': 'old' });
  });
});

describe('findDrift()', () => {
  it('says what would change, and writes nothing', async () => {
    await writeFiles(pack({ 'a.yml': `# ${notice}\na\nb\n`, 'gone.yml': `# ${notice}\nz\n` }), folder);
    const before = await contents();
    const files = new Map(
      [...pack({ 'a.yml': `# ${notice}\na\nc\n`, 'new.yml': 'n\n' })].filter(
        ([path]) => path !== 'monitoring/README.md',
      ),
    );
    const drift = await findDrift(files, folder);
    expect(await contents()).toEqual(before);
    expect(drift.unchanged).toEqual([]);
    const withoutReadme = { ...drift, removed: drift.removed.filter(({ path }) => path !== 'monitoring/README.md') };
    expect(unifiedDiff(files, withoutReadme)).toBe(
      [
        '--- a/a.yml',
        '+++ b/a.yml',
        '@@ -1,3 +1,3 @@',
        ` # ${notice}`,
        ' a',
        '-b',
        '+c',
        '--- a/gone.yml',
        '+++ /dev/null',
        '@@ -1,2 +0,0 @@',
        `-# ${notice}`,
        '-z',
        '--- /dev/null',
        '+++ b/new.yml',
        '@@ -0,0 +1,1 @@',
        '+n',
        '',
      ].join('\n'),
    );
  });
});

/** Runs the writer without root's right to write anywhere. */
function writeAsNobody(files: FileSet): string {
  const script = `
    import('${new URL('../../node_modules/jiti/lib/jiti.mjs', import.meta.url).href}').then(async ({ createJiti }) => {
      const { writeFiles } = await createJiti('${import.meta.url}', { fsCache: false }).import('../../src/emit/write.ts');
      if (process.getuid() === 0) { process.setgid(65534); process.setuid(65534); }
      await writeFiles(new Map(${JSON.stringify([...files])}), '${folder}').catch((error) => console.log(error.code, error.message));
    });`;
  return execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' }).trim();
}
