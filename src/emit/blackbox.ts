/** `monitoring/blackbox.yml`: how a URL is probed. */
import { toYaml } from './yaml.ts';

export const blackboxPath = 'monitoring/blackbox.yml';

export function blackboxConfig(): string {
  return toYaml(
    {
      modules: {
        http_2xx: {
          prober: 'http',
          timeout: '5s',
          http: {
            method: 'GET',
            preferred_ip_protocol: 'ip4',
            ip_protocol_fallback: true,
            follow_redirects: true,
            headers: { 'User-Agent': 'telltale-probe' },
          },
        },
      },
    },
    'src/emit/blackbox.ts',
  );
}
