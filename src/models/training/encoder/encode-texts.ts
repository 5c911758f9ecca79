import type { EncodingFile } from './encoding-file.ts'
import { keyOfText } from './encoding-file.ts'
import type { SentenceEncoder } from './sentence-encoder.ts'

/**
 * The encodings of texts that have one, from the file where it has them, and keeps them there for the next training.
 *
 * @param load called only where a text is new
 * @param onProgress called with the share done
 */
export async function encodeTexts(
  texts: readonly string[],
  {
    file,
    load,
    onProgress = () => {},
  }: {
    readonly file: Pick<EncodingFile, 'read' | 'write'>
    readonly load: () => Promise<SentenceEncoder>
    readonly onProgress?: (share: number) => void
  },
): Promise<Map<string, Int8Array>> {
  const kept = await file.read()
  const found = new Map<string, Int8Array>()
  const used = new Map<string, Int8Array | null>()
  let encoder: SentenceEncoder | undefined
  for (const [at, text] of texts.entries()) {
    if (at % REPORTED === 0) onProgress(at / texts.length)
    const key = keyOfText(text)
    let encoding = used.has(key) ? used.get(key) : kept.get(key)?.encoding
    if (encoding === undefined) {
      encoder ??= await load()
      encoding = (await encoder.encode(text)) ?? null
    }
    used.set(key, encoding)
    if (encoding !== null) found.set(text, encoding)
  }
  // What cannot be kept is encoded again next time.
  await file.write(used, kept).catch(() => undefined)
  return found
}

/** Texts between two reports of progress. */
const REPORTED = 50
