import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.SimpleStringEncoder;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.BasePathBucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.OnCheckpointRollingPolicy;
import org.apache.flink.util.Collector;

/**
 * Writes numbers in sequence, exactly once: {@code Sequence OUTPUT MILLISECONDS}. Each line is a number, its key, and how many
 * numbers of that key there were so far, which is state. What is lost or done twice shows in either.
 */
public final class Sequence {

    private static final long KEYS = 64;

    public static void main(String[] args) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        long pause = Long.parseLong(args[1]);
        FileSink<String> lines = FileSink.forRowFormat(new Path(args[0]), new SimpleStringEncoder<String>())
                .withBucketAssigner(new BasePathBucketAssigner<>())
                .withRollingPolicy(OnCheckpointRollingPolicy.build())
                .build();
        env.fromSource(new NumberSequenceSource(0, 1_000_000_000L), WatermarkStrategy.noWatermarks(), "numbers")
                .uid("numbers")
                .map(number -> {
                    Thread.sleep(pause);
                    return number;
                })
                .returns(Types.LONG)
                .keyBy(number -> number % KEYS)
                .process(new Count())
                .uid("count")
                .sinkTo(lines)
                .uid("lines");
        env.execute("Sequence");
    }

    private static final class Count extends KeyedProcessFunction<Long, Long, String> {

        @Override
        public void processElement(Long number, Context context, Collector<String> out) throws Exception {
            ValueState<Long> count =
                    getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.LONG));
            long next = (count.value() == null ? 0 : count.value()) + 1;
            count.update(next);
            out.collect(number + "\t" + context.getCurrentKey() + "\t" + next);
        }
    }

    private Sequence() {}
}
