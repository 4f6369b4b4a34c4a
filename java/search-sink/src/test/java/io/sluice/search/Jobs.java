package io.sluice.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Runs real Flink jobs, each in a separate Flink in this JVM, which write documents {@code "id version json"}. */
final class Jobs {

    private Jobs() {}

    /** A client file as Sluice renders it. */
    static Path clientFile(Path folder, String... lines) throws IOException {
        return Files.write(Files.createTempFile(folder, "client", ".properties"), List.of(lines));
    }

    static SearchSinkBuilder<String> sink(Path clientFile) {
        return SearchSink.<String>builder()
                .clientFile(clientFile.toString())
                .linger(Duration.ofMillis(50))
                .documents((line, context) -> {
                    String[] parts = line.split(" ", 3);
                    return new SearchDocument("words", parts[0], Long.parseLong(parts[1]), parts[2]);
                });
    }

    /** Throws what the job failed with. */
    static void run(Sink<String> sink, String... lines) throws Exception {
        run(1, sink, lines);
    }

    /** With that many writers. */
    static void run(int writers, Sink<String> sink, String... lines) throws Exception {
        Configuration configuration = new Configuration();
        configuration.setString("restart-strategy.type", "none");
        try (StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(writers, configuration)) {
            env.fromData(lines).sinkTo(sink);
            env.execute();
        }
    }

    /** All messages of a failure and its causes. */
    static String messages(Throwable failure) {
        StringBuilder text = new StringBuilder();
        for (Throwable each = failure; each != null; each = each.getCause()) {
            text.append(each).append('\n');
        }
        return text.toString();
    }
}
