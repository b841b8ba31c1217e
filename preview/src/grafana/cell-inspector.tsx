/** A table's cell in full: in place of Grafana's, which brings a code editor of 3 MB to show it in. */
import { ClipboardButton, Modal } from '@grafana/ui';

export const TableCellInspectorMode = { code: 'code', text: 'text' } as const;

interface TableCellInspectorProps {
  readonly value: unknown;
  readonly onDismiss: () => void;
}

export function TableCellInspector({ value, onDismiss }: TableCellInspectorProps): React.ReactElement {
  const text = typeof value === 'string' ? value.trim() : JSON.stringify(value, null, 2);
  return (
    <Modal title="Value of the cell" isOpen onDismiss={onDismiss}>
      <pre>{text}</pre>
      <ClipboardButton icon="copy" getText={() => text}>
        Copy
      </ClipboardButton>
    </Modal>
  );
}
