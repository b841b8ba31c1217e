/** The style of words that only a screen reader says. */
export const heardNotSeen = {
  position: 'absolute',
  padding: 0,
  width: 1,
  height: 1,
  overflow: 'hidden',
  clipPath: 'inset(50%)',
  whiteSpace: 'nowrap',
} as const;
