package io.sluice.sealed.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.SavepointFormatType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Searches every byte that Flink has stored, with high availability by a real ZooKeeper. */
class NoPlaintextIT {
    private static final List<String> DIRS = List.of("checkpoints", "changelog", "savepoints", "ha");
    private static final List<String> MARKS =
            List.of(MarkedJob.KEY_MARK, MarkedJob.VALUE_MARK, MarkedJob.CONSTANT_MARK);

    @TempDir
    private Path root;

    private StateFolder folder;
    private ZooKeeper zooKeeper;
    private final String run = UUID.randomUUID().toString();

    @BeforeEach
    void start() throws Exception {
        folder = new StateFolder(root);
        zooKeeper = new ZooKeeper(root.resolve("zookeeper"));
    }

    @AfterEach
    void stop() {
        zooKeeper.close();
    }

    @Test
    void noMarkIsInAnyByteOfASealedStorage() throws Exception {
        runJobs("sealed+file", () -> {
            for (String dir : DIRS) {
                assertThat(folder.contents(dir)).as(dir).isNotEmpty();
                for (String mark : MARKS) {
                    assertThat(folder.marksIn(dir, mark))
                            .as(mark + " in " + dir)
                            .isZero();
                }
                assertThat(folder.unsealedFiles(dir)).isEmpty();
            }
        });
    }

    /** The same search, after the same jobs: so the search works. */
    @Test
    @Tag("not-on-1")
    void thereAreThousandsInAPlainOne() throws Exception {
        runJobs("file", () -> {
            for (String dir : List.of("checkpoints", "changelog", "savepoints")) {
                assertThat(folder.marksIn(dir, MarkedJob.KEY_MARK)).as(dir).isGreaterThan(1000);
                assertThat(folder.marksIn(dir, MarkedJob.VALUE_MARK)).as(dir).isGreaterThan(1000);
            }
            assertThat(folder.marksIn("ha", MarkedJob.CONSTANT_MARK)).isPositive();
        });
    }

    private interface Look {
        void at() throws Exception;
    }

    /** A job for each way to store state; looks while the last one runs, whose job graph is in the HA dir. */
    private void runJobs(String scheme, Look look) throws Exception {
        Configuration configuration = folder.cluster(scheme);
        configuration.setString("high-availability.type", "zookeeper");
        configuration.setString("high-availability.zookeeper.quorum", zooKeeper.address());
        configuration.setString("high-availability.storageDir", folder.uri(scheme, "ha"));
        configuration.setString("job-result-store.delete-on-commit", "false");
        try (SealedCluster cluster = SealedCluster.start(configuration)) {
            JobID withSavepoint = begin(cluster, folder.job(scheme, "rocksdb"));
            cluster.stopWithSavepoint(withSavepoint, folder.uri(scheme, "savepoints"), SavepointFormatType.CANONICAL);
            cluster.cancel(begin(cluster, folder.job(scheme, "changelog")));
            Configuration quiet = folder.job(scheme, "hashmap");
            quiet.setString("execution.checkpointing.interval", "1 h");
            begin(cluster, quiet);
            assertThat(filesOfHighAvailability())
                    .anyMatch(name -> name.matches(".*/submitted(JobGraph|ExecutionPlan)\\w*"))
                    .anyMatch(name -> name.matches(".*/completedCheckpoint\\w*"))
                    .anyMatch(name -> name.matches(".*/job-result-store/.*/[0-9a-f]{32}\\.json"));
            look.at();
        }
    }

    private JobID begin(SealedCluster cluster, Configuration configuration) throws Exception {
        JobID job = cluster.submit(MarkedJob.graph(run, configuration, 2, null));
        cluster.await(job, run, 20_000);
        cluster.checkpoint(job);
        return job;
    }

    private List<String> filesOfHighAvailability() throws IOException {
        return folder.contents("ha").keySet().stream().map(Path::toString).collect(Collectors.toList());
    }
}
