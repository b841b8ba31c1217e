/** The path of a request, for endpoints that look at every request: compared where it stands, nothing is cut out. */
import type { IncomingMessage } from 'node:http';

/** True where the path of the URL, without its query, is this one. */
export function hasPath({ url = '/' }: IncomingMessage, path: string): boolean {
  return url.startsWith(path) && (url.length === path.length || url.charCodeAt(path.length) === questionMark);
}

const questionMark = '?'.charCodeAt(0);
