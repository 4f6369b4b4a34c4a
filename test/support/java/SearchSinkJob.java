import io.sluice.search.SearchDocument;
import io.sluice.search.SearchSink;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A job in this JVM that writes documents 0 to 999 in three versions each, an old one last, one that does not fit the mapping, and
 * one of 3 MB: {@code SearchSinkJob SERVICE}.
 */
public final class SearchSinkJob {
    public static void main(String[] args) throws Exception {
        List<String> lines = new ArrayList<>();
        for (int version : new int[] {1, 3, 2}) {
            for (int i = 0; i < 1000; i++) lines.add(i + " " + version + " {\"n\":" + version + "}");
        }
        lines.add("poison 1 {\"n\":\"no number\"}");
        lines.add("huge 5 {\"text\":\"" + "x".repeat(3_000_000) + "\"}");
        Configuration configuration = new Configuration();
        configuration.setString("restart-strategy.type", "none");
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, configuration);
        env.fromData(lines)
                .sinkTo(SearchSink.<String>builder()
                        .service(args[0])
                        .batch(100, 1_000_000)
                        .deadLetterIndex("rejected")
                        .documents((line, context) -> {
                            String[] parts = line.split(" ", 3);
                            return new SearchDocument("numbers", parts[0], Long.parseLong(parts[1]), parts[2]);
                        })
                        .build());
        env.execute();
    }
}
