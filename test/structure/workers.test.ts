import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const src = fileURLToPath(new URL('../../src/', import.meta.url))
const started = readdirSync(src, { recursive: true })
  .map(String)
  .filter((file) => file.endsWith('.ts'))
  .flatMap((file) =>
    [...readFileSync(join(src, file), 'utf8').matchAll(/workerFile\(import\.meta\.url, '([^']+)'\)/g)].map(
      ([, name]) => join(dirname(file), name!),
    ),
  )

it('code of a worker thread is in a file that is named so', () => {
  expect(started.length).toBeGreaterThan(5)
  for (const file of started) {
    expect(file).toMatch(/-worker$/)
    expect(existsSync(join(src, `${file}.ts`))).toBe(true)
  }
})
