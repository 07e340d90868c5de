/** The versions of the API, side by side. Removing one makes the compiler list what goes with it. */
export const versions = ['v1', 'v2', 'v3'] as const
export type Version = (typeof versions)[number]
