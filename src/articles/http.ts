export { articleRoutes } from './routes.ts'
