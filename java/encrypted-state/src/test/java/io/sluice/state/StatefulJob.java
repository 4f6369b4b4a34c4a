package io.sluice.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** A job on the MiniCluster that ends with a savepoint. */
final class StatefulJob {
    /** How many keys it remembers. */
    static final int KEYS = 200;

    private static final List<String> SAID = new CopyOnWriteArrayList<>();
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Map<String, String> configuration = new HashMap<>();
    private Encryption encryption = Encryption.NONE;
    private int parallelism = 2;
    private boolean drained;
    private Function<KeyedStream<Long, String>, SingleOutputStreamOperator<String>> processing =
            numbers -> numbers.process(new RememberingFunction(encryption));

    StatefulJob(String backend) {
        configuration.put("state.backend.type", backend);
        configuration.put("restart-strategy.type", "none");
        // So that the control finds the markers of plain state.
        configuration.put("state.backend.rocksdb.compression.per.level", "NO_COMPRESSION");
        configuration.put("state.backend.forst.compression.per.level", "NO_COMPRESSION");
        configuration.put("execution.state-recovery.ignore-unclaimed-state", "true");
    }

    StatefulJob encrypting(Encryption what) {
        encryption = what;
        return this;
    }

    StatefulJob restoredFrom(String savepoint) {
        configuration.put("execution.state-recovery.path", savepoint);
        return this;
    }

    StatefulJob parallelism(int subtasks) {
        parallelism = subtasks;
        return this;
    }

    /** Does something else than a {@link RememberingFunction} with the numbers of each key, and says a text for each. */
    StatefulJob processing(Function<KeyedStream<Long, String>, SingleOutputStreamOperator<String>> other) {
        processing = other;
        return this;
    }

    /** Puts all state into {@code _metadata}, as far as Flink allows that. */
    StatefulJob inOneFile() {
        configuration.put("state.storage.fs.memory-threshold", "1mb");
        return this;
    }

    /** Lets every timer fire before it ends. */
    StatefulJob drained() {
        drained = true;
        return this;
    }

    /** Runs it until each key has been seen, and returns the savepoint's path. */
    String run(Path savepoints, SavepointFormatType format) throws Exception {
        SAID.clear();
        JobClient job = environment().executeAsync();
        try {
            awaitAllKeys(job);
            String savepoint = job.stopWithSavepoint(drained, savepoints.toUri().toString(), format)
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            job.getJobExecutionResult().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return savepoint;
        } finally {
            if (!job.getJobStatus().get().isGloballyTerminalState()) {
                job.cancel().get();
            }
        }
    }

    /** Runs it with checkpoints that are retained, and gives a look at all that it writes before it is cancelled. */
    void runAndLook(Path checkpoints, Path local, Look look) throws Exception {
        configuration.put("execution.checkpointing.interval", "500 ms");
        configuration.put("execution.checkpointing.incremental", "true");
        configuration.put("execution.checkpointing.dir", checkpoints.toUri().toString());
        configuration.put("execution.checkpointing.externalized-checkpoint-retention", "RETAIN_ON_CANCELLATION");
        configuration.put("state.backend.rocksdb.localdir", local.toString());
        configuration.put("state.backend.forst.local-dir", local.toString());
        configuration.put("state.backend.forst.primary-dir", "local");
        SAID.clear();
        JobClient job = environment().executeAsync();
        try {
            awaitAllKeys(job);
            // One may have begun before the last key; files are written for the next one.
            await(2 + newestCheckpoint(checkpoints), () -> newestCheckpoint(checkpoints));
            look.at();
        } finally {
            job.cancel().get();
        }
    }

    interface Look {
        void at() throws Exception;
    }

    /** The number of the newest complete checkpoint; 0 if there is none. */
    private static long newestCheckpoint(Path checkpoints) throws IOException {
        if (!Files.exists(checkpoints)) {
            return 0;
        }
        try (Stream<Path> files = Files.find(checkpoints, 3, (file, attributes) -> file.endsWith("_metadata"))) {
            return files.mapToLong(file -> Long.parseLong(
                            file.getParent().getFileName().toString().substring(4)))
                    .max()
                    .orElse(0);
        }
    }

    /** What the last job said, sorted. */
    static List<String> said() {
        List<String> sorted = new ArrayList<>(SAID);
        Collections.sort(sorted);
        return sorted;
    }

    private StreamExecutionEnvironment environment() {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(Configuration.fromMap(configuration));
        environment.setParallelism(parallelism);
        environment.setMaxParallelism(8);
        KeyedStream<Long, String> numbers = environment
                .fromSource(
                        new NumberSequenceSource(0, Long.MAX_VALUE - 1), WatermarkStrategy.noWatermarks(), "numbers")
                // Numbers begin again in each run.
                .uid(UUID.randomUUID().toString())
                .setParallelism(1)
                .map(StatefulJob::slowly)
                .setParallelism(1)
                .filter(number -> number < KEYS)
                .setParallelism(1)
                .keyBy(number -> RememberingFunction.key(number), encryption.keys("account"));
        processing.apply(numbers).uid("remember").map(StatefulJob::say).sinkTo(new DiscardingSink<>());
        return environment;
    }

    private static Long slowly(Long number) throws InterruptedException {
        if (number >= KEYS) {
            Thread.sleep(5);
        }
        return number;
    }

    private static String say(String text) {
        SAID.add(text);
        return text;
    }

    private static void awaitAllKeys(JobClient job) throws Exception {
        await(KEYS, () -> {
            if (job.getJobStatus().get().isGloballyTerminalState()) {
                job.getJobExecutionResult().get();
                throw new IllegalStateException("the job ended after " + SAID.size() + " keys");
            }
            return SAID.size();
        });
    }

    private static void await(long wanted, Callable<Number> progress) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (long now = progress.call().longValue();
                now < wanted;
                now = progress.call().longValue()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(now + " of " + wanted + " after " + PATIENCE);
            }
            Thread.sleep(20);
        }
    }
}
