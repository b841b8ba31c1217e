/** How a model's rules are written: names of metrics and identity labels, and no dashboard variables. */
import type { Model } from '../model/model.ts';
import type { RenderContext } from '../promql/render-context.ts';

export function ruleContext(model: Model): RenderContext {
  return { naming: model.naming, identity: model.identity, scope: 'rule' };
}
