package io.sluice.sealed.flink;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;

/**
 * A job that fails if any of its state is lost, doubled or changed: the n-th element of a key must meet the state that n
 * elements have left. Everything it stores is marked, so that plaintext can be searched for.
 */
final class MarkedJob {
    static final String KEY_MARK = "MARKED-KEY-";
    static final String VALUE_MARK = "MARKED-VALUE-";
    static final String CONSTANT_MARK = "MARKED-PASSWORD-OF-A-SINK";

    static final int KEYS = 1000;

    /** Elements checked, by the name of the run: the cluster is in this JVM. */
    private static final Map<String, AtomicLong> CHECKED = new ConcurrentHashMap<>();

    private MarkedJob() {}

    static AtomicLong checked(String run) {
        return CHECKED.computeIfAbsent(run, name -> new AtomicLong());
    }

    /** @param savepoint where to start from, or null */
    static JobGraph graph(String run, Configuration configuration, int parallelism, String savepoint) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setMaxParallelism(16);
        env.fromSequence(0, Long.MAX_VALUE - 1)
                .setParallelism(1)
                .uid("source")
                .map(new Throttle())
                .setParallelism(1)
                .keyBy(n -> KEY_MARK + n % KEYS, Types.STRING)
                .process(new Check(run))
                .setParallelism(parallelism)
                .uid("check")
                .sinkTo(new DiscardingSink<>())
                .setParallelism(parallelism);
        JobGraph graph = env.getStreamGraph().getJobGraph();
        if (savepoint != null) {
            graph.setSavepointRestoreSettings(restoreSettings(configuration, savepoint));
        }
        return graph;
    }

    private static SavepointRestoreSettings restoreSettings(Configuration configuration, String savepoint) {
        Configuration restore = new Configuration(configuration);
        restore.setString("execution.state-recovery.path", savepoint);
        return SavepointRestoreSettings.fromConfiguration(restore);
    }

    /** Leaves room for others on this machine. */
    private static final class Throttle implements MapFunction<Long, Long> {
        @Override
        public Long map(Long n) throws InterruptedException {
            if (n % 20 == 0) {
                Thread.sleep(1);
            }
            return n;
        }
    }

    private static final class Check extends KeyedProcessFunction<String, Long, Long> {
        private final String run;
        private final String constant = CONSTANT_MARK;
        private transient ValueState<Long> visits;
        private transient ValueState<String> value;
        private transient MapState<String, String> history;
        private transient AtomicLong checked;

        Check(String run) {
            this.run = run;
        }

        @Override
        public void open(OpenContext context) {
            visits = getRuntimeContext().getState(new ValueStateDescriptor<>("visits", Types.LONG));
            value = getRuntimeContext().getState(new ValueStateDescriptor<>("value", Types.STRING));
            history = getRuntimeContext().getMapState(new MapStateDescriptor<>("history", Types.STRING, Types.STRING));
            checked = checked(run);
        }

        @Override
        public void processElement(Long n, Context context, Collector<Long> out) throws Exception {
            long visit = visits.value() == null ? 0 : visits.value();
            String expected = visit == 0 ? null : text(n - KEYS);
            if (n / KEYS != visit || !equal(expected, value.value()) || !equal(expected, history.get("last"))) {
                throw new IllegalStateException("state of " + context.getCurrentKey() + " at " + n + ": " + visit
                        + " visits, " + value.value() + ", " + history.get("last"));
            }
            visits.update(visit + 1);
            value.update(text(n));
            history.put("last", text(n));
            history.put(VALUE_MARK + visit % 10, text(n));
            checked.incrementAndGet();
        }

        private String text(long n) {
            return VALUE_MARK + n + "-" + constant.length();
        }

        private static boolean equal(String one, String other) {
            return one == null ? other == null : one.equals(other);
        }
    }
}
