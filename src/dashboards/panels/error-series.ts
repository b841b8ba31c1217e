/** Errors of the application as boards count them. */
import { errorsCatalog } from '../../catalog/errors.ts';
import { counter } from '../../promql/selector.ts';

export const applicationErrors = counter(errorsCatalog.application);

/** Uncaught exceptions and unhandled rejections. */
export const unhandledErrors = counter(errorsCatalog.application, { handled: 'false' });

/** Why panels of application errors may be empty. */
export const noErrorYet = 'the application has raised an error';
