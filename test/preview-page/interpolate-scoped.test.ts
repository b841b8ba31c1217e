import { describe, expect, it } from 'vitest';
import { interpolateScoped } from '../../preview/src/query/interpolate.ts';
import { contextOf } from './query-context.ts';

const display = (value: unknown): { text: string; numeric: number; suffix: string } => ({
  text: Number(value).toFixed(1),
  numeric: Number(value),
  suffix: ' ms',
});
const time = { name: 'Time', type: 'time', config: {}, values: [1000, 2000] };
const route = { name: 'route', type: 'string', config: { displayName: 'Route' }, values: ['/a b', '/c?d=e&f'] };
const value = {
  name: 'Value',
  type: 'number',
  labels: { service: 'api', 'a.b': 'x/y' },
  config: {},
  state: { displayName: 'p95' },
  values: [1.25, 2],
  display,
};
const frame = { refId: 'A', name: 'slow', fields: [time, route, value] };
const dataContext = (more: object): { readonly __dataContext: { readonly value: object } } => ({
  __dataContext: { value: { data: [frame], frame, ...more } },
});
const context = contextOf({ service: ['api'] });

describe('interpolateScoped() reads the field that a link belongs to', () => {
  const scoped = dataContext({ field: value, rowIndex: 1 });

  it.each([
    ['${__value.raw}', '2'],
    ['${__value.numeric}', '2'],
    ['${__value.text}', '2.0 ms'],
    ['${__value}', '2.0 ms'],
    ['${__value.time}', '2000'],
    ['${__field.name}', 'p95'],
    ['${__field.labels.service}', 'api'],
    ['${__field.labels["a.b"]:percentencode}', 'x%2Fy'],
    ['${__field.labels.nobody}', ''],
    ['${__field.labels}', 'service="api", a.b="x/y"'],
    ['${__series.name}', 'slow'],
    ['${__data.refId}', 'A'],
    ['${__data.fields["Route"]}', '/c?d=e&f'],
    ['${__data.fields["Route"]:percentencode}', '%2Fc%3Fd%3De%26f'],
    ['${__data.fields.route}', '/c?d=e&f'],
    ['${__data.fields[1]}', '/c?d=e&f'],
    ['${__data.fields.p95.numeric}', '2'],
    ['${__data.fields.nobody}', '${__data.fields.nobody}'],
    ['$service', 'api'],
    ['${__url_time_range}', 'from=now-15m&to=now'],
    ['$nobody', '$nobody'],
  ])('%s', (reference, expected) => {
    expect(interpolateScoped(reference, context, scoped)).toBe(expected);
  });

  it('encodes by the format that is handed over, unless the text names one', () => {
    const ofRoute = dataContext({ field: route, rowIndex: 0 });
    expect(interpolateScoped('${__value.raw} ${__value.raw:percentencode}', context, ofRoute, 'uriencode')).toBe(
      '/a%20b %2Fa%20b',
    );
  });

  it('names a series as its query does, also while a display name is made of it', () => {
    const named = { ...value, config: { displayName: '${__series.name}', displayNameFromDS: 'demo/api p95' } };
    const unnamed = { fields: [time, named] };
    const series = { __dataContext: { value: { data: [unnamed], frame: unnamed, field: named } } };
    expect(interpolateScoped('${__series.name}', context, series)).toBe('demo/api p95');
  });

  it('reads a value that was calculated from several rows', () => {
    const calculated = dataContext({ field: value, calculatedValue: { text: '9.0', numeric: 9, suffix: ' ms' } });
    expect(interpolateScoped('${__value.raw} ${__value.text}', context, calculated)).toBe('9 9.0 ms');
  });
});

describe('interpolateScoped() reads scoped variables', () => {
  it('before those of the dashboard', () => {
    expect(interpolateScoped('$service', context, { service: { value: 'other' } })).toBe('other');
  });

  it('and leaves fields alone that it is told nothing of', () => {
    expect(interpolateScoped('${__value.raw}', context)).toBe('${__value.raw}');
  });
});
