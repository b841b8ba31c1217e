/** What Grafana's frontend tells its libraries before it draws anything. Import it before the first panel is drawn. */
import { locationUtil, type GrafanaConfig } from '@grafana/data';
import { registerStandardProperties } from './field-config-registry.ts';

registerStandardProperties();

/**
 * Data links pass through it; variables and times are replaced by `query/`. Its sanitizer is off because it decodes what
 * it checks (`%26` in a route would become `&`): `resolveUrl` of `query/panel-link.ts` lets only safe addresses pass.
 */
locationUtil.initialize({
  config: { appSubUrl: '', disableSanitizeHtml: true } as GrafanaConfig,
  getTimeRangeForUrl: () => ({ from: 'now-1h', to: 'now' }),
  getVariablesUrlParams: () => ({}),
});
