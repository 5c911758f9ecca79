import './request.ts'

export { accessRoutes } from './routes.ts'
