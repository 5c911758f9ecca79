import { dirname, isAbsolute, normalize, relative, sep } from 'node:path'

/** Where the files of an export are, and so what is nobody else's business. */
export interface ReportedPlaces {
  /** A file's name beneath the export's own folder: what people who mend it know it by. */
  file(path: string): string
  /** A message without the folders of this machine. */
  text(message: string): string
}

/** Of a source that is read over the network; it is no secret of the server. */
const ADDRESS = /^https?:\/\//i

/**
 * Names of an export's files for its history: what an import keeps of its places and faults is shown over HTTP and
 * must not tell where on the server they lie.
 *
 * @param paths files or folders of the export, as they were given
 */
export function reportedPlaces(paths: readonly string[]): ReportedPlaces {
  const given = paths.filter((path) => !ADDRESS.test(path)).map((path) => normalize(path))
  // Of several folders each keeps its own name, so that two files of one name stay apart.
  const folders = [...(given.length === 1 ? given : []), ...given.map((path) => dirname(path))]
    .filter((folder) => folder !== '.' && folder !== sep)
    .sort((a, b) => b.length - a.length)

  function file(path: string): string {
    if (ADDRESS.test(path)) return path
    const normal = normalize(path)
    const folder = folders.find((each) => normal.startsWith(each.endsWith(sep) ? each : each + sep))
    return folder === undefined ? normal : relative(folder, normal)
  }

  return {
    file,
    text(message) {
      const absolute = folders.filter(isAbsolute)
      return absolute.reduce((text, folder) => text.replaceAll(folder + sep, ''), message)
    },
  }
}
