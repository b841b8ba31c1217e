/** Where unpacked programs are kept between runs. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { SystemRelease } from './debian/machine.ts';
import type { Environment } from './find-tool.ts';

/**
 * `$TELLTALE_CACHE`, else `$XDG_CACHE_HOME/telltale`, else `~/.cache/telltale`; below it one folder per kind of machine,
 * as a home folder may be shared between machines that cannot run each other's programs.
 */
export function cacheFolder(environment: Environment, release: SystemRelease): string {
  const base =
    environment['TELLTALE_CACHE'] ??
    join(environment['XDG_CACHE_HOME'] ?? join(environment['HOME'] ?? homedir(), '.cache'), 'telltale');
  const system = [process.platform, process.arch, release.id, release.codename].filter((part) => part !== '');
  return join(base, 'servers', system.join('-'));
}
