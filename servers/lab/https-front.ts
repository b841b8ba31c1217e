/** A service's health endpoint behind HTTPS, as a load balancer shows it: so that certificates are watched too. */
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { generate } from 'selfsigned';

export interface HttpsFront {
  readonly name: string;
  readonly url: string;
  /** File of the certificate, for clients that are to trust it. */
  readonly certificateFile: string;
  stop(): Promise<void>;
}

export interface HttpsFrontOptions {
  readonly port: number;
  /** Base address of the service behind. */
  readonly target: string;
  /** Folder for the certificate. */
  readonly folder: string;
}

const validDays = 90;
const millisPerDay = 86_400_000;

export async function startHttpsFront({ port, target, folder }: HttpsFrontOptions): Promise<HttpsFront> {
  const names = [{ type: 7 as const, ip: '127.0.0.1' }];
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
    notAfterDate: new Date(Date.now() + validDays * millisPerDay),
    extensions: [{ name: 'subjectAltName', altNames: names }],
  });
  const certificateFile = join(folder, 'front.crt');
  await writeFile(certificateFile, cert);
  const server = createServer({ key, cert }, (request, response) => {
    fetch(new URL(request.url ?? '/', target)).then(
      (answer) => response.writeHead(answer.status).end(),
      () => response.writeHead(502).end(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    name: 'the HTTPS front',
    url: `https://127.0.0.1:${port}`,
    certificateFile,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
