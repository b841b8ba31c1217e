import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { readAnswer } from '../../preview/src/prometheus/answer.ts';
import { labelValues, query, queryRange } from '../../preview/src/prometheus/client.ts';

let server: Server | undefined;
const signal = (): AbortSignal => new AbortController().signal;

afterEach(() => {
  vi.unstubAllGlobals();
  server?.closeAllConnections();
  server?.close();
});

/** A server in Prometheus' place, and `fetch` as a page of its own has it: with paths for addresses. */
async function serve(
  answer: (request: IncomingMessage, body: string, response: ServerResponse) => void,
): Promise<void> {
  const started = createServer((request, response) => {
    const chunks: string[] = [];
    request.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk));
    request.on('end', () => answer(request, chunks.join(''), response));
  });
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  const address = started.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const { fetch } = globalThis;
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => fetch(new URL(path, `http://127.0.0.1:${port}`), init));
}

const succeed = (response: ServerResponse, data: unknown, more: object = {}): void => {
  response.end(JSON.stringify({ status: 'success', data, ...more }));
};

describe('query()', () => {
  it('asks with a form, and gives what Prometheus remarks', async () => {
    const asked: string[] = [];
    await serve((request, body, response) => {
      asked.push(`${request.method} ${request.url} ${request.headers['content-type']} ${body}`);
      succeed(response, { resultType: 'scalar', result: [1, '2'] }, { warnings: ['slow'], infos: ['no counter'] });
    });
    expect(await query({ query: 'scalar(a + b)', timeMillis: 1_500 }, signal())).toEqual({
      data: { resultType: 'scalar', result: [1, '2'] },
      notices: ['slow', 'no counter'],
    });
    expect(asked).toEqual([
      'POST /api/prometheus/api/v1/query application/x-www-form-urlencoded;charset=UTF-8 query=scalar%28a+%2B+b%29&time=1.5',
    ]);
  });

  it('fails with the sentence of Prometheus', async () => {
    await serve((_request, _body, response) => {
      response.statusCode = 400;
      response.end(
        JSON.stringify({ status: 'error', errorType: 'bad_data', error: '1:5: parse error: unexpected end' }),
      );
    });
    await expect(query({ query: 'sum(', timeMillis: 0 }, signal())).rejects.toThrow(
      'bad_data: 1:5: parse error: unexpected end',
    );
  });

  it('has five requests under way at once, and starts none that is given up before', async () => {
    const held: ServerResponse[] = [];
    await serve((_request, _body, response) => void held.push(response));
    const abort = new AbortController();
    const answers = Array.from({ length: 8 }, (_, index) =>
      query({ query: String(index), timeMillis: 0 }, index === 6 ? abort.signal : signal()),
    );
    await vi.waitFor(() => expect(held).toHaveLength(5));
    abort.abort();
    await expect(answers[6]).rejects.toThrow('aborted');
    for (const response of held.splice(0)) succeed(response, 'early');
    await vi.waitFor(() => expect(held).toHaveLength(2));
    for (const response of held.splice(0)) succeed(response, 'late');
    const data = (await Promise.allSettled(answers)).map(
      (answer) => answer.status === 'fulfilled' && answer.value.data,
    );
    expect(data).toEqual(['early', 'early', 'early', 'early', 'early', 'late', false, 'late']);
  });

  it('ends a request that is given up', async () => {
    const closed = vi.fn<() => void>();
    await serve((request) => void request.socket.once('close', closed));
    const abort = new AbortController();
    const answer = query({ query: 'up', timeMillis: 0 }, abort.signal);
    setTimeout(() => abort.abort(), 50);
    await expect(answer).rejects.toThrow('aborted');
    await vi.waitFor(() => expect(closed).toHaveBeenCalledOnce());
  });
});

describe('queryRange()', () => {
  it('asks from start to end', async () => {
    const asked: string[] = [];
    await serve((_request, body, response) => {
      asked.push(body);
      succeed(response, { resultType: 'matrix', result: [{ metric: {}, values: [[1, '2']] }] });
    });
    const range = { query: 'up', fromMillis: 60_000, toMillis: 120_500, stepSeconds: 15 };
    expect((await queryRange(range, signal())).data).toEqual([{ metric: {}, values: [[1, '2']] }]);
    expect(asked).toEqual(['query=up&start=60&end=120.5&step=15']);
  });
});

describe('labelValues()', () => {
  it('asks for the values in the series that match', async () => {
    const asked: (string | undefined)[] = [];
    await serve((request, _body, response) => {
      asked.push(request.url);
      succeed(response, ['a', 'b']);
    });
    const span = { fromMillis: 0, toMillis: 60_000, selectors: ['up{job="a&b"}'] };
    expect((await labelValues('job', span, signal())).data).toEqual(['a', 'b']);
    expect(asked).toEqual([
      '/api/prometheus/api/v1/label/job/values?match%5B%5D=up%7Bjob%3D%22a%26b%22%7D&start=0&end=60',
    ]);
  });
});

describe('readAnswer()', () => {
  it('fails with the sentence of the server in between', () => {
    expect(() => readAnswer(502, '{"error":"Cannot reach Prometheus at http://a:9090: connection refused"}')).toThrow(
      'Cannot reach Prometheus at http://a:9090: connection refused',
    );
  });

  it('finds nothing in an answer without content', () => {
    expect(readAnswer(204, '')).toEqual({ data: [], notices: [] });
  });

  it.each(['<html>', '', 'null', '[]', '{"status":"error"}'])('says what is wrong with %j', (text) => {
    expect(() => readAnswer(503, text)).toThrow(
      'Prometheus was asked, and what came back is no answer of its API: 503',
    );
  });
});
