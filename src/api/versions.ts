/** The versions of the API, side by side. Adding or removing one makes the compiler list what must say something about it. */
export const versions = ['v1', 'v2', 'v3'] as const
export type Version = (typeof versions)[number]

/** How what stands beside the versions shows resources. */
export const newestVersion = versions.at(-1) as Version

/** Says of every version what holds for it: a new one does not compile until all of these tables say so. */
export type PerVersion<T> = Readonly<Record<Version, T>>

/** What holds for a version, where versions differ. */
export function perVersion<T>(table: PerVersion<T>): (version: Version) => T {
  return (version) => table[version]
}

/** A table of what is made for each version. */
export function eachVersion<T>(make: (version: Version) => T): PerVersion<T> {
  return Object.fromEntries(versions.map((version) => [version, make(version)])) as PerVersion<T>
}

/** The versions that have something, oldest first. */
export function versionsWith(table: PerVersion<boolean>): readonly Version[] {
  return versions.filter((version) => table[version])
}

const withdrawable = perVersion({ v1: true, v2: true, v3: false })

/** The versions that are in service: all, or those that cannot be taken out of it. */
export function versionsServed(all: boolean): readonly Version[] {
  return versions.filter((version) => all || !withdrawable(version))
}
