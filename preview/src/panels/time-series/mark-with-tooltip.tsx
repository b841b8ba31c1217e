/** A small mark in a graph that says more while it is pointed at or has the focus. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Portal, useStyles2 } from '@grafana/ui';
import { useId, useLayoutEffect, useRef, useState } from 'react';

interface Props {
  readonly className: string | undefined;
  readonly style: React.CSSProperties;
  readonly kind?: string;
  readonly label: string;
  /** @param clientX where the pointer is, in CSS pixels of the window */
  readonly tooltip: (clientX: number) => React.ReactNode;
  readonly onClick?: () => void;
}

export function MarkWithTooltip({ className, style, kind, label, tooltip, onClick }: Props): React.ReactElement {
  const [anchor, setAnchor] = useState<Anchor>();
  const id = useId();
  const show = (element: Element, clientX?: number): void => setAnchor(anchorOf(element, clientX));
  const hide = (): void => setAnchor(undefined);
  return (
    <>
      <button
        type="button"
        tabIndex={-1}
        className={className}
        style={style}
        data-kind={kind}
        aria-label={label}
        aria-describedby={anchor === undefined ? undefined : id}
        onMouseMove={({ currentTarget, clientX }) => show(currentTarget, clientX)}
        onMouseLeave={hide}
        onFocus={({ currentTarget }) => show(currentTarget)}
        onBlur={hide}
        onClick={onClick}
        // The graph below would take it for the start of a zoom.
        onMouseDown={(event) => event.stopPropagation()}
      />
      {anchor !== undefined && (
        <Portal>
          <FloatingTooltip id={id} anchor={anchor}>
            {tooltip(anchor.x)}
          </FloatingTooltip>
        </Portal>
      )}
    </>
  );
}

/** CSS pixels of the window. */
interface Anchor {
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
}

function anchorOf(element: Element, clientX: number | undefined): Anchor {
  const { left, width, top, bottom } = element.getBoundingClientRect();
  return { x: clientX ?? left + width / 2, top, bottom };
}

interface FloatingProps {
  readonly id: string;
  readonly anchor: Anchor;
  readonly children: React.ReactNode;
}

const gap = 8;

function FloatingTooltip({ id, anchor, children }: FloatingProps): React.ReactElement {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (box.current === null) return;
    const { width, height } = box.current.getBoundingClientRect();
    const left = Math.min(Math.max(gap, anchor.x - width / 2), innerWidth - width - gap);
    const above = anchor.top - height - gap;
    box.current.style.left = `${left}px`;
    box.current.style.top = `${above >= gap ? above : anchor.bottom + gap}px`;
  });
  return (
    <div ref={box} id={id} role="tooltip" className={useStyles2(getStyle)}>
      {children}
    </div>
  );
}

const getStyle = ({ colors, spacing, typography, shape, shadows, zIndex }: GrafanaTheme2): string =>
  css({
    ...typography.bodySmall,
    position: 'fixed',
    zIndex: zIndex.tooltip,
    width: 'max-content',
    maxWidth: 'min(400px, calc(100vw - 16px))',
    padding: spacing(1),
    border: `1px solid ${colors.border.weak}`,
    borderRadius: shape.radius.default,
    background: colors.background.elevated,
    boxShadow: shadows.z2,
    overflowWrap: 'anywhere',
    section: { paddingLeft: spacing(1), borderLeft: '3px solid' },
    'section + section': { marginTop: spacing(1) },
    h3: { ...typography.body, margin: 0, fontWeight: typography.fontWeightMedium },
    p: { margin: 0, color: colors.text.secondary },
    dl: { display: 'grid', gridTemplateColumns: 'auto 1fr', gap: spacing(0.25, 1.5), margin: spacing(0.75, 0, 0) },
    dt: { color: colors.text.secondary, fontWeight: typography.fontWeightRegular },
    dd: { margin: 0 },
  });
