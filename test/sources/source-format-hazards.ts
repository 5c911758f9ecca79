import { expect, it } from 'vitest'
import { refuseFuture } from '../../src/sources/refuse-future.ts'
import { type Reading, recordsOf, rejectionsOf } from './read-all.ts'
import type { FormatSample } from './source-format-contract.ts'

const MIB = 1024 * 1024
const DEEP = 100_000
const NOW = new Date('2026-01-10T00:00:00Z')
const bomb = `<?xml version="1.0"?>
<!DOCTYPE posts [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>
<posts><row Id="1" PostTypeId="1" CreationDate="2024-05-31T09:30:00" Body="&c;"/></posts>`
const external = `<!DOCTYPE posts [<!ENTITY x SYSTEM "file:///etc/passwd">]><posts><row Id="1" Body="&x;"/></posts>`

interface Scratch {
  readonly target: string
  readonly readBytes: (content: Uint8Array | string) => Promise<Reading>
}

/** The bad inputs of the contract: each ends in a coded error, or in a rejected row, with its place. */
export function refusesBadInput(sample: FormatSample, { target, readBytes }: Scratch): void {
  const { withBody, negative, without } = sample

  it.each([
    ['an empty file', '', 'FILE_EMPTY'],
    ['nothing but a byte order mark', '\ufeff', 'FILE_EMPTY'],
    ['blank lines', '\n \n\n', 'FILE_EMPTY'],
    ['UTF-16 with a mark', Buffer.from('\ufeffid,text', 'utf16le'), 'FILE_ENCODING_INVALID'],
    ['UTF-16 without a mark', Buffer.from('<posts>', 'utf16le'), 'FILE_ENCODING_INVALID'],
    ['a zip archive under its name', Buffer.from([0x50, 0x4b, 3, 4, 20, 0, 0, 0]), 'FILE_FORMAT_UNEXPECTED'],
    [
      'a 7z archive under its name',
      Buffer.from([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]),
      'FILE_FORMAT_UNEXPECTED',
    ],
    [
      'an HTML page',
      '<!DOCTYPE html>\n<html><body>502 Bad Gateway</body></html>\n',
      'FILE_FORMAT_UNEXPECTED',
    ],
  ])('refuses %s', async (_, content, code) => {
    const { items, fault } = await readBytes(content)
    expect(items).toEqual([])
    expect(fault?.code).toBe(code)
    expect(fault?.message).toContain(target)
  })

  it.each([
    ['an API’s error', '{"error": "Couldn\'t authenticate you"}\n'],
    ['GraphQL’s error', '{"message": "Bad credentials", "documentation_url": "https://docs.example"}\n'],
    ['an entity bomb', bomb],
    ['an external entity', external],
    ['deep arrays', '['.repeat(DEEP)],
    ['deep objects', '{"data":'.repeat(DEEP)],
    ['deep objects that end', `${'{"data":'.repeat(DEEP)}1${'}'.repeat(DEEP)}`],
    ['deep tags', `<posts>${'<row>'.repeat(DEEP)}`],
    ['deep quotes', '> '.repeat(DEEP)],
    ['JSON of something else', '{"weather": "fine"}\n'],
  ])('reads nothing from %s, and reports where', async (_, content) => {
    const reading = await readBytes(content)
    expect(recordsOf(reading)).toEqual([])
    const places = [reading.fault?.details, ...rejectionsOf(reading).map(({ place }) => place)].filter(
      Boolean,
    )
    expect(places).not.toEqual([])
    for (const place of places) expect(place).toMatchObject({ file: target })
  })

  it('refuses a path that does not exist, by its name', async () => {
    const missing = `${target}-is-not-there`
    const faults: unknown[] = []
    try {
      for await (const _ of sample.format.read([missing], { bytesRead: 0, bytesTotal: 0 }, sample.options));
    } catch (fault) {
      faults.push(fault)
    }
    expect(faults).toMatchObject([{ code: 'FILE_NOT_FOUND', details: { file: missing } }])
  })

  it('takes a long value, and refuses one that would fill the memory', async () => {
    expect(recordsOf(await readBytes(withBody('x'.repeat(2 * MIB)))).length).toBeGreaterThan(1)
    const reading = await readBytes(withBody('x'.repeat(50 * MIB)))
    expect(recordsOf(reading).filter(({ type }) => type === 'post')).toEqual([])
    expect(reading.fault).toMatchObject({ code: 'FILE_VALUE_TOO_LONG', details: { file: target } })
  })

  it('refuses a single line of 50 MB that is nothing at all', async () => {
    const reading = await readBytes(Buffer.alloc(50 * MIB, 'x'))
    expect(recordsOf(reading)).toEqual([])
    expect(reading.fault?.details).toMatchObject({ file: target })
  })

  it.skipIf(without?.dates !== undefined)('is kept from dates in the future', async () => {
    const read = async (time: string) => {
      const { items } = await readBytes(withBody('Why?', time))
      const batches = refuseFuture(
        (async function* () {
          yield items
        })(),
        NOW,
      )
      const kept = []
      for await (const batch of batches) kept.push(...batch)
      return kept
    }
    const within = recordsOf({ items: await read('2026-01-10T23:59:59Z') })
    expect(within.map(({ type }) => type)).toEqual(expect.arrayContaining(['thread', 'post']))
    const late = await read('2999-01-01T00:00:00Z')
    expect(rejectionsOf({ items: late })).toEqual([
      expect.objectContaining({
        of: 'thread',
        code: 'RECORD_IN_FUTURE',
        place: expect.objectContaining({ file: target }),
      }),
    ])
    expect(recordsOf({ items: late }).filter(({ type }) => type === 'thread' || type === 'post')).toEqual([])
  })

  it.skipIf(without?.negative !== undefined)('rejects a count that is less than nothing', async () => {
    const reading = await readBytes(negative!)
    expect(rejectionsOf(reading)).toMatchObject([
      {
        code: expect.stringMatching(/^(ROW_FIELD|RECORD)_INVALID$/),
        place: { file: target, line: expect.any(Number) },
      },
    ])
    expect(recordsOf(reading).filter(({ type }) => type === 'thread' || type === 'votes')).toEqual([])
  })
}
