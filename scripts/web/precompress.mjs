import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'

const LEAST_BYTES = 1_024

/** Writes `.br` and `.gz` beside each file that is worth it, so that nothing is compressed at each request. */
export function precompress() {
  return {
    name: 'precompress',
    // What is on the disk: Vite puts the styles of lazy chunks into their importers after every `generateBundle`.
    writeBundle({ dir }, bundle) {
      for (const fileName of Object.keys(bundle)) {
        if (!/\.(js|css|svg)$/.test(fileName)) continue
        const path = join(dir, fileName)
        const source = readFileSync(path)
        if (source.byteLength < LEAST_BYTES) continue
        writeFileSync(`${path}.br`, brotliCompressSync(source))
        writeFileSync(`${path}.gz`, gzipSync(source, { level: 9 }))
      }
    },
  }
}
