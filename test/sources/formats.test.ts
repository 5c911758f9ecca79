import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { formats, requireFormat } from '../../src/sources/index.ts'
import { sourceFormatContract } from './source-format-contract.ts'

const fixtures = join(import.meta.dirname, '../../fixtures/formats')

const samples = {
  'stack-exchange': {
    input: '',
    file: 'Posts.xml',
    withLongValue: (bytes: number) => `<posts>\n<row Id="1" Body="${'x'.repeat(bytes)}" />\n</posts>`,
  },
  ndjson: {
    input: 'community.ndjson',
    file: 'community.ndjson',
    withLongValue: (bytes: number) => `{"type":"post","body":"${'x'.repeat(bytes)}"}\n`,
  },
  csv: {
    input: 'questions.csv',
    file: 'questions.csv',
    withLongValue: (bytes: number) => `text,label\n${'x'.repeat(bytes)},long\n`,
  },
  discourse: {
    input: 'export',
    file: 'export/topics.ndjson',
    withLongValue: (bytes: number) => `{"id":1,"title":"${'x'.repeat(bytes)}"}\n`,
  },
}

for (const [name, sample] of Object.entries(samples)) {
  sourceFormatContract({ format: requireFormat(name), folder: join(fixtures, name), ...sample })
}

describe('the registry of formats', () => {
  it('has a sample of every format for the contract suite', () => {
    expect(formats.map(({ name }) => name)).toEqual(Object.keys(samples))
  })

  it('names the known formats when asked for another', () => {
    expect(() => requireFormat('phpbb')).toThrowError(
      expect.objectContaining({
        code: 'SOURCE_FORMAT_UNKNOWN',
        message: 'There is no source format "phpbb"; known are stack-exchange, ndjson, csv, discourse',
      }),
    )
  })
})
