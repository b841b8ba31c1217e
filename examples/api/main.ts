/** Starts the api: `DATABASE_URL=... PAYMENTS_URL=... node build/examples/api/main.js`. */
import { runService } from '../service/run-service.ts';
import { readApiSettings } from '../service/settings.ts';
import { createApiService } from './create-service.ts';

const settings = readApiSettings(process.env);
await runService(createApiService(settings), settings);
