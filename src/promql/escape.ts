/** Text inside a PromQL string. */

/** A value as a double-quoted PromQL string. */
export function quote(value: string): string {
  return JSON.stringify(value);
}

/** A value as part of a regular expression (RE2) that matches just it. */
export function escapeRegex(value: string): string {
  return value.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
