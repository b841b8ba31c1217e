/** The commands of `telltale` that a page may name: those that the command line has, as a test compares. */
export const telltaleCommands = ['generate', 'check', 'secrets', 'backup', 'preview'] as const;
