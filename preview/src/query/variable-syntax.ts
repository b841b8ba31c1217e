/**
 * Grafana's variable syntax: `$name`, `[[name]]`, `[[name:format]]`, `${name}`, `${name:format}`, `${name.path}`,
 * `${name.path:format}`, where a format may have an argument: `${__from:date:iso}`.
 * Source: https://grafana.com/docs/grafana/latest/dashboards/variables/variable-syntax/
 */

export interface Reference {
  readonly name: string;
  /** What follows the name: `raw` in `${__value.raw}`, `fields["a b"]` in `${__data.fields["a b"]}`. */
  readonly path?: string;
  readonly format?: string;
  /** `iso` in `${__from:date:iso}`. */
  readonly argument?: string;
}

const syntax =
  /\$(?<plain>\w+)|\[\[(?<square>\w+)(?::(?<squareFormat>\w+))?\]\]|\$\{(?<braced>\w+)(?:\.(?<path>[^:}]+))?(?::(?<format>\w+)(?::(?<argument>[^}]+))?)?\}/g;

/** Each reference is replaced by what `valueOf` gives; without a value it stays as it is. What was filled in is not read again. */
export function replaceReferences(text: string, valueOf: (reference: Reference) => string | undefined): string {
  return text.replace(syntax, (...match) => {
    const groups = match.at(-1) as Readonly<Record<string, string | undefined>>;
    return valueOf(referenceOf(groups)) ?? match[0];
  });
}

function referenceOf(groups: Readonly<Record<string, string | undefined>>): Reference {
  const { plain, square, braced, path, argument } = groups;
  const format = groups['format'] ?? groups['squareFormat'];
  return {
    name: plain ?? square ?? braced ?? '',
    ...(path === undefined ? {} : { path }),
    ...(format === undefined ? {} : { format }),
    ...(argument === undefined ? {} : { argument }),
  };
}
