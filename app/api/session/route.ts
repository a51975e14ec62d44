import { z } from 'zod'
import { read } from '@/lib/server/gate'
import { getSession } from '@/lib/server/services/sessions'

export const GET = read('session.get', z.object({}), getSession)
