/** Calls of the payments service. The calls are measured by `outboundMetrics()`: nothing of it is seen here. */
import { HttpError } from '../../service/http-error.ts';

/** The payments service did not answer, or not as agreed. */
export class PaymentsError extends HttpError {
  override readonly name = 'PaymentsError';

  constructor(status: number, options?: ErrorOptions) {
    super(status, 'Payments do not work right now.', options);
  }
}

export interface Payment {
  readonly id: string;
  readonly status: 'succeeded' | 'failed';
}

export interface PaymentOrder {
  readonly userId: number;
  readonly courseId: number;
  readonly amountMinor: number;
  readonly currency: string;
  readonly card: string;
}

export interface PaymentsClient {
  /** Charges a card; a declined one is a payment with the status `failed`. */
  pay(order: PaymentOrder): Promise<Payment>;
  paymentsOf(userId: number): Promise<readonly Payment[]>;
}

export interface PaymentsClientOptions {
  readonly url: string;
  readonly key: string;
  /** @default 2000 */
  readonly timeoutMillis?: number;
}

export function createPaymentsClient({ url, key, timeoutMillis = 2_000 }: PaymentsClientOptions): PaymentsClient {
  const call = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` };
    try {
      return await fetch(new URL(path, url), { ...init, headers, signal: AbortSignal.timeout(timeoutMillis) });
    } catch (error) {
      const timedOut = error instanceof Error && error.name === 'TimeoutError';
      throw new PaymentsError(timedOut ? 504 : 502, { cause: error });
    }
  };
  return {
    pay: async (order) => {
      const response = await call('/payments', { method: 'POST', body: JSON.stringify(order) });
      return (await (await expectOk(response, [402])).json()) as Payment;
    },
    paymentsOf: async (userId) => {
      const response = await expectOk(await call(`/payments?userId=${userId}`));
      return (await response.json()) as readonly Payment[];
    },
  };
}

async function expectOk(response: Response, alsoFine: readonly number[] = []): Promise<Response> {
  if (response.ok || alsoFine.includes(response.status)) return response;
  await response.body?.cancel();
  throw new PaymentsError(502);
}
