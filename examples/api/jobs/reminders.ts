/** Reminds of assignments that are due within a day, each once a day. */
import type { Query } from '../../service/database.ts';
import { logInfo } from '../../service/log.ts';

export async function sendReminders(query: Query): Promise<void> {
  const reminded = await query(
    `update assignments set reminded_at = now()
     where id in (
       select id from assignments
       where due_at between now() and now() + interval '1 day'
         and (reminded_at is null or reminded_at < now() - interval '1 day')
       order by due_at limit 50)
     returning id`,
  );
  // A real school would send e-mails here.
  if (reminded.length > 0) logInfo('reminders sent', { assignments: reminded.length });
}
