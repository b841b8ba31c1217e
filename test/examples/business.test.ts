import { describe, expect, it } from 'vitest';
import { classroomModel } from '../../examples/api/business.ts';
import { paymentsModel } from '../../examples/payments/business.ts';
import { businessCatalog } from '../../src/catalog/business.ts';

/** The catalog's entries, without what a declaration leaves to the kit. */
const declared = Object.fromEntries(
  Object.entries(businessCatalog).map(([key, { exposedBy: _exposedBy, otel: _otel, labels, ...entry }]) => [
    key,
    Object.keys(labels).length === 0 ? entry : { ...entry, labels },
  ]),
);

describe('the business models of the example', () => {
  it('declare what the default model of the generator expects', () => {
    expect({ ...classroomModel, ...paymentsModel }).toEqual(declared);
  });
});
