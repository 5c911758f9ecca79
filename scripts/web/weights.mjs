/** What the browser loads for each place, from the bundler's manifest and the built files. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const built = new URL('../../dist/web/', import.meta.url)
const ENTRY = 'main.tsx'
const PLACE = /^pages\/([^/]+)\/pages\.tsx$/

/**
 * Kilobytes as sent with gzip. The first load of a place is the entry, the larger of the two languages, and the place
 * itself, each with what it imports.
 *
 * @returns `{ places, later }`: `{ name, script, style }` of each place, `{ name, script }` of each part loaded on demand
 */
export function weighBuild() {
  const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', built), 'utf8'))
  const sizes = (names) => {
    const chunks = [...names].map((name) => manifest[name])
    return {
      script: kilobytes(chunks.map(({ file }) => file)),
      style: kilobytes([...new Set(chunks.flatMap(({ css }) => css ?? []))]),
    }
  }
  const language = Object.keys(manifest)
    .filter((name) => name.includes('virtual:messages/'))
    .sort((one, other) => kilobytes([manifest[other].file]) - kilobytes([manifest[one].file]))[0]
  const first = new Set([ENTRY, language].flatMap((name) => [...withImports(manifest, name)]))
  const names = Object.keys(manifest)
  return {
    shell: sizes(first),
    places: names
      .filter((name) => PLACE.test(name))
      .map((name) => ({
        name: PLACE.exec(name)[1],
        ...sizes(new Set([...first, ...withImports(manifest, name)])),
      })),
    later: names
      .filter(
        (name) => manifest[name].isDynamicEntry && !PLACE.test(name) && !name.includes('virtual:messages/'),
      )
      .map((name) => ({
        name: name.replace(/\.tsx?$/, ''),
        ...sizes([...withImports(manifest, name)].filter((each) => !first.has(each))),
      })),
  }
}

function withImports(manifest, name, found = new Set()) {
  if (found.has(name)) return found
  found.add(name)
  for (const each of manifest[name].imports ?? []) withImports(manifest, each, found)
  return found
}

function kilobytes(files) {
  return files.reduce((sum, file) => sum + sentBytes(new URL(file, built)), 0) / 1000
}

/** Small files are sent as they are. */
function sentBytes(file) {
  const compressed = new URL(`${file}.gz`)
  if (existsSync(compressed)) return statSync(compressed).size
  return Math.min(statSync(file).size, gzipSync(readFileSync(file)).length)
}
