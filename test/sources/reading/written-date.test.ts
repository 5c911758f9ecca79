import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readWrittenDate } from '../../../src/sources/reading/values.ts'
import { propertyRuns } from '../../support/matrix.ts'

describe('dates as people write them', () => {
  it.each([
    ['2024-05-31', '2024-05-31T00:00:00.000Z'],
    ['2024-05-31T09:30:00+02:00', '2024-05-31T07:30:00.000Z'],
    ['2024-05-31 09:30:15.123', '2024-05-31T09:30:15.000Z'],
    ['2024/5/31 9:30', '2024-05-31T09:30:00.000Z'],
    ['31/05/2024', '2024-05-31T00:00:00.000Z'],
    ['05/31/2024', '2024-05-31T00:00:00.000Z'],
    ['31/05/2024 à 14h05', '2024-05-31T14:05:00.000Z'],
    ['05/05/2024', '2024-05-05T00:00:00.000Z'],
    ['03.04.2024', '2024-04-03T00:00:00.000Z'],
    ['31 mai 2024 à 14 h 05'.replace('14 h 05', '14h05'), '2024-05-31T14:05:00.000Z'],
    ['vendredi 31 mai 2024', '2024-05-31T00:00:00.000Z'],
    ['1er avril 2024', '2024-04-01T00:00:00.000Z'],
    ['12 févr. 2024', '2024-02-12T00:00:00.000Z'],
    ['15 AOÛT 2024', '2024-08-15T00:00:00.000Z'],
    ['31 May 2024', '2024-05-31T00:00:00.000Z'],
    ['31-May-2024 14:05', '2024-05-31T14:05:00.000Z'],
    ['May 31, 2024', '2024-05-31T00:00:00.000Z'],
    ['Friday, May 31st, 2024 2:05 PM', '2024-05-31T14:05:00.000Z'],
    ['May 31, 2024 at 12:05 a.m.', '2024-05-31T00:05:00.000Z'],
    ['2024-05-31 09:30:00 UTC', '2024-05-31T09:30:00.000Z'],
  ])('reads %s', (written, time) => {
    expect(readWrittenDate(written)).toEqual({ time })
  })

  it.each(['03/04/2024', '3-4-2024 10:00', '12/11/2024'])('takes no guess at %s', (written) => {
    expect(readWrittenDate(written)).toEqual({ problem: expect.stringContaining('--dates dmy') })
  })

  it('reads ambiguous dates in the given order', () => {
    expect(readWrittenDate('03/04/2024', 'dmy')).toEqual({ time: '2024-04-03T00:00:00.000Z' })
    expect(readWrittenDate('03/04/2024', 'mdy')).toEqual({ time: '2024-03-04T00:00:00.000Z' })
    expect(readWrittenDate('31/04/2024', 'mdy')).toEqual({ problem: 'is not a date' })
  })

  it.each([
    '',
    'yesterday',
    '45443',
    '31/05/24',
    '30/02/2024',
    '31 avril 2024',
    '2024-13-01',
    '2024-05-31 25:00',
    '2024-05-31 13:05 PM',
    'le 31 du mois',
    '31 Smarch 2024',
    '1/2/3/2024',
    'May 2024',
    '2023-02-29',
  ])('finds no date in %j', (written) => {
    expect(readWrittenDate(written)).toEqual({ problem: 'is not a date' })
  })

  it('gives a storable time or a problem, whatever it reads', () => {
    const piece = fc.constantFrom(
      '1',
      '31',
      '2024',
      '/',
      '-',
      '.',
      ' ',
      'mai',
      'May',
      ',',
      ':',
      'h',
      'pm',
      'à',
      'Z',
    )
    const text = fc.oneof(
      fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
      fc.string({ unit: 'binary', maxLength: 200 }),
    )
    fc.assert(
      fc.property(text, fc.constantFrom(undefined, 'dmy' as const, 'mdy' as const), (written, order) => {
        const date = readWrittenDate(written, order)
        if ('time' in date) expect(date.time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
        else expect(date.problem).not.toBe('')
      }),
      { numRuns: propertyRuns(5000) },
    )
  })
})
