import fc from 'fast-check'
import { expect, it } from 'vitest'
import { reportedPlaces } from '../../../src/ingest/imports/import-store.ts'
import { uploadName } from '../../../src/ingest/imports/receive-upload.ts'
import { propertyRuns } from '../../support/matrix.ts'

it('keeps the last part of a name, whatever folders it pretends to be in', () => {
  const cases: [string | undefined, string][] = [
    ['Posts.xml', 'Posts.xml'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\dumps\\Posts.xml', 'Posts.xml'],
    ['..', 'file-3'],
    ['.bashrc', 'bashrc'],
    ['a\u0000b\r\n.csv', 'ab.csv'],
    ['\u202egnp.csv', 'gnp.csv'],
    ['dossier/', 'file-3'],
    [undefined, 'file-3'],
    ['e\u0301te\u0301.csv', 'été.csv'],
  ]
  expect(cases.map(([given]) => uploadName(given, 3))).toEqual(cases.map(([, kept]) => kept))
})

it('is a name that any file system takes, and keeps the end of a long one, which holds its type', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (given) => {
      const name = uploadName(given, 1)
      expect(name).not.toMatch(/[/\\\0]|^\.|^$/)
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200)
      expect(Buffer.from(name).toString()).toBe(name)
    }),
    { numRuns: propertyRuns(5000) },
  )
  expect(uploadName(`${'é'.repeat(500)}.xml`, 1)).toMatch(/é\.xml$/)
})

it('places are shown relative to the folder of the export', () => {
  const one = reportedPlaces(['/srv/entraide/uploads/imp_1'])
  expect(one.file('/srv/entraide/uploads/imp_1/Posts.xml')).toBe('Posts.xml')
  expect(one.text('There is no /srv/entraide/uploads/imp_1/Posts.xml')).toBe('There is no Posts.xml')
  const two = reportedPlaces(['/data/old/Posts.xml', '/data/new'])
  expect(two.file('/data/old/Posts.xml')).toBe('Posts.xml')
  expect(two.file('/data/new/Posts.xml')).toBe('new/Posts.xml')
  expect(reportedPlaces(['a.csv']).file('a.csv')).toBe('a.csv')
})
