/** A runbook that is not there, or could not be had. */
import { Link } from 'wouter';
import type { PreviewInfo } from '../../../src/preview/answers.ts';
import { useInfo } from '../shell/info-context.tsx';
import { Page } from '../shell/page.tsx';

interface UnknownRunbookProps {
  /** '' is the index. */
  readonly path: string;
  readonly error?: Error;
}

export function UnknownRunbook({ path, error }: UnknownRunbookProps): React.ReactElement {
  const { runbooks } = useInfo();
  return (
    <Page title="Unknown runbook">
      <h1>{error === undefined ? 'There is no such runbook' : 'The runbook could not be fetched'}</h1>
      <p>{error?.message ?? sentenceOf(path, runbooks.length)}</p>
      {path === '' && <AllRunbooks runbooks={runbooks} />}
      <p>{path === '' ? <Link href="/">Start</Link> : <Link href="/runbooks/">All runbooks</Link>}</p>
    </Page>
  );
}

/** In place of an index that is missing. */
function AllRunbooks({ runbooks }: Pick<PreviewInfo, 'runbooks'>): React.ReactElement {
  return (
    <>
      {runbooks.map(({ path, title }) => (
        <p key={path}>
          <Link href={`/runbooks/${path}`}>{title}</Link>
        </p>
      ))}
    </>
  );
}

function sentenceOf(path: string, known: number): string {
  if (known === 0) return 'The server has no runbooks: "telltale generate" writes them.';
  return path === ''
    ? 'The runbooks have no index.'
    : `"${path}" is none of the ${known} runbooks that the server has.`;
}
