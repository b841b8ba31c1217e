/** Installs what is measured beside us, when the lock file has changed since the last time. */
import { installLocked } from '../servers/install-locked.ts';
import { peersFolder } from './paths.ts';

export function installPeers(progress: (line: string) => void): void {
  installLocked(peersFolder, (command) =>
    progress(`installing what is measured beside Telltale (${command} in bench/peers)`),
  );
}
