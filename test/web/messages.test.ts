import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse, type Token } from '@messageformat/parser'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../src/web/', import.meta.url))
const folders = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => basename(file) === 'messages.en.json')
  .map((file) => dirname(file))
  .sort()

const messagesOf = (folder: string, language: string): Record<string, string> =>
  JSON.parse(readFileSync(join(root, folder, `messages.${language}.json`), 'utf8'))

/** What a message is filled with, in whatever order. */
function argumentsOf(message: string): readonly string[] {
  const found = new Set<string>()
  const walk = (tokens: readonly Token[]) => {
    for (const token of tokens) {
      if ('arg' in token) found.add(token.arg)
      if ('cases' in token) for (const { tokens: inner } of token.cases) walk(inner)
    }
  }
  walk(parse(message))
  return [...found].sort()
}

/** The texts of a message, without what it is filled with. */
function textsOf(message: string): readonly string[] {
  const walk = (tokens: readonly Token[]): string[] =>
    tokens.flatMap((token) => {
      if (token.type === 'content') return [token.value]
      return 'cases' in token ? token.cases.flatMap(({ tokens: inner }) => walk(inner)) : []
    })
  return walk(parse(message))
}

it('the folders of messages have names of their own, which are the first part of their keys', () => {
  const names = folders.map((folder) => basename(folder))
  expect(new Set(names).size).toBe(names.length)
  const typed = readFileSync(join(root, 'messages/namespaces.ts'), 'utf8')
  for (const folder of folders) expect(typed).toContain(`/${folder}/messages.en.json'`.replace('//', '/'))
})

describe.each(folders)('the messages of %s', (folder) => {
  const english = messagesOf(folder, 'en')
  const french = messagesOf(folder, 'fr')

  it('exist in both languages, in the same order, filled with the same values', () => {
    expect(Object.keys(french)).toEqual(Object.keys(english))
    for (const [key, message] of Object.entries(english))
      expect([key, argumentsOf(french[key]!)]).toEqual([key, argumentsOf(message)])
  })

  it('say something', () => {
    for (const [key, message] of [...Object.entries(english), ...Object.entries(french)])
      expect([key, message.trim()]).not.toEqual([key, ''])
  })

  it('follow French typography', () => {
    for (const [key, message] of Object.entries(french))
      for (const text of textsOf(message))
        expect([key, text, faultsOfTypography(text)]).toEqual([key, text, []])
  })

  it('use typographic signs in English', () => {
    for (const [key, message] of Object.entries(english))
      for (const text of textsOf(message))
        expect([key, text, /['"]|\.\.\./.test(text)]).toEqual([key, text, false])
  })
})

function faultsOfTypography(text: string): readonly string[] {
  const faults: string[] = []
  if (/['"]|\.\.\./.test(text)) faults.push('straight quotes or three dots')
  if (/[^\u202f][;!?]/u.test(text)) faults.push('no narrow no-break space before ; ! ?')
  if (/[^\u00a0\d]:(?!\/\/)/u.test(text)) faults.push('no no-break space before a colon')
  if (/«[^\u00a0\u202f]|[^\u00a0\u202f]»/u.test(text)) faults.push('no no-break space inside « »')
  if (/[^\u202f]%/u.test(text)) faults.push('no narrow no-break space before %')
  return faults
}
