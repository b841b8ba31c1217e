/** Paths as text for a label: what the application wrote, made uniform. */
import type { RawPath } from './express-shapes.ts';

const catchAll = /^\/?(?:\{?\/?\*\w*\}?|\(?\.\*\)?)$/;

/** A path of Express as the text of a template, with a leading slash and none at the end; '' for `/`. */
export function templateOfPath(path: string | RegExp): string {
  const text = path instanceof RegExp ? regExpText(path) : path;
  const trimmed = text.replace(/(?<!\\)\/+$/, '');
  return trimmed === '' || trimmed.startsWith('/') || trimmed.startsWith('{/') ? trimmed : `/${trimmed}`;
}

/** The single paths of what was given to Express. */
export function flattenPath(path: RawPath): readonly (string | RegExp)[] {
  return Array.isArray(path) ? (path as readonly RawPath[]).flatMap(flattenPath) : [path as string | RegExp];
}

/** True for the patterns that match every path below the router they are in: `*`, `/*splat`, `/{*splat}`, `(.*)`. */
export function matchesEverything(template: string): boolean {
  return template === '' || catchAll.test(template);
}

/** Templates of mounts and of a route, put together; `/` when all are empty. */
export function joinTemplates(base: string, own: string): string {
  const joined = base + own;
  return joined === '' ? '/' : joined;
}

/** Source of a RegExp without anchors and with plain slashes: `/^\/re\/(\d+)$/` is `/re/(\d+)`. */
function regExpText(path: RegExp): string {
  return path.source
    .replace(/^\^/, '')
    .replace(/(?<!\\)\$$/, '')
    .replace(/\\\/\?$/, '')
    .replaceAll('\\/', '/');
}
