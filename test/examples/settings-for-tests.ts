/** Settings with which the services can be put together, though nothing of what they name is there. */
import type { ApiSettings } from '../../examples/service/settings.ts';
import { readApiSettings } from '../../examples/service/settings.ts';

export const settingsForTests: ApiSettings = readApiSettings({
  DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing',
  PAYMENTS_URL: 'http://127.0.0.1:1',
  PORT: '0',
});
