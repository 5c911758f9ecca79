import { expect, it } from 'vitest'
import { mayBeSamePerson } from '../../src/threads/protections/protection.ts'

const [anna, otherAnna] = [
  { id: 'usr_1', name: 'Anna' },
  { id: 'usr_2', name: 'Anna' },
]
const key = { id: 'key_1', name: 'anna' }

it('two people of one name are two, a key of their name may be either', () => {
  expect(mayBeSamePerson(anna, { ...anna, name: 'Renamed' })).toBe(true)
  expect(mayBeSamePerson(anna, otherAnna)).toBe(false)
  expect(mayBeSamePerson(anna, key)).toBe(true)
  expect(mayBeSamePerson(key, { id: 'key_2', name: 'Anna' })).toBe(true)
  expect(mayBeSamePerson(anna, { id: 'key_3', name: 'routing engine' })).toBe(false)
})
