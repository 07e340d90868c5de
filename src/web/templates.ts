import nunjucks from 'nunjucks'
import { assetVersion } from './assets.ts'
import type { Site } from './site.ts'

const folders = ['./', '../guidance/templates/', '../../node_modules/govuk-frontend/dist/'].map((path) => new URL(path, import.meta.url).pathname)

/** Templates that know what pages may show of the settings as `site`. */
export function makeTemplates(site: Site): nunjucks.Environment {
  const templates = new nunjucks.Environment(new nunjucks.FileSystemLoader(folders), { autoescape: true, trimBlocks: true, lstripBlocks: true })
  templates.addGlobal('site', site)
  templates.addGlobal('assetVersion', assetVersion)
  return templates
}
