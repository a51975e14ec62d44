import { z } from 'zod'
import { ImageId, ScopeInput } from './scope'

export const ImagePageInput = ScopeInput.extend({
  marker: ImageId.optional(),
  hidden: z.enum(['true', 'false']).default('false'),
})

/** At most a screenful a call: the address stays short and the reads stay bounded. */
export const maxIdsPerCall = 50

const IdList = z
  .string()
  .transform((text) => [...new Set(text.split(','))])
  .pipe(z.array(ImageId).min(1).max(maxIdsPerCall))

export const ImageIdsInput = ScopeInput.extend({ ids: IdList })
export const ImageInput = ScopeInput.extend({ imageId: ImageId })
export const SetVisibilityInput = ImageInput.extend({ visibility: z.enum(['private', 'shared']) })
