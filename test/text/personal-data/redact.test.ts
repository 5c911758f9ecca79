import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainText } from '../../../src/text/markdown/plain-text.ts'
import { toMarkdown } from '../../../src/text/markdown/to-markdown.ts'
import { findPersonalData } from '../../../src/text/personal-data/find-personal-data.ts'
import { findInMarkdown, redact, redactMarkdown, redactText } from '../../../src/text/personal-data/redact.ts'
import { propertyRuns } from '../../support/matrix.ts'
import { identifiers, labelledSentences } from './labelled-sentences.ts'

const pieces = fc.constantFrom(
  ...labelledSentences('tuning').map(({ text }) => text),
  ...'0 1 4 7 9 @ . + - / ( ) [ ] : ; , _ * ` \\ # { } é « Jean Martin Cordialement rue FR76 2A ::  Mme %40'.split(
    ' ',
  ),
  ...[
    '\n',
    ' ',
    '\u00a0',
    '\ud800',
    '\u0000',
    '12 ',
    '06 39 98 ',
    'x@y.',
    'mailto:',
    '4111 1111 ',
    '2001:db8::',
  ],
)
const texts = fc.oneof(
  fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join('')),
  fc
    .array(fc.tuple(pieces, fc.nat(40), fc.nat(40)), { maxLength: 8 })
    .map((parts) => parts.map(([piece, from, length]) => piece.slice(from, from + length)).join('')),
  fc.string({ unit: 'binary', maxLength: 300 }),
)

describe('finding personal data', () => {
  it('gives places inside the text, in order and apart, for any text', () => {
    fc.assert(
      fc.property(texts, (text) => {
        let after = 0
        for (const { start, end } of findPersonalData(text, { identifiers })) {
          expect(start).toBeGreaterThanOrEqual(after)
          expect(end).toBeGreaterThan(start)
          expect(end).toBeLessThanOrEqual(text.length)
          after = end
        }
      }),
      { numRuns: propertyRuns(3_000) },
    )
  })

  it.each([
    ['digits', '1'],
    ['pairs of digits', '06 '],
    ['international prefixes', '+1 00 '],
    ['at signs', 'a@'],
    ['dots', 'a@b.'],
    ['capitals', 'Jean '],
    ['titles', 'Mme '],
    ['colons', '1:'],
    ['streets', '1 rue '],
    ['English streets', '12 Elm Elm Elm '],
    ['IBAN heads', 'FR76 '],
    ['closings', 'Merci\nJean\n'],
    ['contacts', 'Jean a@b.fr '],
    ['backslashes', '\\_'],
  ])('takes no more for each character of a long text of %s than of a short one', (_, unit) => {
    // A line or a parabola: thirty times the text takes thirty or nine hundred times the work. Processor time, because
    // a clock also counts what other programs do.
    const workOn = (characters: number) => {
      const text = unit.repeat(Math.ceil(characters / unit.length))
      const before = process.cpuUsage()
      findInMarkdown(text, { identifiers })
      const { user, system } = process.cpuUsage(before)
      return user + system
    }
    const least = (characters: number) => Math.min(workOn(characters), workOn(characters), workOn(characters))
    workOn(2_000)
    expect(least(120_000) / Math.max(1_000, least(4_000))).toBeLessThan(250)
  })
})

describe('redacting', () => {
  it('leaves everything that was not found as it is', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const findings = findPersonalData(text, { identifiers })
        const redacted = redact(text, findings)
        let from = 0
        let at = 0
        for (const { start, end } of findings) {
          const kept = text.slice(at, start)
          expect(redacted.slice(from, from + kept.length)).toBe(kept)
          from = redacted.indexOf('}', from + kept.length) + 1
          at = end
        }
        expect(redacted.slice(from)).toBe(text.slice(at))
      }),
      { numRuns: propertyRuns(1_000) },
    )
  })

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const once = redactMarkdown(text, { identifiers })
        expect(redactMarkdown(once, { identifiers })).toBe(once)
        expect(findInMarkdown(once, { identifiers })).toEqual([])
      }),
      { numRuns: propertyRuns(2_000) },
    )
  })

  it('takes an address from a link’s text and from its target', () => {
    expect(redactMarkdown('Écrivez à [jeanne@exemple.fr](mailto:jeanne@exemple.fr).')).toBe(
      'Écrivez à [{e-mail}](mailto:{e-mail}).',
    )
    expect(redactMarkdown('<jeanne@exemple.fr> or <mailto:jeanne@exemple.fr>')).toBe(
      '<{e-mail}> or <mailto:{e-mail}>',
    )
    expect(
      redactMarkdown('[call](tel:+33639981234) or see https://exemple.fr/?to=jeanne%40exemple.fr&x=1'),
    ).toBe('[call](tel:{phone}) or see https://exemple.fr/?to={e-mail}&x=1')
  })

  it('works inside code, fenced or not', () => {
    expect(redactMarkdown('```log\nlogin sam@example.com from 203.0.113.7\n```\nand `06 39 98 12 34`')).toBe(
      '```log\nlogin {e-mail} from {ip}\n```\nand `{phone}`',
    )
  })

  it('is not misled by what HTML and plain text become in Markdown', async () => {
    const html = await toMarkdown('<p>jeanne_marie_m@exemple.fr<br>ou jeanne [at] exemple.fr</p>', 'html')
    expect(plainText(redactMarkdown(html))).toBe('{e-mail}\nou {e-mail}')
  })

  it('leaves Markdown that shows the placeholders, wherever they come to stand', () => {
    const redacted = redactMarkdown(
      '06 39 98 12 34: call me\n\n06 39 98 12 34 (mornings)\n\n- 06 39 98 12 34',
    )
    expect(plainText(redacted)).toBe('{phone}: call me\n{phone} (mornings)\n{phone}')
  })

  it('takes no word of a text without personal data', () => {
    const text = 'The box restarts every 3 hours since version 4.2.1.3; 192.168.1.1 does not answer.'
    expect(redactText(text)).toBe(text)
  })
})
