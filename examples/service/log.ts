/** One JSON line an event, on standard error: standard output is for the line that says where the service listens. */
import { destination, pino, stdTimeFunctions } from 'pino';
import { type HttpLogger, pinoHttp } from 'pino-http';
import { requestLogOptions, traceMixin } from 'telltale';

type Details = Readonly<Record<string, unknown>>;

const logger = pino(
  {
    base: null,
    messageKey: 'message',
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (level) => ({ level }) },
    // The ids that lead from a line to its trace; nothing while nobody traces.
    mixin: traceMixin(),
  },
  destination({ dest: 2, sync: true }),
);

export function logInfo(message: string, details: Details = {}): void {
  logger.info(details, message);
}

export function logError(message: string, error: unknown, details: Details = {}): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  logger.error({ ...details, error: text }, message);
}

/** One line a request, by route and without anything that a client has sent; and `request.log` for lines of handlers. */
export function logRequests(): HttpLogger {
  return pinoHttp({ logger, ...requestLogOptions() });
}
