/** Starts payments: `DATABASE_URL=... node build/examples/payments/main.js`. */
import { runService } from '../service/run-service.ts';
import { readPaymentsSettings } from '../service/settings.ts';
import { createPaymentsService } from './create-service.ts';

const settings = readPaymentsSettings(process.env);
await runService(createPaymentsService(settings), settings);
