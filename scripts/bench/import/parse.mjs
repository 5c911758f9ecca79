// Child of ../import.mjs: reads a dump and does nothing with it.
import { requireFormat } from '../../../dist/sources/registry.js'

const [dump] = process.argv.slice(2)
const started = performance.now()
let items = 0
for await (const block of requireFormat('stack-exchange').read([dump], { bytesRead: 0, bytesTotal: 0 }))
  items += block.length
const seconds = (performance.now() - started) / 1000
const megabytes = Math.round(process.resourceUsage().maxRSS / 1024)
console.log(JSON.stringify({ seconds, megabytes, items }))
