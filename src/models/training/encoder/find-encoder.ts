import { MessageChannel } from 'node:worker_threads'
import { Piscina } from 'piscina'
import type { Encodings } from '../../../learning/features/encodings.ts'
import { workerFile } from '../../../platform/workers.ts'
import type { EncodingTask } from './encoder-worker.ts'
import { isEncoderInstalled } from './sentence-encoder.ts'

/** Encodes texts; those of a language that the encoder does not know have no encoding. */
export type EncodeTexts = (
  texts: readonly string[],
  onProgress?: (share: number) => void,
) => Promise<Encodings>

/**
 * The optional encoder, in a thread that ends with each call; undefined where its packages are not installed.
 *
 * @param home where encodings are kept
 */
export function findEncoder(home: string): EncodeTexts | undefined {
  if (!isEncoderInstalled()) return undefined
  return async (texts, onProgress = () => {}) => {
    const { port1, port2 } = new MessageChannel()
    port1.on('message', onProgress)
    const pool = new Piscina<EncodingTask, Encodings>({
      filename: workerFile(import.meta.url, './encoder-worker'),
      maxThreads: 1,
    })
    try {
      return await pool.run({ home, texts, port: port2 }, { transferList: [port2] })
    } finally {
      port1.close()
      await pool.destroy()
    }
  }
}
