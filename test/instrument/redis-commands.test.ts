import { describe, expect, it } from 'vitest';
import { cacheOperationOf, hitsAndMisses, readsOf } from '../../src/instrument/redis/commands.ts';

describe('cacheOperationOf()', () => {
  it.each([
    ['get', 'get'],
    ['hgetall', 'get'],
    ['setex', 'set'],
    ['unlink', 'delete'],
    ['incr', 'other'],
    ['exec', 'other'],
    ['blpop', null],
    ['info', null],
  ])('%s is %s', (command, operation) => {
    expect(cacheOperationOf(command)).toBe(operation);
  });
});

describe('readsOf()', () => {
  it.each([
    ['get', 1, 1],
    ['hgetall', 1, 1],
    ['mget', 3, 3],
    ['hmget', 3, 2],
    ['json.mget', 3, 2],
    ['hmget', 0, 1],
    ['set', 2, 0],
  ])('%s with %i arguments reads %i keys', (name, argumentCount, reads) => {
    expect(readsOf({ name, argumentCount })).toBe(reads);
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
    ['set', 'OK', null],
  ])('%s with reply %j gives %j', (command, reply, expected) => {
    expect(hitsAndMisses(command, reply)).toEqual(expected);
  });
});
