import { describe, expect, it } from 'vitest';
import { errorTypeOf } from '../../src/instrument/errors/type.ts';

class PaymentDeclined extends Error {}

const named = (name: unknown): Error => Object.assign(new Error('x'), { name });

describe('errorTypeOf()', () => {
  it.each([
    [new Error('x'), 'Error'],
    [new TypeError('x'), 'TypeError'],
    [new PaymentDeclined('x'), 'PaymentDeclined'],
    [named('ValidationError'), 'ValidationError'],
    [Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), 'ECONNREFUSED'],
    [Object.assign(new Error('x'), { code: '23505' }), '23505'],
    [Object.assign(new Error('x'), { code: 'no user ann@example.org' }), 'Error'],
    [Object.assign(new Error('x'), { code: 42 }), 'Error'],
    [named('order 4711 failed'), 'Error'],
    [named(undefined), 'Error'],
    [{ name: 'Plain', message: 'x' }, 'Plain'],
    [{}, 'NonError'],
    [Object.create(null), 'NonError'],
    ['a string', 'NonError'],
    [undefined, 'NonError'],
  ])('case %#: its type is its code or class', (error, type) => {
    expect(errorTypeOf(error)).toBe(type);
  });
});
