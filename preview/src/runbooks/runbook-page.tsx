/** A runbook, drawn from its Markdown. */
import { useEffect, useState } from 'react';
import { fetchRunbook } from '../api/preview-api.ts';

export function RunbookPage({ path }: { readonly path: string }): React.ReactElement {
  const [text, setText] = useState('');
  useEffect(() => {
    fetchRunbook(path).then(setText, (error: Error) => setText(error.message));
  }, [path]);
  return <pre>{text}</pre>;
}
