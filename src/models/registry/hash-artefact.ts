import { createHash, webcrypto } from 'node:crypto'

/** Files of an artefact by name. */
export type Files = Readonly<Record<string, Uint8Array>>

/**
 * What an artefact is known by: the SHA-256 of the listing that `sha256sum *` prints of its files in a C locale,
 * so that anyone can check it (`sha256sum * | sha256sum`). The bytes are hashed off the calling thread.
 */
export async function hashArtefact(files: Files): Promise<string> {
  const listing = createHash('sha256')
  for (const name of Object.keys(files).sort()) {
    const digest = await webcrypto.subtle.digest('SHA-256', files[name] as Uint8Array<ArrayBuffer>)
    listing.update(`${Buffer.from(digest).toString('hex')}  ${name}\n`)
  }
  return listing.digest('hex')
}
