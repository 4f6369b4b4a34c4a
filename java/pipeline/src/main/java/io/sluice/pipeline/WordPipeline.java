package io.sluice.pipeline;

import io.sluice.search.SearchDocument;
import io.sluice.search.SearchSink;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.OnCheckpointRollingPolicy;

/**
 * Two topics of words, of comments and of code, are counted together; each result goes to files, to a topic and to a search index.
 *
 * <pre>
 * sluice run flink run pipeline.jar --comments TOPIC --code TOPIC --results TOPIC --files URI --index NAME
 *     [--service ELASTICSEARCH|OPENSEARCH]
 * </pre>
 *
 * Files and topic hold a row for each word and window, exactly once. The index holds a document for each word, the newest.
 */
@Internal
public final class WordPipeline {

    static final Set<String> NEEDED = Set.of("comments", "code", "results", "files", "index");
    static final Set<String> OPTIONAL = Set.of("service");

    private WordPipeline() {}

    public static void main(String[] args) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        define(env, Topics.ofEnvironment(), new Arguments(args, NEEDED, OPTIONAL));
        env.execute("word-pipeline");
    }

    static void define(StreamExecutionEnvironment env, Topics topics, Arguments arguments) {
        DataStream<WordCount> counts = source(env, topics, arguments, "comments")
                .union(source(env, topics, arguments, "code"))
                .keyBy(word -> word.text)
                .process(new WordCounter())
                .uid("counter")
                .name("counter");
        counts.sinkTo(topics.results(arguments.get("results"))).uid("topic").name("topic");
        counts.sinkTo(files(arguments.get("files"))).uid("files").name("files");
        counts.sinkTo(index(arguments.get("index"), arguments.get("service", "ELASTICSEARCH")))
                .uid("index")
                .name("index");
    }

    /** Within a partition words come in the order of their times, so that nothing is ever late. */
    private static DataStream<Word> source(
            StreamExecutionEnvironment env, Topics topics, Arguments arguments, String name) {
        WatermarkStrategy<Word> times =
                WatermarkStrategy.<Word>forMonotonousTimestamps().withTimestampAssigner((word, unused) -> word.time);
        return env.fromSource(topics.words(arguments.get(name), name.equals("comments")), times, name)
                .uid(name);
    }

    /** Files end with each checkpoint, so that none needs to be cut back after a failure. */
    private static FileSink<WordCount> files(String uri) {
        return FileSink.<WordCount>forRowFormat(new Path(uri), (count, out) -> {
                    out.write(count.toLine().getBytes(StandardCharsets.UTF_8));
                    out.write('\n');
                })
                .withRollingPolicy(OnCheckpointRollingPolicy.build())
                .build();
    }

    private static SearchSink<WordCount> index(String index, String service) {
        return SearchSink.<WordCount>builder()
                .service(service)
                .documents((count, unused) -> new SearchDocument(index, count.word, count.version(), count.toJson()))
                .deadLetterIndex(index + "-rejected")
                .build();
    }
}
