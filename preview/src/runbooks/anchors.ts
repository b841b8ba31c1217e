/** Fragments of headings, as GitHub and GitLab give them: the links of the emitted runbooks rely on it. */
import { anchorOf } from '../../../src/emit/markdown.ts';

/** @returns a function that names one heading after the other, each differently */
export function anchorsOf(): (heading: string) => string {
  const used = new Map<string, number>();
  return (heading) => {
    const anchor = anchorOf(heading);
    const times = used.get(anchor) ?? 0;
    used.set(anchor, times + 1);
    return times === 0 ? anchor : `${anchor}-${times}`;
  };
}
