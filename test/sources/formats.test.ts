import { describe, expect, it } from 'vitest'
import { formats, requireFormat } from '../../src/sources/registry.ts'
import { formatSamples } from './format-samples.ts'
import { sourceFormatContract } from './source-format-contract.ts'

for (const sample of formatSamples) sourceFormatContract(sample)

describe('the registry of formats', () => {
  it('has a sample of every format for the contract suite', () => {
    const sampled = new Set(formatSamples.map(({ format }) => format.name))
    expect(formats.map(({ name }) => name).filter((name) => !sampled.has(name))).toEqual([])
  })

  it('names the known formats when asked for another', () => {
    const known = formats.map(({ name }) => name).join(', ')
    expect(() => requireFormat('phpbb')).toThrowError(
      expect.objectContaining({
        code: 'SOURCE_FORMAT_UNKNOWN',
        message: `Unknown source format "phpbb". Known formats: ${known}`,
      }),
    )
  })
})
