/** `/payments`: charges cards for the api, and remembers. */
import { Router, type RequestHandler } from 'express';
import type { Database } from '../service/database.ts';
import { HttpError } from '../service/http-error.ts';
import { integer, oneOf, readBody, readQuery, text } from '../service/input.ts';
import type { CardNetwork } from './card-network.ts';

/** What the company cares about, counted as it happens. */
export interface PaymentHappenings {
  paid(currency: string, amountMinor: number): void;
  failed(): void;
}

export interface PaymentDesk {
  readonly database: Database;
  readonly cards: CardNetwork;
  readonly happenings: PaymentHappenings;
}

const order = {
  userId: integer(1, 2_147_483_647),
  courseId: integer(1, 2_147_483_647),
  amountMinor: integer(1, 100_000_000),
  currency: oneOf('eur', 'usd'),
  card: text(19),
};

const columns = 'id, user_id as "userId", amount_minor as "amountMinor", currency, status, created_at as "createdAt"';

export function paymentsRouter({ database, cards, happenings }: PaymentDesk): Router {
  const router = Router();

  router.post('/', async (request, response) => {
    const { userId, courseId, amountMinor, currency, card } = readBody(request, order);
    const [created] = await database.query<{ readonly id: string }>(
      `insert into payments (user_id, course_id, amount_minor, currency, status)
       values ($1, $2, $3, $4, 'pending') returning id`,
      [userId, courseId, amountMinor, currency],
    );
    const settle = async (status: 'succeeded' | 'failed'): Promise<void> => {
      await database.query('update payments set status = $2 where id = $1', [created?.id, status]);
      if (status === 'failed') happenings.failed();
      else happenings.paid(currency, amountMinor);
    };
    const charged = await cards.charge(card, amountMinor).catch(async (error: unknown) => {
      await settle('failed');
      throw error;
    });
    const status = charged ? 'succeeded' : 'failed';
    await settle(status);
    response.status(charged ? 201 : 402).json({ id: created?.id, status });
  });

  router.get('/', async (request, response) => {
    const payments = await database.query(
      `select ${columns} from payments where user_id = $1 order by created_at desc limit 20`,
      [Number.parseInt(readQuery(request, 'userId', '0'), 10) || 0],
    );
    response.json(payments);
  });

  router.get('/:paymentId', async (request, response) => {
    const [payment] = await database.query(`select ${columns} from payments where id::text = $1`, [
      request.params.paymentId,
    ]);
    if (payment === undefined) throw new HttpError(404, 'There is no such payment.');
    response.json(payment);
  });

  router.post('/:paymentId/refunds', async (request, response) => {
    const [refunded] = await database.query(
      `update payments set status = 'refunded' where id::text = $1 and status = 'succeeded' returning id`,
      [request.params.paymentId],
    );
    if (refunded === undefined) throw new HttpError(409, 'There is nothing to refund.');
    response.status(201).json(refunded);
  });

  return router;
}

/** Callers are other services: they share a key. */
export function withKey(key: string): RequestHandler {
  return (request, _response, next) => {
    if (request.get('authorization') !== `Bearer ${key}`) throw new HttpError(401, 'This is for other services.');
    next();
  };
}
