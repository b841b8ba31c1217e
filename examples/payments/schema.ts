/** The table of payments. Amounts are in minor units: cents. */
import type { Pool } from 'pg';
import { createSchema } from '../service/create-schema.ts';

const statements: readonly string[] = [
  `create table if not exists payments (
     id uuid primary key default gen_random_uuid(), user_id integer not null, course_id integer not null,
     amount_minor integer not null check (amount_minor >= 0), currency text not null,
     status text not null check (status in ('pending', 'succeeded', 'failed', 'refunded')),
     created_at timestamptz not null default now())`,
  `create index if not exists payments_of_user on payments (user_id, created_at)`,
];

export async function createPayments(pool: Pool): Promise<void> {
  await createSchema(pool, { schema: 'payments', statements });
}
