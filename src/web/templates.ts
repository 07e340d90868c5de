import nunjucks from 'nunjucks'
import type { Config } from '../config.ts'
import { assetVersion } from './assets.ts'

const folders = ['./', '../guidance/templates/', '../../node_modules/govuk-frontend/dist/'].map((path) => new URL(path, import.meta.url).pathname)

/** Templates that know the service's settings as `site`. */
export function makeTemplates(config: Config): nunjucks.Environment {
  const templates = new nunjucks.Environment(new nunjucks.FileSystemLoader(folders), { autoescape: true, trimBlocks: true, lstripBlocks: true })
  templates.addGlobal('site', config)
  templates.addGlobal('assetVersion', assetVersion)
  return templates
}
