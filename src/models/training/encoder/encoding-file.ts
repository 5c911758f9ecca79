import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export type EncodingFile = ReturnType<typeof createEncodingFile>

const NAME = 'encodings.bin'
/** Changes with the encoder, its settings or the layout; a file that begins otherwise is forgotten. */
const FORMAT = 'use-lite 1\n'
const DIMENSIONS = 512
const KEY_BYTES = 16
/** The first bytes of the SHA-256 of the text, trainings since it was used, 1 where it has an encoding, and that. */
const RECORD_BYTES = KEY_BYTES + 2 + DIMENSIONS
/** 10 MB. */
const MOST_KEPT = 20_000
/** Trainings without a text after which its encoding is forgotten: facets take turns. */
const MOST_UNUSED = 10

/**
 * Encodings of the texts that recent trainings read, in `home`, so that the next one encodes new texts only. No text can
 * be read from it. Where it is lost, unreadable or written by two trainings at once, texts are encoded again.
 *
 * @param most texts that are kept, those used last
 */
export function createEncodingFile(home: string, most = MOST_KEPT) {
  const path = join(home, NAME)
  return {
    path,

    /** Encodings by key of text, null where the text has none; empty where there is no such file. */
    async read(): Promise<KeptEncodings> {
      const kept = new Map<string, KeptEncoding>()
      const content = await readFile(path).catch(() => Buffer.alloc(0))
      const records = content.subarray(FORMAT.length)
      if (!content.subarray(0, FORMAT.length).equals(Buffer.from(FORMAT))) return kept
      for (let at = 0; at + RECORD_BYTES <= records.length; at += RECORD_BYTES) {
        const key = records.toString('hex', at, at + KEY_BYTES)
        const unused = records[at + KEY_BYTES]!
        const values = records.subarray(at + KEY_BYTES + 2, at + RECORD_BYTES)
        const encoding =
          records[at + KEY_BYTES + 1] === 1 ? new Int8Array(Uint8Array.from(values).buffer) : null
        kept.set(key, { unused, encoding })
      }
      return kept
    },

    /**
     * Replaces the file by what this training used and, as far as there is room, by what others used lately.
     *
     * @param before as it was read
     */
    async write(used: ReadonlyMap<string, Int8Array | null>, before: KeptEncodings): Promise<void> {
      const fresh = [...used].map(([key, encoding]) => ({ key, unused: 0, encoding }))
      const others = [...before]
        .filter(([key, { unused }]) => !used.has(key) && unused < MOST_UNUSED)
        .map(([key, { unused, encoding }]) => ({ key, unused: unused + 1, encoding }))
        .sort((a, b) => a.unused - b.unused)
      const records = [...fresh, ...others].slice(0, most).map(({ key, unused, encoding }) => {
        const record = Buffer.alloc(RECORD_BYTES)
        record.write(key, 'hex')
        record[KEY_BYTES] = unused
        record[KEY_BYTES + 1] = encoding === null ? 0 : 1
        if (encoding !== null) record.set(encoding, KEY_BYTES + 2)
        return record
      })
      const temporary = `${path}.${process.pid}.tmp`
      try {
        await mkdir(home, { recursive: true })
        await writeFile(temporary, Buffer.concat([Buffer.from(FORMAT), ...records]), { mode: 0o600 })
        await rename(temporary, path)
      } catch (error) {
        await rm(temporary, { force: true })
        throw error
      }
    },
  }
}

export interface KeptEncoding {
  /** Trainings since it was used. */
  readonly unused: number
  readonly encoding: Int8Array | null
}

export type KeptEncodings = ReadonlyMap<string, KeptEncoding>

/** The key of a text in the file. */
export function keyOfText(text: string): string {
  return createHash('sha256')
    .update(text)
    .digest('hex')
    .slice(0, KEY_BYTES * 2)
}
