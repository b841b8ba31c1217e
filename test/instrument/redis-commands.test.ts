import { describe, expect, it } from 'vitest';
import { cacheOperationOf, hitsAndMisses } from '../../src/instrument/redis-commands.ts';

describe('cacheOperationOf()', () => {
  it.each([
    ['get', 'get'],
    ['hgetall', 'get'],
    ['setex', 'set'],
    ['unlink', 'delete'],
    ['incr', 'other'],
    ['blpop', null],
    ['info', null],
  ])('%s is %s', (command, operation) => {
    expect(cacheOperationOf(command)).toBe(operation);
  });
});

describe('hitsAndMisses()', () => {
  it.each([
    ['get', 'v', { hits: 1, misses: 0 }],
    ['get', Buffer.from(''), { hits: 1, misses: 0 }],
    ['get', null, { hits: 0, misses: 1 }],
    ['mget', ['a', null, 'c'], { hits: 2, misses: 1 }],
    ['hgetall', [], { hits: 0, misses: 1 }],
    ['hgetall', ['field', 'value'], { hits: 1, misses: 0 }],
    ['hgetall', Object.create(null), { hits: 0, misses: 1 }],
    ['hgetall', new Map([['field', 'value']]), { hits: 1, misses: 0 }],
    ['get', Buffer.from('QUEUED'), null],
    ['get', 'QUEUED', null],
    ['set', 'OK', null],
  ])('%s with reply %j gives %j', (command, reply, expected) => {
    expect(hitsAndMisses(command, reply)).toEqual(expected);
  });
});
