import { describe, expect, it } from 'vitest';
import { toModel } from '../../src/config/to-model.ts';
import { clockTime } from '../../src/runbooks/clock-time.ts';
import { setUpFor, usesWord } from '../../src/runbooks/terminal/set-up.ts';
import { urlOnHost } from '../../src/runbooks/terminal/stack.ts';
import { platforms, terminalWords } from '../../src/runbooks/terminal/words.ts';

const model = toModel({});

describe('setUpFor()', () => {
  it('defines what the commands use and what that needs, in an order that works', () => {
    expect(setUpFor(model, ['kill -USR1 "$(service_pid)"'])).toBe(
      [
        'SERVICE=api # from the alert; one of: api, payments',
        'service_exec() { docker compose exec -T "$SERVICE" "$@"; }',
        'service_pid() { service_exec sh -c \'pidof node | tr " " "\\n" | sort -n | head -n 1\'; }',
      ].join('\n'),
    );
  });

  it('is empty for commands that need nothing', () => {
    expect(setUpFor(model, ['docker compose ps'])).toBe('');
  });

  it('quotes names of the model', () => {
    expect(setUpFor(toModel({ environment: "it's; rm -rf /" }), ['echo $ENVIRONMENT'])).toBe(
      "ENVIRONMENT='it'\\''s; rm -rf /'",
    );
  });

  it('knows where each service answers, seen from the host', () => {
    expect(setUpFor(model, ['curl "$SERVICE_URL/metrics"'])).toContain(
      'api) SERVICE_URL=http://localhost:3000 ;; payments) SERVICE_URL=http://localhost:3001 ;;',
    );
  });
});

describe('terminalWords()', () => {
  it('are defined on every platform', () => {
    const undefinedWords = terminalWords(model).flatMap(({ word, define }) =>
      platforms.filter((platform) => !define[platform].includes(word)).map((platform) => `${word} on ${platform}`),
    );
    expect(undefinedWords).toEqual([]);
  });

  it('need only words that are defined before them', () => {
    const words = terminalWords(model);
    const late = words.flatMap(({ word, needs }, index) =>
      needs.filter((need) => !words.slice(0, index).some((before) => before.word === need)).map((need) => [word, need]),
    );
    expect(late).toEqual([]);
  });
});

describe('usesWord()', () => {
  it.each([
    ['echo "$SERVICE"', 'SERVICE', true],
    ['echo "${SERVICE%x}"', 'SERVICE', true],
    ['echo "$SERVICE_URL"', 'SERVICE', false],
    ['service_logs 15m', 'service_logs', true],
    ['my_service_logs', 'service_logs', false],
  ])('%s uses %s: %s', (command, word, used) => {
    expect(usesWord(command, word)).toBe(used);
  });
});

describe('urlOnHost()', () => {
  it('replaces the name that containers have for the host', () => {
    expect(urlOnHost('http://host.docker.internal:3000')).toBe('http://localhost:3000');
    expect(urlOnHost('https://shop.example.com')).toBe('https://shop.example.com');
  });
});

describe('clockTime()', () => {
  it.each([
    [30, '30 s'],
    [60, '1 min'],
    [375, '6 min 15 s'],
    [5400, '1 h 30 min'],
    [259_200, '3 days'],
  ])('%d s is %s', (seconds, text) => {
    expect(clockTime(seconds)).toBe(text);
  });
});
