import { pino } from 'pino'
import { expect, it } from 'vitest'
import { createGatheringStream } from '../../src/server/gathering-stream.ts'
import { eventually } from '../support/eventually.ts'

function listen() {
  const writes: string[] = []
  const log = pino(
    { base: null, timestamp: false },
    createGatheringStream({ write: (text) => writes.push(text) }),
  )
  return { log, writes }
}

it('the log writes lines of requests together, soon, and none twice', async () => {
  const { log, writes } = listen()
  for (let line = 0; line < 50; line++) log.info({ line }, 'request')
  expect(writes).toEqual([])
  expect(
    await eventually(
      () => writes.length,
      (count) => count > 0,
      20,
    ),
  ).toBe(1)
  expect(writes.join('').trim().split('\n')).toHaveLength(50)
})

it('the log writes a warning at once, after what came before it', () => {
  const { log, writes } = listen()
  log.info('before')
  log.warn('now')
  expect(
    writes
      .join('')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).msg),
  ).toEqual(['before', 'now'])
})
