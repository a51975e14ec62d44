import { z } from 'zod'
import { read } from '@/lib/server/gate'
import { listClouds } from '@/lib/server/services/clouds'

export const GET = read('cloud.list', z.object({}), listClouds)
