import { expect, it } from 'vitest';
import { toolsTable } from '../../servers/tools-table.ts';

it('toolsTable() aligns its columns and says once what was passed over', () => {
  const passedOver = ['/usr/bin/prometheus is 2.42.0, older than 3.5'];
  const shared = { path: '', env: {}, passedOver };
  expect(
    toolsTable([
      { ...shared, name: 'prometheus', version: '3.5.3', origin: 'Debian forky' },
      { ...shared, name: 'redis-server', version: '7.0.15', origin: 'PATH' },
    ]),
  ).toBe(`tool          version  from
prometheus    3.5.3    Debian forky
redis-server  7.0.15   PATH
passed over: /usr/bin/prometheus is 2.42.0, older than 3.5
`);
});
