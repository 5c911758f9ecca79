import { Buffer } from 'node:buffer'
import { brotliCompressSync, gzipSync } from 'node:zlib'

const LEAST_BYTES = 1_024

/** Writes `.br` and `.gz` beside each file that is worth it, so that nothing is compressed at each request. */
export function precompress() {
  return {
    name: 'precompress',
    enforce: 'post',
    generateBundle(_, bundle) {
      for (const [fileName, file] of Object.entries(bundle)) {
        if (!/\.(js|css|svg)$/.test(fileName)) continue
        const source = Buffer.from(file.type === 'chunk' ? file.code : file.source)
        if (source.byteLength < LEAST_BYTES) continue
        this.emitFile({ type: 'asset', fileName: `${fileName}.br`, source: brotliCompressSync(source) })
        this.emitFile({ type: 'asset', fileName: `${fileName}.gz`, source: gzipSync(source, { level: 9 }) })
      }
    },
  }
}
