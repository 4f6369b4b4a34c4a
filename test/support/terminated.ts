/**
 * How a JVM of Flink ends on SIGTERM: by the signal, or, where the JobManager's main thread sees its cluster entrypoint close before
 * the JVM is down, by `ApplicationStatus.UNKNOWN` (1445, of which an exit code keeps 165; Flink's ClusterEntrypoint).
 */
export const terminated: readonly number[] = [143, 1445 & 0xff];
