/** What can happen to a PostgreSQL under load. */
import type { PostgresServer } from '../../servers/postgres.ts';

export interface PostgresFault {
  readonly title: string;
  /** Ends with the server as it was. @param meanwhile Waits for what the fault is to bring, before it is over. */
  readonly happen: (server: PostgresServer, meanwhile: () => Promise<void>) => Promise<void>;
  /** A class of error that it brings, beside those of the load itself. */
  readonly brings: string;
}

export const postgresFaults: readonly PostgresFault[] = [
  {
    title: 'is killed',
    happen: async (server, meanwhile) => {
      await server.kill();
      await meanwhile();
      await server.restart();
    },
    brings: 'network',
  },
  {
    title: 'stands still',
    happen: async (server, meanwhile) => {
      server.pause();
      await meanwhile().finally(() => server.resume());
    },
    brings: 'timeout',
  },
  {
    title: 'is restarted',
    happen: async (server, meanwhile) => {
      // A "fast shutdown": open sessions are ended, and told so by class 57 if they have a query under way.
      process.kill(server.pid, 'SIGINT');
      await server.exited;
      await meanwhile();
      await server.restart();
    },
    brings: 'network',
  },
];
