package io.sluice.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.connector.base.sink.writer.RequestEntryWrapper;
import org.apache.flink.core.io.SimpleVersionedSerialization;
import org.junit.jupiter.api.Test;

/** Writes the state that {@link EarlierVersionTest} reads. Runs only by its name: see {@code test/fixtures/README.md}. */
class FixtureRecorder {

    @Test
    void record() throws IOException {
        List<RequestEntryWrapper<SearchDocument>> entries = new ArrayList<>();
        for (SearchDocument each : EarlierVersionTest.DOCUMENTS) {
            entries.add(new RequestEntryWrapper<>(each, each.size()));
        }
        byte[] written = SimpleVersionedSerialization.writeVersionAndSerialize(
                new SearchDocumentSerializer(), new BufferedRequestState<>(entries));
        Files.write(Path.of(System.getProperty("sluice.record"), "search-writer-state"), written);
    }
}
