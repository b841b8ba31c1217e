import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interpolate } from '../../preview/src/query/interpolate.ts';
import { contextOf, several, single, variablesOf } from './query-context.ts';

const one = (value: string): string => interpolate('$x', contextOf({ x: [value] }));
const alone = (value: string): string =>
  interpolate('$x', contextOf({}, { variables: variablesOf([single('x', value)]) }));

describe('interpolate() understands Grafana’s ways to name a variable', () => {
  const context = contextOf({ job: ['api'] });

  it.each(['$job', '${job}', '[[job]]', '${job:pipe}', '[[job:pipe]]'])('%s', (reference) => {
    expect(interpolate(`up{job=~"${reference}"}`, context)).toBe('up{job=~"api"}');
  });

  it('takes the longest name', () => {
    expect(interpolate('$job_name $jobs', context)).toBe('$job_name $jobs');
  });

  it('leaves unknown variables as they are', () => {
    const text = 'label_replace(up, "a", "$1", "b", "(.*)$") $nobody ${nobody:csv} [[nobody]] ${job.text}';
    expect(interpolate(text, context)).toBe(text);
  });

  it('does not read again what it filled in', () => {
    expect(interpolate('$a', contextOf({ a: ['$b'], b: ['secret'] }))).toBe(String.raw`\\$b`);
  });
});

describe('interpolate() fills the matchers of a query', () => {
  it.each([
    ['a dot', '10.0.0.1:9090', String.raw`10\\.0\\.0\\.1:9090`],
    ['slashes and colons', '/courses/:id', '/courses/:id'],
    ['a double quote', 'say "hi"', String.raw`say \"hi\"`],
    ['a single quote', "it's", "it's"],
    ['a backslash', String.raw`C:\temp`, String.raw`C:\\\\temp`],
    ['a pipe', 'a|b', String.raw`a\\|b`],
    ['unicode', 'Zürich 東京 🎓', 'Zürich 東京 🎓'],
    [
      'a regular expression',
      String.raw`/c/(\d+)(?:-[\w-]*)?`,
      String.raw`/c/\\(\\\\d\\+\\)\\(\\?:-\\[\\\\w-\\]\\*\\)\\?`,
    ],
    ['a line break', 'a\nb', String.raw`a\nb`],
  ])('with %s, for a regular expression', (_what, value, expected) => {
    expect(one(value)).toBe(expected);
  });

  it.each([
    ['a dot', '10.0.0.1', '10.0.0.1'],
    ['a double quote', 'say "hi"', String.raw`say \"hi\"`],
    ['a backslash', String.raw`C:\temp`, String.raw`C:\\temp`],
    ['a pipe', 'a|b', 'a|b'],
  ])('with %s, for an exact match of a variable that takes one value', (_what, value, expected) => {
    expect(alone(value)).toBe(expected);
  });

  it('with several values, as alternatives', () => {
    expect(interpolate('$job', contextOf({ job: ['api', 'a.b'] }))).toBe(String.raw`(api|a\\.b)`);
  });

  it('with what stands for all, as it is', () => {
    expect(interpolate('$job', contextOf({ job: ['$__all'] }))).toBe('.+');
  });

  it('with all options when nothing stands for all', () => {
    const { allValue: _none, ...variable } = several('job', ['$__all']);
    const variables = variablesOf([{ ...variable, options: ['a', 'b'] }]);
    expect(interpolate('$job', contextOf({}, { variables }))).toBe('(a|b)');
  });

  it('so that exactly the chosen value matches, whatever it is', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 20 });
    fc.assert(
      fc.property(text, text, (value, other) => {
        // A double-quoted string of PromQL is read as JSON reads one.
        const pattern = new RegExp(`^(?:${String(JSON.parse(`"${one(value)}"`))})$`, 's');
        expect(pattern.test(value)).toBe(true);
        expect(pattern.test(other)).toBe(other === value);
      }),
    );
  });
});

describe('interpolate() fills Grafana’s own variables', () => {
  const context = contextOf(
    { datasource: ['Prometheus'], job: ['a', 'b'] },
    { dashboard: { uid: 'telltale-api', title: 'API' } },
  );

  it.each([
    ['$__rate_interval', '135s'],
    ['${__rate_interval}', '135s'],
    ['$__rate_interval_ms', '135000'],
    ['$__interval', '120s'],
    ['$__interval_ms', '120000'],
    ['$__range', '900s'],
    ['$__range_s', '900'],
    ['$__range_ms', '900000'],
    ['$__from', '1767322800000'],
    ['${__to}', '1767323700000'],
    ['${__from:date}', '2026-01-02T03:00:00.000Z'],
    ['${__from:date:iso}', '2026-01-02T03:00:00.000Z'],
    ['${__from:date:seconds}', '1767322800'],
    ['${datasource}', 'Prometheus'],
    ['${__dashboard.uid}', 'telltale-api'],
    ['${__dashboard}', 'API'],
    ['${__url_time_range}', 'from=now-15m&to=now'],
    ['${__all_variables}', 'var-datasource=Prometheus&var-job=a&var-job=b'],
  ])('%s', (reference, expected) => {
    expect(interpolate(reference, context, { stepSeconds: 120 })).toBe(expected);
  });

  it('takes scrapes for the step when there is none', () => {
    expect(interpolate('$__interval $__rate_interval', context)).toBe('15s 60s');
  });

  it('writes a step below a second in milliseconds', () => {
    expect(interpolate('$__interval', context, { stepSeconds: 0.5 })).toBe('500ms');
  });
});
