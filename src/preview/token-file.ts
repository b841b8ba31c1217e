/** A bearer token in a file. Its content is never part of a message. */
import { readFile } from 'node:fs/promises';
import { TelltaleError } from '../errors.ts';

/** @throws TELLTALE_OPTION when the file cannot be read, or holds no token */
export type ReadToken = () => Promise<string>;

/** Reads the file each time, so that a token that is replaced while the preview runs is taken up. */
export function tokenFrom(file: string): ReadToken {
  return async () => {
    const text = (await readText(file)).trim();
    // What RFC 6750 lets a token be made of; anything else would also break the header.
    if (/^[\w.~+/-]+=*$/.test(text)) return text;
    throw new TelltaleError('TELLTALE_OPTION', `Cannot use "${file}" as a token file: it must hold one token`, {
      fix: 'write the token, and nothing else, into the file',
    });
  };
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const { code = 'unknown' } = cause as NodeJS.ErrnoException;
    throw new TelltaleError('TELLTALE_OPTION', `Cannot read "${file}" as a token file: ${code}`, {
      fix: 'correct the path, or make the file readable',
      cause,
    });
  }
}
