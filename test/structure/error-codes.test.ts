import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const src = fileURLToPath(new URL('../../src/', import.meta.url))
const codes = readdirSync(src, { recursive: true })
  .map(String)
  .filter((file) => file.endsWith('.ts'))
  .flatMap((file) => [...readFileSync(src + file, 'utf8').matchAll(/^ {2}([A-Z][A-Z0-9_]+): \[\s*\d{3},/gm)])
  .map(([, code]) => code!)

it('a code of an error is defined once, with one sentence', () => {
  expect(codes.length).toBeGreaterThan(150)
  const twice = codes.filter((code, at) => codes.indexOf(code) !== at)
  // Each of the two databases has a way of its own to lose commits.
  expect(twice).toEqual(['DATABASE_NOT_DURABLE'])
})
