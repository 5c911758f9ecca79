import { readFileSync } from 'node:fs'
import { platform } from 'node:process'
import { expect, it } from 'vitest'
import { describeEachDatabase } from '../support/databases.ts'
import { keyOf } from '../support/keys.ts'
import { startCommand } from '../support/service.ts'

const MEGABYTES = 200
const HEAD = [
  '--x\r\ncontent-disposition: form-data; name="format"\r\n\r\nndjson\r\n',
  '--x\r\ncontent-disposition: form-data; name="source"\r\n\r\nforum\r\n',
  '--x\r\ncontent-disposition: form-data; name="file"; filename="large.ndjson"\r\n\r\n',
].join('')

/** Resident memory of a process in MB; only Linux tells it of another process without tools. */
const residentMb = (pid: number) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024

describeEachDatabase('a large upload over HTTP', (database) => {
  it.skipIf(platform !== 'linux')(
    `of ${MEGABYTES} MB arrives whole, in memory that does not grow with it (read from /proc)`,
    { timeout: 120_000 },
    async () => {
      const address = await database()
      const { token } = await keyOf(address, 'knowledge-manager')
      const server = startCommand(address, ['serve'], { PORT: '0', ENTRAIDE_WORKER_CONCURRENCY: '0' })
      try {
        const url = await new Promise<string>((resolve) => {
          server.stdout?.on('data', (chunk) => {
            const found = /is listening on (http:\/\/\S+)/.exec(String(chunk))
            if (found?.[1] !== undefined) resolve(found[1])
          })
        })
        const line = `${JSON.stringify({ type: 'note', text: 'x'.repeat(1000) })}\n`
        const megabyte = Buffer.from(line.repeat(Math.ceil(1_048_576 / line.length)))
        let sent = 0
        let peak = 0
        const body = new ReadableStream({
          start: (controller) => controller.enqueue(Buffer.from(HEAD)),
          pull(controller) {
            peak = Math.max(peak, residentMb(server.pid as number))
            if (sent++ < MEGABYTES) return controller.enqueue(megabyte)
            controller.enqueue(Buffer.from('\r\n--x--\r\n'))
            controller.close()
          },
        })
        const before = residentMb(server.pid as number)
        const response = await fetch(`${url}/api/imports`, {
          method: 'POST',
          body,
          duplex: 'half',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'multipart/form-data; boundary=x' },
        } as RequestInit)
        expect(await response.json()).toMatchObject({
          status: 'queued',
          files: [{ name: 'large.ndjson', bytes: megabyte.length * MEGABYTES }],
        })
        process.stderr.write(
          `upload of ${MEGABYTES} MB: resident ${before.toFixed(0)} MB before, ${peak.toFixed(0)} MB at most\n`,
        )
        expect(peak - before).toBeLessThan(MEGABYTES / 2)
      } finally {
        server.kill('SIGTERM')
        await server.ended
      }
    },
  )
})
