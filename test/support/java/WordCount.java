import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.SimpleStringEncoder;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.connector.file.src.reader.TextLineInputFormat;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;

import java.util.Locale;

/**
 * Counts the words of all text files in a folder: {@code WordCount INPUT OUTPUT}. Every step runs twice, so that with one slot
 * for each TaskManager half of the words cross from one to the other over the data port. The same source compiles against
 * Flink 1.20 and 2.x.
 */
public final class WordCount {

    private static final int PARALLELISM = 2;

    public static void main(String[] args) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setRuntimeMode(RuntimeExecutionMode.BATCH);
        FileSource<String> lines =
                FileSource.forRecordStreamFormat(new TextLineInputFormat(), new Path(args[0])).build();
        FileSink<String> counts =
                FileSink.forRowFormat(new Path(args[1]), new SimpleStringEncoder<String>()).build();
        env.fromSource(lines, WatermarkStrategy.noWatermarks(), "lines").setParallelism(PARALLELISM)
                .flatMap(WordCount::words).returns(Types.TUPLE(Types.STRING, Types.INT)).setParallelism(PARALLELISM)
                .keyBy(word -> word.f0)
                .sum(1).setParallelism(PARALLELISM)
                .map(word -> word.f0 + "\t" + word.f1).setParallelism(PARALLELISM)
                .sinkTo(counts).setParallelism(PARALLELISM);
        env.execute("WordCount");
    }

    private static void words(String line, Collector<Tuple2<String, Integer>> out) {
        for (String word : line.split("[^A-Za-z]+")) {
            if (!word.isEmpty()) {
                out.collect(Tuple2.of(word.toLowerCase(Locale.ROOT), 1));
            }
        }
    }

    private WordCount() {}
}
