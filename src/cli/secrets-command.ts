/** `telltale secrets` */
import { toModel } from '../config/to-model.ts';
import { writeSecrets, type WrittenSecrets } from '../emit/write-secrets.ts';
import { secretsFolder, secretsOf } from '../stack/secrets.ts';
import type { Run } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { openConfig } from './open-config.ts';
import { paint, type Terminal } from './terminal.ts';

export const secretsCommand: Run = async (options, terminal) => {
  const { config, folder } = await openConfig(options, terminal);
  const result = await writeSecrets(secretsOf(toModel(config)), folder);
  if (options['json'] === true) terminal.out(`${JSON.stringify({ ok: true, folder, ...result }, null, 2)}\n`);
  else print(result, terminal);
  return exitCodes.ok;
};

function print({ written, kept, missing }: WrittenSecrets, terminal: Terminal): void {
  for (const file of written) terminal.out(`written  ${secretsFolder}/${file}\n`);
  for (const file of kept) terminal.out(`kept     ${secretsFolder}/${file}\n`);
  for (const { file, describes } of missing) {
    terminal.out(`${paint(terminal, 'yellow', 'missing')}  ${secretsFolder}/${file}: write the ${describes} into it\n`);
  }
}
