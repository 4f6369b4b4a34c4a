package io.sluice.sealed.flink;

import java.nio.file.Path;
import org.apache.flink.api.common.JobID;
import org.apache.flink.core.execution.SavepointFormatType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes the savepoint that {@link EarlierVersionIT} reads. Runs only by its name: see {@code test/fixtures/README.md}. */
class SavepointRecorder {
    @TempDir
    private Path root;

    @Test
    void record() throws Exception {
        EarlierSavepoint savepoint = new EarlierSavepoint(Path.of(System.getProperty("sluice.record")), root);
        try (SealedCluster cluster = savepoint.cluster()) {
            JobID job = cluster.submit(savepoint.job("hashmap", null));
            cluster.await(job, EarlierSavepoint.RUN, 2L * MarkedJob.KEYS);
            cluster.stopWithSavepoint(job, savepoint.target(), SavepointFormatType.CANONICAL);
        }
    }
}
