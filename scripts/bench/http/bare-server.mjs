/** A Fastify route that takes JSON and answers JSON by its schema, and does nothing else: what others are compared with. */
import { fastify } from 'fastify'

const text = { type: 'string' }
const schema = {
  body: { type: 'object', required: ['title', 'body'], properties: { title: text, body: text } },
  response: { 200: { type: 'object', properties: { title: text, length: { type: 'integer' } } } },
}
const app = fastify()
app.post('/bare', { schema }, async ({ body }) => ({ title: body.title, length: body.body.length }))
app.get('/cpu', async () => process.cpuUsage())
await app.listen({ host: '127.0.0.1', port: 0 })
process.stdout.write(`bare route is listening on http://127.0.0.1:${app.server.address().port}\n`)
process.on('SIGTERM', () => app.close())
