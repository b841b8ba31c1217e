/** How many users were seen in the last five minutes, as the database knows it for all instances. */
import type { Query } from '../../service/database.ts';

export async function countActiveUsers(query: Query): Promise<number> {
  const [row] = await query<{ readonly active: number }>(
    `select count(*)::int as active from users where last_seen_at > now() - interval '5 minutes'`,
  );
  return row?.active ?? 0;
}
