/** Keeps the folder that backup jobs write to in git, and what they write out of it. */
import { textfileFolder } from '../stack/exporter-containers.ts';
import { generatedNotice } from './generated-notice.ts';

export const textfileIgnorePath = `${textfileFolder}/.gitignore`;

export function textfileIgnore(): string {
  return `# ${generatedNotice('src/emit/textfile-ignore.ts')}\n*.prom\n*.prom.*\n`;
}
