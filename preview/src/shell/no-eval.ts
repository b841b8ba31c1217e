/**
 * Grafana's libraries check their data with zod, which tries out whether it may make code from text. The server's
 * content security policy forbids that, and each try would be an error in the console.
 */
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
