/** Data as YAML that YAML 1.1 and 1.2 readers understand alike. */
import { dump } from 'js-yaml';
import { generatedNotice } from './generated-notice.ts';

/** What may be written; keys whose value is `undefined` are left out. */
export type YamlValue =
  string | number | boolean | null | undefined | readonly YamlValue[] | { readonly [key: string]: YamlValue };

/**
 * A YAML document. js-yaml quotes every string that a reader of either version could take for something else (`yes`,
 * `1:30`, `=`); lines are not folded, and nothing is shared by reference, since not every reader follows anchors.
 * @param sources named in the first line as what to edit, e.g. `src/alerts/`
 */
export function toYaml(value: YamlValue, sources: string): string {
  return `# ${generatedNotice(sources)}\n${yamlBody(value)}`;
}

/** The document without its first line, for YAML inside another text. */
export function yamlBody(value: YamlValue): string {
  return dump(withoutUndefined(value), { noRefs: true, lineWidth: -1, quoteStyle: 'double' });
}

/** The same data with every string (not the keys) changed, e.g. escaped for the program that will read it. */
export function mapStrings(value: YamlValue, change: (text: string) => string): YamlValue {
  if (typeof value === 'string') return change(value);
  if (isList(value)) return value.map((item) => mapStrings(item, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapStrings(item, change)]));
}

function withoutUndefined(value: YamlValue): YamlValue {
  if (isList(value)) return value.map(withoutUndefined);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.map(([key, item]) => [key, withoutUndefined(item)]));
}

/** `Array.isArray` does not narrow readonly arrays. */
function isList(value: YamlValue): value is readonly YamlValue[] {
  return Array.isArray(value);
}
