/** One JSON line an event, on standard error: standard output is for the line that says where the service listens. */
import { traceMixin } from 'telltale';

type Details = Readonly<Record<string, unknown>>;

export function logInfo(message: string, details: Details = {}): void {
  write('info', message, details);
}

export function logError(message: string, error: unknown, details: Details = {}): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  write('error', message, { ...details, error: text });
}

/** The ids that lead from a line to its trace; nothing while nobody traces. */
const traceFields = traceMixin();

function write(level: string, message: string, details: Details): void {
  process.stderr.write(
    `${JSON.stringify({ time: new Date().toISOString(), level, message, ...traceFields(), ...details })}\n`,
  );
}
