/** Where error middleware and request log meet: what an error of a request was, for the line that is written at its end. */

const typesOf = Symbol.for('telltale.request-errors');

/** On globalThis, as two copies of this package may be loaded. */
const types = ((globalThis as { [typesOf]?: WeakMap<object, string> })[typesOf] ??= new WeakMap<object, string>());

/** @param type Code or class of the error; the last one counts. */
export function noteRequestError(request: object, type: string): void {
  types.set(request, type);
}

/** Undefined where no error of the request came to `errorMetrics()`. */
export function errorOfRequest(request: object): string | undefined {
  return types.get(request);
}
