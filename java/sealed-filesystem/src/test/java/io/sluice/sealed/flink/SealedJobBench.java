package io.sluice.sealed.flink;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;

/**
 * Runs the same job in turn with plain and with sealed checkpoints, and prints a line for each run: the scheme, milliseconds,
 * milliseconds of CPU, completed checkpoints. Arguments: a folder, the state backend, records, rounds. The first round is to
 * warm up and is not printed.
 */
final class SealedJobBench {
    private static final int KEYS = 200_000;
    private static final AtomicInteger COMPLETED = new AtomicInteger();

    private SealedJobBench() {}

    public static void main(String[] args) throws Exception {
        StateFolder folder = new StateFolder(Path.of(args[0]));
        long records = Long.parseLong(args[2]);
        int rounds = Integer.parseInt(args[3]);
        try (SealedCluster cluster = SealedCluster.start(folder.cluster("sealed+file"))) {
            for (int round = 0; round <= rounds; round++) {
                boolean plainFirst = round % 2 == 0;
                for (String scheme :
                        new String[] {plainFirst ? "file" : "sealed+file", plainFirst ? "sealed+file" : "file"}) {
                    String line = scheme + " " + run(cluster, folder, scheme, args[1], records);
                    if (round > 0) {
                        System.out.println(line);
                    }
                }
            }
        }
    }

    private static String run(SealedCluster cluster, StateFolder folder, String scheme, String backend, long records)
            throws Exception {
        Configuration configuration = folder.job(scheme, backend);
        configuration.setString("execution.checkpointing.interval", "500 ms");
        configuration.removeKey("state.backend.rocksdb.compression.per.level");
        System.gc();
        COMPLETED.set(0);
        long cpu = cpuMillis();
        long began = System.nanoTime();
        JobID job = cluster.submit(graph(configuration, records));
        cluster.finish(job);
        return (System.nanoTime() - began) / 1_000_000 + " " + (cpuMillis() - cpu) + " " + COMPLETED;
    }

    private static JobGraph graph(Configuration configuration, long records) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.fromSequence(0, records - 1)
                .setParallelism(1)
                .keyBy(n -> n * 0x9E3779B97F4A7C15L % KEYS, Types.LONG)
                .process(new Store())
                .setParallelism(2)
                .sinkTo(new DiscardingSink<>())
                .setParallelism(2);
        return env.getStreamGraph().getJobGraph();
    }

    /** Replaces 100 bytes for each record, which do not compress well. */
    private static final class Store extends KeyedProcessFunction<Long, Long, Long> implements CheckpointListener {
        private transient ValueState<byte[]> state;

        @Override
        public void open(OpenContext context) {
            state = getRuntimeContext().getState(new ValueStateDescriptor<>("state", byte[].class));
        }

        @Override
        public void processElement(Long n, Context context, Collector<Long> out) throws Exception {
            byte[] value = state.value();
            if (value == null) {
                value = new byte[100];
            }
            long random = n;
            for (int i = 0; i < value.length; i++) {
                random = random * 6364136223846793005L + 1442695040888963407L;
                value[i] = (byte) (random >>> 56);
            }
            state.update(value);
        }

        @Override
        public void notifyCheckpointComplete(long id) {
            if (getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0) {
                COMPLETED.incrementAndGet();
            }
        }
    }

    private static long cpuMillis() {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getProcessCpuTime() / 1_000_000;
    }
}
