import type { Config } from '../config.ts'

type Shown = 'environment' | 'publicUrl' | 'productionUrl' | 'sandboxUrl' | 'supportEmail' | 'supportChannel'

/** What pages may show of the configuration. The whole configuration is no site: its type can hold nothing else. */
export type Site = Pick<Config, Shown> & { readonly [Name in Exclude<keyof Config, Shown>]?: never }

export function siteOf({ environment, publicUrl, productionUrl, sandboxUrl, supportEmail, supportChannel }: Config): Site {
  return Object.freeze({ environment, publicUrl, productionUrl, sandboxUrl, supportEmail, supportChannel })
}
