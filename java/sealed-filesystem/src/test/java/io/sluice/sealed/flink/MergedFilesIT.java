package io.sluice.sealed.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * With file merging, Flink leaves files open that a completed checkpoint refers to. A process with such a job is killed: what it
 * has completed can be restored, and what it could not complete has failed for a clear reason.
 */
class MergedFilesIT {
    @TempDir
    private Path root;

    @ParameterizedTest
    @Tag("not-on-1")
    @ValueSource(ints = {1, 2})
    void whatWasCompletedSurvivesAKill(int parallelism) throws Exception {
        StateFolder folder = new StateFolder(root);
        List<String> said = runUntilKilled(parallelism, 3);
        boolean allSucceeded = said.stream().allMatch(line -> line.startsWith("sealed+file:"));
        if (!allSucceeded) {
            assertThat(said).anyMatch(line -> line.contains("execution.checkpointing.file-merging.enabled"));
        }
        String run = UUID.randomUUID().toString();
        try (SealedCluster cluster = SealedCluster.start(folder.cluster("sealed+file"))) {
            for (Path metadata : completedCheckpoints(folder)) {
                String checkpoint = "sealed+file://" + metadata.getParent();
                JobID job = cluster.submit(MarkedJob.graph(run, folder.job("sealed+file", "hashmap"), 2, checkpoint));
                cluster.await(job, run, 5_000);
                cluster.cancel(job);
            }
        }
    }

    private static List<Path> completedCheckpoints(StateFolder folder) throws IOException {
        return folder.contents("checkpoints").keySet().stream()
                .filter(file -> file.endsWith("_metadata"))
                .collect(Collectors.toList());
    }

    /** Kills a process as soon as it has reported some checkpoints, or that it can make none. Returns what it has said. */
    private List<String> runUntilKilled(int parallelism, int checkpoints) throws Exception {
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java"));
        command.addAll(List.of(System.getProperty("test.jvm").trim().split("\\s+")));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Merging.class.getName(), root.toString()));
        command.add(String.valueOf(parallelism));
        Process process = new ProcessBuilder(command)
                .redirectError(new File(root.toFile(), "stderr"))
                .start();
        List<String> said = new ArrayList<>();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = out.readLine();
            while (line != null && (said.size() < checkpoints || !line.startsWith("sealed+file:"))) {
                said.add(line);
                line = out.readLine();
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return said;
    }

    /** The process that is killed. */
    static final class Merging {
        public static void main(String[] args) throws Exception {
            StateFolder folder = new StateFolder(Path.of(args[0]));
            Configuration merging = folder.job("sealed+file", "hashmap");
            merging.setString("execution.checkpointing.file-merging.enabled", "true");
            merging.setString("execution.checkpointing.file-merging.across-checkpoint-boundary", "true");
            merging.setString("execution.checkpointing.interval", "1 h");
            // Else the job may fail before the client that asked for the checkpoint gets the reason.
            merging.setString("execution.checkpointing.tolerable-failed-checkpoints", "100");
            try (SealedCluster cluster = SealedCluster.start(folder.cluster("sealed+file"))) {
                JobID job = cluster.submit(MarkedJob.graph("merging", merging, Integer.parseInt(args[1]), null));
                while (true) {
                    cluster.await(job, "merging", 5_000);
                    say(cluster.checkpoint(job));
                }
            } catch (Exception e) {
                for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                    say(String.valueOf(cause.getMessage()));
                }
            }
        }

        private static void say(String text) throws IOException {
            System.out.println(text.replace('\n', ' '));
            System.out.flush();
        }
    }
}
