package io.sluice.sealed.flink;

import java.nio.file.Path;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sealed savepoints of earlier versions of Sluice, which today's plugin must restore. {@code test/fixtures} has them. */
class EarlierVersionIT {
    @TempDir
    private Path root;

    @ParameterizedTest
    @ValueSource(strings = {"hashmap", "rocksdb"})
    void aSealedSavepointOf010IsRestored(String backend) throws Exception {
        EarlierSavepoint savepoint = new EarlierSavepoint(Path.of("../../test/fixtures/0.1.0"), root);
        try (SealedCluster cluster = savepoint.cluster()) {
            JobID job = cluster.submit(savepoint.job(backend, savepoint.recorded()));
            // The job fails if an element does not meet the state that the recorded ones have left.
            cluster.await(job, EarlierSavepoint.RUN, 2L * MarkedJob.KEYS);
            cluster.cancel(job);
        }
    }
}
