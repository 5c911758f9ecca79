import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import MessageFormat from '@messageformat/core'
import compileModule from '@messageformat/core/compile-module'

const LANGUAGES = ['en', 'fr']
const PREFIX = 'virtual:messages/'

/**
 * Compiles every `messages.<language>.json` under the root to one module a language, `virtual:messages/en`, whose
 * messages are functions by folder and key. Nothing is compiled in the browser, whose policy forbids it.
 */
export function messageModules() {
  let root = ''
  return {
    name: 'message-modules',
    configResolved: (config) => {
      root = config.root
    },
    resolveId: (id) => (id.startsWith(PREFIX) ? `\0${id}` : undefined),
    load(id) {
      const language = LANGUAGES.find((each) => id === `\0${PREFIX}${each}`)
      if (language === undefined) return undefined
      const all = {}
      for (const file of filesOf(root, language)) {
        this.addWatchFile(file)
        all[basename(dirname(file))] = JSON.parse(readFileSync(file, 'utf8'))
      }
      return compileModule(new MessageFormat(language, { returnType: 'string' }), all)
    },
  }
}

function filesOf(root, language) {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => basename(file) === `messages.${language}.json`)
    .sort()
    .map((file) => join(root, file))
}
