import { describe, expect, it } from 'vitest'
import { findPersonalData } from '../../../src/text/personal-data/find-personal-data.ts'
import { quote } from '../../../src/text/personal-data/redact.ts'

const found = (text: string, identifiers = {}) =>
  findPersonalData(text, identifiers).map(({ kind, start, end }) => `${kind}: ${text.slice(start, end)}`)

describe('numbers with a check', () => {
  it.each([
    ['an IBAN with one digit changed', 'FR14 2004 1010 0505 0001 3M02 616'],
    ['an IBAN of the wrong length', 'DE89 3704 0044 0532 0130 0'],
    ['a card with two digits swapped', 'carte 4111 1111 1111 1171'],
    ['a card number of no network', 'carte 9999 9999 9999 9995'],
    ['a quartet of a longer number', '1234 4111 1111 1111 1111'],
    ['a social-security number with another key', '1 84 06 75 456 089 20'],
    ['a social-security number of month 13', '1 84 13 75 456 089 21'],
  ])('are not found in %s', (_, text) => {
    expect(found(text)).toEqual([])
  })

  it('are found whatever the spaces', () => {
    const iban = 'FR14 2004 1010 0505 0001 3M02 606'
    for (const space of ['', ' ', '\u00a0', '\u202f', '-'])
      expect(found(iban.replaceAll(' ', space))).toEqual([`iban: ${iban.replaceAll(' ', space)}`])
    expect(found('1\u202f84\u202f06\u202f75\u202f456\u202f089\u202f21')).toHaveLength(1)
  })

  it('stop where the number does', () => {
    expect(found('4111 1111 1111 1111 12/27')).toEqual(['card: 4111 1111 1111 1111'])
    expect(found('FR7630006000011234567890189, BIC AGRIFRPP')).toEqual(['iban: FR7630006000011234567890189'])
  })
})

describe('phone numbers', () => {
  it.each([
    '06\u00a039\u00a098\u00a012\u00a034',
    '06\u202f39\u202f98\u202f12\u202f34',
    '+33.6.39.98.12.34',
    '(+33) 6 39 98 12 34',
  ])('are found as %j', (written) => {
    expect(found(`Appelez ${written} ce soir`)).toHaveLength(1)
  })

  it('are told apart when they follow each other', () => {
    expect(found('06 39 98 12 34 06 39 98 12 35')).toEqual(['phone: 06 39 98 12 34', 'phone: 06 39 98 12 35'])
    expect(found('+33639981234/+442079460958')).toEqual(['phone: +33639981234', 'phone: +442079460958'])
  })

  it('are not found in decimals, dates, versions and long numbers', () => {
    for (const text of [
      '0.0639981234',
      '06.12.2024 10:30',
      '3.06.39.98.12.34',
      '0639981234567',
      'abc0639981234',
    ])
      expect(found(text)).toEqual([])
  })
})

describe('addresses of machines', () => {
  it('are found when they are somebody’s', () => {
    expect(found('from 203.0.113.5:8080')).toEqual(['ip: 203.0.113.5'])
    expect(found('[2001:db8::8a2e:370:7334]')).toEqual(['ip: 2001:db8::8a2e:370:7334'])
  })

  it.each([
    '10.1.2.3',
    '127.0.0.1',
    '169.254.3.4',
    'fe80::1ff:fe23:4567:890a',
    '255.255.254.0',
    '8.8.4.4',
    '::1',
    '300.1.1.1',
  ])('leave %s alone', (address) => {
    expect(found(`ping ${address}`)).toEqual([])
  })
})

describe('identifiers of the company', () => {
  const identifiers = [
    { kind: 'order-number', pattern: 'CMD-######' },
    { kind: 'customer-number', pattern: '@@.**#####(FR)' },
  ] as const

  it('are found in either case, as wholes', () => {
    expect(found('cmd-123456, CMD-1234567, xCMD-123456', { identifiers })).toEqual([
      'order-number: cmd-123456',
    ])
  })

  it('may hold any punctuation', () => {
    expect(found('AB.c312345(FR)', { identifiers })).toEqual(['customer-number: AB.c312345(FR)'])
    expect(found('ABxc312345(FR)', { identifiers })).toEqual([])
  })
})

describe('names', () => {
  it('need somebody to say that they are', () => {
    expect(found('Jeanne Martin est passée à Toulouse')).toEqual([])
    expect(found('Jeanne Martin (jeanne@exemple.fr)')).toEqual([
      'name: Jeanne Martin',
      'email: jeanne@exemple.fr',
    ])
  })

  it.each([
    'Cordialement, Jeanne Martin',
    'Merci d’avance, Karim',
    'Thanks for your help, Emily.',
    'Cdt\nPaul',
  ])('sign in %j', (text) => {
    expect(found(text)).toHaveLength(1)
  })

  it('are no company’s', () => {
    for (const text of [
      'Merci Orange',
      'Thanks Vodafone',
      'Cordialement, Le Service Client',
      'Merci Marseille !',
    ])
      expect(found(text)).toEqual([])
  })

  it('end before what follows them', () => {
    expect(found('Je m’appelle Jeanne Martin et je suis à Toulouse')).toEqual(['name: Jeanne Martin'])
    expect(found('my name is sarah and i need help')).toEqual(['name: sarah'])
  })
})

describe('a quoted value', () => {
  it('shows no personal data, cut or whole', () => {
    expect(quote('write to jeanne.martin.de.la.tour@exemple-tres-long.fr please')).toBe(
      'write to {e-mail} please',
    )
    expect(quote('x'.repeat(60))).toBe(`${'x'.repeat(40)}…`)
  })
})
