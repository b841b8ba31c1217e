import { describe, expect, it } from 'vitest';
import { classroomModel } from '../../examples/api/business-model.ts';
import { paymentsModel } from '../../examples/payments/business-model.ts';
import { businessCatalog } from '../../src/catalog/business.ts';
import { packOf } from '../../src/generate.ts';
import { entriesOf } from '../../src/instrument/business/model.ts';
import config from '../../telltale.config.ts';

describe('the business models of the example', () => {
  it('are recorded as the catalog has them', () => {
    expect(entriesOf({ ...classroomModel, ...paymentsModel })).toEqual(businessCatalog);
  });

  it('are shown as the default model of the generator is', () => {
    expect(packOf(config).model.business).toEqual(packOf().model.business);
  });
});
