/** Markdown or plain HTML of the JSON, sanitised. */
import { renderTextPanelMarkdown, textUtil } from '@grafana/data';
import { ScrollContainer } from '@grafana/ui';
import { useMemo } from 'react';
import type { PanelViewProps } from './panel-type.ts';

interface TextOptions {
  readonly mode?: 'markdown' | 'html' | 'code';
  readonly content?: string;
}

export function TextPanel({ panel, replaceVariables }: PanelViewProps): React.ReactElement {
  const { mode = 'markdown', content = '' } = (panel.options ?? {}) as TextOptions;
  const text = replaceVariables(content);
  const html = useMemo(
    () => (mode === 'html' ? textUtil.sanitizeTextPanelContent(text) : renderTextPanelMarkdown(text)),
    [mode, text],
  );
  if (mode === 'code') return <pre style={{ height: '100%', margin: 0 }}>{text}</pre>;
  return (
    <ScrollContainer>
      {/* oxlint-disable-next-line react/no-danger -- sanitised above */}
      <div className="markdown-html" dangerouslySetInnerHTML={{ __html: html }} />
    </ScrollContainer>
  );
}
