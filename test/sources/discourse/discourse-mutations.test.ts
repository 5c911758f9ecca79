import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { requireFormat } from '../../../src/sources/registry.ts'
import { propertyRuns } from '../../support/matrix.ts'
import { readAll } from '../read-all.ts'

/** 100,000 were run when this was written; the suite of every day makes do with fewer. */
const MUTATIONS = Number(process.env.ENTRAIDE_TEST_MUTATIONS ?? propertyRuns(1_000))

const fixtures = join(import.meta.dirname, '../../../fixtures/formats/discourse/export')
const samples = readdirSync(fixtures).map((name) => readFileSync(join(fixtures, name)))
const scratch = mkdtempSync(join(tmpdir(), 'entraide-mutations-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

const pieces = [
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '"',
  '\\',
  '\\u0000',
  '\\ud83d',
  '\0',
  '\ufeff',
  '\n',
  'null',
  'true',
  '-1',
  '1e999',
  '0.5',
  '99999999999999999999',
  '""',
  '{}',
  '[]',
  '"__proto__":',
  '"constructor":',
  '"id":',
  '"post_stream":',
  '"posts":',
  '"stream":',
  '"hidden":true,',
  '"deleted_at":1,',
  '"post_type":4,',
  '"reply_to_post_number":3,',
  '"accepted_answers":[{}],',
  '"tags":[{}],',
  '"topic_list":{"topics":',
  '"latest_posts":[',
  '[['.repeat(60),
  '<html>',
].map((piece) => Buffer.from(piece))

const place = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true })
const edit = fc.record({
  at: place,
  remove: fc.nat(40),
  insert: fc.oneof(fc.constantFrom(...pieces), fc.uint8Array({ maxLength: 3 })),
  /** A part of another sample stands in for the piece now and then. */
  graft: fc.option(fc.record({ from: fc.nat(samples.length - 1), at: place, length: fc.nat(400) }), {
    freq: 6,
  }),
})
const mutation = fc.record({
  sample: fc.nat(samples.length - 1),
  edits: fc.array(edit, { minLength: 1, maxLength: 6 }),
  cut: fc.option(place, { freq: 5 }),
  isLines: fc.boolean(),
})

function apply({ sample, edits, cut }: typeof mutation extends fc.Arbitrary<infer T> ? T : never): Buffer {
  let bytes: Buffer = samples[sample]!
  for (const { at, remove, insert, graft } of edits) {
    const start = Math.floor(at * bytes.length)
    const other = graft && samples[graft.from]!
    const from = other ? Math.floor(graft.at * other.length) : 0
    const piece = other ? other.subarray(from, from + graft.length) : insert
    bytes = Buffer.concat([bytes.subarray(0, start), piece, bytes.subarray(start + remove)])
  }
  return cut === null ? bytes : bytes.subarray(0, Math.floor(cut * bytes.length))
}

describe('mutated Discourse exports', () => {
  it(`are read or refused with a code, ${MUTATIONS} of them, in flat memory`, async () => {
    const discourse = requireFormat('discourse')
    let faults = 0
    const before = process.memoryUsage().heapUsed
    await fc.assert(
      fc.asyncProperty(mutation, async (each) => {
        const path = join(scratch, each.isLines ? 'export.ndjson' : 'export.json')
        writeFileSync(path, apply(each))
        const { items, fault, progress } = await readAll(discourse, path)
        if (fault) faults += 1
        else expect(progress.bytesRead).toBe(progress.bytesTotal)
        expect(textsOf(items).filter((text) => /\0|\p{Surrogate}/u.test(text))).toEqual([])
      }),
      { numRuns: MUTATIONS },
    )
    expect(faults).toBeGreaterThan(0)
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(150e6)
  }, 3_600_000)
})

function textsOf(value: unknown): string[] {
  const texts: string[] = []
  JSON.stringify(value, (key, each) => {
    texts.push(key)
    if (typeof each === 'string') texts.push(each)
    return each
  })
  return texts
}
