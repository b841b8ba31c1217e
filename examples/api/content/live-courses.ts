/** What happens in a course right now, told to all who watch its live stream on this instance. */
import { EventEmitter } from 'node:events';
import type { RequestHandler, Response } from 'express';
import { readId } from '../../service/input.ts';

export interface LiveCourses {
  tell(courseId: number, event: string, data: object): void;
  /** Handler of the stream: server-sent events until either side goes. */
  readonly stream: RequestHandler;
  /** Ends all streams, so that the server can close. */
  close(): void;
}

const heartbeatMillis = 5_000;

export function createLiveCourses(): LiveCourses {
  const news = new EventEmitter().setMaxListeners(0);
  const open = new Set<Response>();
  const stream: RequestHandler = (request, response) => {
    const topic = `course ${readId(request, 'courseId')}`;
    const send = (event: string, data: object): void => {
      response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    };
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    send('welcome', { watching: news.listenerCount(topic) + 1 });
    news.on(topic, send);
    open.add(response);
    const heartbeat = setInterval(() => send('still-here', {}), heartbeatMillis);
    response.once('close', () => {
      clearInterval(heartbeat);
      news.off(topic, send);
      open.delete(response);
    });
  };
  return {
    stream,
    tell: (courseId, event, data) => void news.emit(`course ${courseId}`, event, data),
    close: () => {
      for (const response of open) response.end();
    },
  };
}
