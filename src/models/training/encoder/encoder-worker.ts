import type { MessagePort } from 'node:worker_threads'
import { encodeTexts } from './encode-texts.ts'
import { createEncodingFile } from './encoding-file.ts'
import { loadEncoder } from './sentence-encoder.ts'

/** What the worker is to encode; the encodings of earlier trainings are in `home`. */
export interface EncodingTask {
  readonly home: string
  readonly texts: readonly string[]
  /** Hears the share done. */
  readonly port: MessagePort
}

/** The worker's side of encoding. @returns the encodings of texts that have one */
export default function encode({ home, texts, port }: EncodingTask): Promise<Map<string, Int8Array>> {
  const onProgress = (share: number) => port.postMessage(share)
  return encodeTexts(texts, { file: createEncodingFile(home), load: loadEncoder, onProgress }).finally(() =>
    port.close(),
  )
}
