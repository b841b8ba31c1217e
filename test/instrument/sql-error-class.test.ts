import { describe, expect, it } from 'vitest';
import { errorClassOf } from '../../src/instrument/postgres/sql-error-class.ts';

const coded = (code: string, message = ''): Error => Object.assign(new Error(message), { code });

describe('errorClassOf()', () => {
  it.each([
    [coded('23505'), '23'],
    [coded('57014', 'canceling statement due to statement timeout'), '57'],
    [coded('XX000'), 'XX'],
    [coded('ECONNREFUSED'), 'network'],
    [coded('EPIPE'), 'network'],
    [coded('ENOTFOUND'), 'network'],
    [coded('ERR_SOCKET_CLOSED'), 'network'],
    [coded('ETIMEDOUT'), 'timeout'],
    [new Error('timeout exceeded when trying to connect'), 'timeout'],
    [new Error('Query read timeout'), 'timeout'],
    [new Error('Connection terminated unexpectedly'), 'network'],
    [new Error('Client was closed and is not queryable'), 'network'],
    [new TypeError('Client was passed a null or undefined query'), 'other'],
    [coded('ERR_INVALID_ARG_TYPE'), 'other'],
    ['a string', 'other'],
    [null, 'other'],
  ])('%s is %s', (error, code) => {
    expect(errorClassOf(error)).toBe(code);
  });
});
