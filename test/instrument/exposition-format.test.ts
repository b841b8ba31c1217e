import { describe, expect, test } from 'vitest';
import { formatOf, negotiateFormat } from '../../src/instrument/exposition/format.ts';
import { acceptsGzip } from '../../src/instrument/exposition/header.ts';

const prometheus3 =
  'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2';
const prometheus2 =
  'application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1';
const withProtobuf =
  'application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.6,application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.2';
const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8';

describe('negotiateFormat()', () => {
  test.each([
    ['Prometheus 3', prometheus3, 'openmetrics'],
    ['Prometheus 2', prometheus2, 'openmetrics'],
    ['Prometheus with protobuf', withProtobuf, 'openmetrics'],
    ['Prometheus told to prefer text', 'text/plain;version=0.0.4;q=0.5,application/openmetrics-text;q=0.4', 'text'],
    ['a scraper of an older OpenMetrics', 'application/openmetrics-text;version=0.0.1,text/plain;q=0.5', 'text'],
    ['a scraper that refuses OpenMetrics', 'application/openmetrics-text;q=0,*/*;q=0.1', 'text'],
    ['upper case and spaces', 'Application/OpenMetrics-Text ; Version=1.0.0 ; Q=0.9 , text/plain;q=0.1', 'openmetrics'],
    ['a quoted version', 'application/openmetrics-text; version="1.0.0"', 'openmetrics'],
    ['no version', 'application/openmetrics-text', 'openmetrics'],
    ['a scraper that names it beside anything else', 'application/openmetrics-text, */*', 'openmetrics'],
    ['any application', 'application/*', 'openmetrics'],
    ['any text', 'text/*', 'text'],
  ] as const)('serves %s', (_, accept, format) => {
    expect([negotiateFormat(accept, 'text'), negotiateFormat(accept, 'openmetrics')]).toEqual([format, format]);
  });

  test.each([
    ['no header', undefined],
    ['an empty one', ''],
    ['anything', '*/*'],
    ['a browser', browser],
    ['only what there is not', 'application/json'],
    ['nothing at all', '*/*;q=0'],
    ['nonsense', ';,;;q=x,='],
  ])('leaves it to the registry for %s', (_, accept) => {
    expect([negotiateFormat(accept, 'text'), negotiateFormat(accept, 'openmetrics')]).toEqual(['text', 'openmetrics']);
  });
});

describe('formatOf()', () => {
  test.each([
    ['text/plain; version=0.0.4; charset=utf-8', 'text'],
    ['application/openmetrics-text; version=1.0.0; charset=utf-8', 'openmetrics'],
  ])('reads %s', (contentType, format) => {
    expect(formatOf(contentType)).toBe(format);
  });
});

describe('acceptsGzip()', () => {
  test.each([
    ['gzip', true],
    ['deflate, GZIP;q=0.5', true],
    ['x-gzip', true],
    ['gzip;q=0', false],
    ['gzip; q=0.0, identity', false],
    ['identity', false],
    ['*', false],
    ['', false],
    [undefined, false],
  ])('reads "%s" as %s', (header, expected) => {
    expect(acceptsGzip(header)).toBe(expected);
  });
});
