/** The two generations of promtool: the one that `provide` finds, and an older one where the machine has it. */
import { findPromtool, type Promtool } from '../../../servers/promtool.ts';
import { provide } from '../../../servers/provide.ts';

/** At least one; the older is found among what was passed over, e.g. `/usr/bin/promtool is 2.42.0, older than 3.5`. */
export async function promtoolGenerations(): Promise<readonly Promtool[]> {
  const tool = await provide('promtool');
  const older = tool.passedOver.flatMap((line) => {
    const [, path, version] = /^(\S+) is (2\.\d+[\d.]*),/.exec(line) ?? [];
    return path === undefined || version === undefined ? [] : [{ ...tool, path, version, env: {}, origin: 'PATH' }];
  });
  return Promise.all([tool, ...older.slice(0, 1)].map((found) => findPromtool(found)));
}
