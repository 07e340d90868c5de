import nunjucks from 'nunjucks'
import { assetVersion } from './assets.ts'
import type { Site } from './site.ts'

const folders = ['./', '../guidance/templates/', '../../node_modules/govuk-frontend/dist/'].map((path) => new URL(path, import.meta.url).pathname)

/** Templates that know what pages may show of the settings as `site`; those of a further folder too. */
export function makeTemplates(site: Site, ...more: string[]): nunjucks.Environment {
  const templates = new nunjucks.Environment(new nunjucks.FileSystemLoader([...folders, ...more]), {
    autoescape: true,
    trimBlocks: true,
    lstripBlocks: true,
  })
  templates.addGlobal('site', site)
  templates.addGlobal('assetVersion', assetVersion)
  return templates
}
