/** Files that belong to an assignment: uploaded as the body of a PUT, downloaded from disk. */
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { RequestHandler } from 'express';
import { HttpError } from '../../service/http-error.ts';
import { readId } from '../../service/input.ts';
import type { Classroom } from '../classroom.ts';

const maxBytes = 20_000_000;

export interface AttachmentHandlers {
  readonly upload: RequestHandler;
  readonly download: RequestHandler;
}

export function attachmentHandlers({ database, uploads }: Classroom): AttachmentHandlers {
  return {
    upload: async (request, response) => {
      const assignmentId = readId(request, 'assignmentId');
      const file = `assignment-${assignmentId}.bin`;
      await pipeline(request, limitTo(maxBytes), createWriteStream(join(uploads, file))).catch((error: unknown) => {
        if (request.destroyed && !request.complete) throw new HttpError(400, 'The upload broke off.', { cause: error });
        throw error;
      });
      await database.query('update assignments set attachment = $2 where id = $1', [assignmentId, file]);
      response.status(204).end();
    },
    download: async (request, response) => {
      const assignmentId = readId(request, 'assignmentId');
      const [found] = await database.query<{ readonly attachment: string | null }>(
        'select attachment from assignments where id = $1',
        [assignmentId],
      );
      if (typeof found?.attachment !== 'string') throw new HttpError(404, 'This assignment has no attachment.');
      response.download(join(uploads, found.attachment));
    },
  };
}

function limitTo(bytes: number): Transform {
  let seen = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length;
      if (seen > bytes) done(new HttpError(413, `An attachment has at most ${bytes} bytes.`));
      else done(null, chunk);
    },
  });
}
