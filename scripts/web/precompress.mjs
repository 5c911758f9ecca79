import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'

const LEAST_BYTES = 1_024

/** Writes `.br` and `.gz` beside each file that is worth it, so that nothing is compressed at each request. */
export function precompress() {
  return {
    name: 'precompress',
    // Once files are written nothing changes them any more.
    writeBundle({ dir }, bundle) {
      for (const fileName of Object.keys(bundle)) {
        if (!/\.(js|css|svg)$/.test(fileName)) continue
        const file = join(dir, fileName)
        const source = readFileSync(file)
        if (source.byteLength < LEAST_BYTES) continue
        writeFileSync(`${file}.br`, brotliCompressSync(source))
        writeFileSync(`${file}.gz`, gzipSync(source, { level: 9 }))
      }
    },
  }
}
