import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { sourceErrors } from './errors.ts'
import { fileSize } from './input-file.ts'

export interface JsonFile {
  readonly path: string
  readonly size: number
}

const jsonName = /\.(?:json|ndjson|jsonl)$/i

/**
 * The files of a JSON export: a file as it is, whatever its name; of a folder all `*.json`, `*.ndjson` and `*.jsonl`,
 * subfolders included, in an order that depends on their names alone. Hidden files and links to folders are left out.
 *
 * @throws SOURCE_NOT_FOUND, SOURCE_UNREADABLE; SOURCE_UNEXPECTED for a folder without such files
 */
export async function findJsonFiles(paths: readonly string[]): Promise<JsonFile[]> {
  const found: JsonFile[] = []
  for (const path of paths) {
    const isFolder = await stat(path).then(
      (facts) => facts.isDirectory(),
      () => false,
    )
    const files = isFolder ? await filesIn(path) : [path]
    if (files.length === 0)
      throw sourceErrors.SOURCE_UNEXPECTED({ file: path, reason: 'the folder holds no JSON file' })
    for (const file of files) found.push({ path: file, size: await fileSize(file) })
  }
  return found
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((fault: NodeJS.ErrnoException) => {
    throw sourceErrors.SOURCE_UNREADABLE({ file: folder, reason: fault.message }, { cause: fault })
  })
  const shown = entries.filter(({ name }) => !name.startsWith('.'))
  const files: string[] = []
  for (const entry of shown.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) files.push(...(await filesIn(path)))
    else if (jsonName.test(entry.name) && (await isFile(path))) files.push(path)
  }
  return files
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (facts) => facts.isFile(),
    () => true,
  )
}
