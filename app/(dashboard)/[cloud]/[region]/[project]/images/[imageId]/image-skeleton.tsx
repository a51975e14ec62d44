import { Skeleton } from '@/components/feedback/skeleton'
import { SplitView } from '@/components/layout/app-frame'

const widths = ['w-3/4', 'w-1/2', 'w-2/3', 'w-5/6', 'w-1/2', 'w-3/4']

/** The page while it is being read, in its final shape. */
export function ImageSkeleton() {
  return (
    <SplitView
      panel={
        <div className="flex flex-col gap-3 border-line bg-canvas p-6 lg:w-96 lg:border-l">
          {widths.map((width, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: stand-ins have no identity.
            <Skeleton key={index} className={`h-3 ${width}`} />
          ))}
        </div>
      }
    >
      <div className="flex flex-col gap-5 px-4 py-5 md:px-6">
        <Skeleton className="h-3 w-80 max-w-full" />
        {widths.map((width, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: as above.
          <Skeleton key={index} className={`h-3 ${width}`} />
        ))}
      </div>
    </SplitView>
  )
}
