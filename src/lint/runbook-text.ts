/** Nothing is left to be written: no placeholder, no empty section, no heading twice, no step without an answer. */
import { headingsOf, proseOf } from './runbook-markdown.ts';
import { perPage, type RunbookInput, type RunbookProblem } from './runbook-problem.ts';
import { stepsByPage } from './runbook-queries.ts';

const placeholder =
  /\b(?:TODO|TBD|FIXME|XXX|lorem ipsum|coming soon|to be (?:done|written|defined))\b|<your[- _][^>]*>|\bchange-?me\b|\bundefined\b|\[object Object\]|\[\[(?:alert|runbook|dashboard|section|step):/i;

export function checkText({ pack, files }: RunbookInput): readonly RunbookProblem[] {
  const texts = perPage(files, (text) => [
    ...[text, proseOf(text)]
      .flatMap((part) => placeholder.exec(part)?.[0] ?? [])
      .slice(0, 1)
      .map((found) => `holds the placeholder "${found}"`),
    ...headingsOf(text)
      .filter(({ empty }) => empty)
      .map((heading) => `has nothing below the heading "${heading.text}"`),
    ...repeated(headingsOf(text).map((heading) => heading.text)).map((heading) => `has the heading "${heading}" twice`),
  ]);
  const steps = stepsByPage(pack).flatMap(({ page, steps: all }) =>
    all
      .filter(({ expected, ifNot, minutes }) => expected.trim() === '' || ifNot.trim() === '' || !(minutes > 0))
      .map(({ title }) => ({
        page,
        problem: `has the step "${title}" without what to expect, what to do otherwise, or a time`,
      })),
  );
  return [...texts, ...steps, ...unordered({ pack, files })];
}

/** Mitigations that can be undone come before those that lose data. */
function unordered({ pack }: RunbookInput): RunbookProblem[] {
  return pack.alerts.flatMap(({ page, pagePath }) => {
    const first = page.mitigation.findIndex(({ destructive }) => destructive !== undefined);
    const late = first < 0 ? [] : page.mitigation.slice(first).filter(({ destructive }) => destructive === undefined);
    return late.map(({ title }) => ({ page: pagePath, problem: `offers "${title}" after a step that loses data` }));
  });
}

function repeated(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.filter((text, index) => texts.indexOf(text) !== index))];
}
