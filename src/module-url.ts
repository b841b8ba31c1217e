/** Where this build was loaded from: the base for resolving optional peers. The CommonJS twin is `module-url.cts`. */
export const moduleUrl: string = import.meta.url;
