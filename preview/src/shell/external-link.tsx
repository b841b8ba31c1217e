/** A link that leaves the page: in a tab of its own, and marked. */
interface ExternalLinkProps extends React.PropsWithChildren {
  readonly href: string;
  /** What a screen reader says, where the words alone do not tell which. */
  readonly name?: string;
}

export function ExternalLink({ href, name, children }: ExternalLinkProps): React.ReactElement {
  return (
    <a href={href} target="_blank" rel="noopener noreferrer" aria-label={name}>
      {children}
      <svg width={10} height={10} viewBox="0 0 10 10" aria-hidden style={{ marginLeft: 4 }}>
        <path d="M2 1h7v7M9 1 1.5 8.5" fill="none" stroke="currentColor" strokeWidth={1.4} />
      </svg>
    </a>
  );
}
