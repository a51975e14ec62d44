import { z } from 'zod'
import { maxImagesInAddress } from '../images'
import { ImageId, ScopeInput } from './scope'

/** The id of the last image of a page; newer IMS regions name a text of their own instead. */
const Marker = z.string().regex(/^[\x21-\x7e]{1,512}$/)

export const ImagePageInput = ScopeInput.extend({
  marker: Marker.optional(),
  hidden: z.enum(['true', 'false']).default('false'),
})

/** At most a screenful a call: the address stays short and the reads stay bounded. */
const maxIdsPerCall = 50

const idList = (most: number) =>
  z
    .string()
    .transform((text) => [...new Set(text.split(','))])
    .pipe(z.array(ImageId).min(1).max(most))

export const ImageIdsInput = ScopeInput.extend({ ids: idList(maxIdsPerCall) })
export const ImageInput = ScopeInput.extend({ imageId: ImageId })
export const SetVisibilityInput = ImageInput.extend({ visibility: z.enum(['private', 'shared']) })

/** The images an address of the composer names; read in parts. */
export const ImageIdsInAddress = idList(maxImagesInAddress)
