package io.sluice.sealed.flink;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.plugin.PluginManager;
import org.apache.flink.core.plugin.PluginUtils;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;

/** Flink in this JVM, two TaskManagers, with the plugin from the folder that FLINK_PLUGINS_DIR names, as a container has it. */
final class SealedCluster implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 120;

    private final MiniCluster cluster;

    private SealedCluster(MiniCluster cluster) {
        this.cluster = cluster;
    }

    static SealedCluster start(Configuration processes) throws Exception {
        Configuration configuration = new Configuration(processes);
        configuration.setString("rest.port", "0");
        configuration.setString("rest.bind-port", "0");
        PluginManager plugins = PluginUtils.createPluginManagerFromRootFolder(configuration);
        FileSystem.initialize(configuration, plugins);
        MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setPluginManager(plugins)
                .setNumTaskManagers(2)
                .setNumSlotsPerTaskManager(2)
                .build());
        cluster.start();
        return new SealedCluster(cluster);
    }

    JobID submit(JobGraph graph) throws Exception {
        cluster.submitJob(graph).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return graph.getJobID();
    }

    /** Waits until a run has checked some more elements. Throws the job's own failure. */
    void await(JobID job, String run, long more) throws Exception {
        AtomicLong checked = MarkedJob.checked(run);
        long enough = checked.get() + more;
        long deadline = System.nanoTime() + Duration.ofSeconds(PATIENCE_SECONDS).toNanos();
        while (checked.get() < enough) {
            JobStatus status = cluster.getJobStatus(job).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (status.isGloballyTerminalState()) {
                cluster.requestJobResult(job)
                        .get()
                        .toJobExecutionResult(getClass().getClassLoader());
                throw new IllegalStateException("the job has ended: " + status);
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(run + " has only checked " + checked);
            }
            Thread.sleep(50);
        }
    }

    /** @return the path of a checkpoint that stays */
    String checkpoint(JobID job) throws Exception {
        return cluster.triggerCheckpoint(job).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    String stopWithSavepoint(JobID job, String folder, SavepointFormatType format) throws Exception {
        String path = cluster.stopWithSavepoint(job, folder, false, format).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        cluster.requestJobResult(job).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return path;
    }

    /** Waits for a bounded job. Throws its failure. */
    void finish(JobID job) throws Exception {
        cluster.requestJobResult(job)
                .get(10, TimeUnit.MINUTES)
                .toJobExecutionResult(getClass().getClassLoader());
    }

    void cancel(JobID job) throws Exception {
        cluster.cancelJob(job).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        cluster.requestJobResult(job).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws Exception {
        cluster.close();
    }
}
