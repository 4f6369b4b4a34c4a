package io.sluice.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.connector.base.sink.writer.RequestEntryWrapper;
import org.apache.flink.core.io.SimpleVersionedSerialization;
import org.junit.jupiter.api.Test;

/** A writer's state of earlier versions of Sluice, which this one must read. {@code test/fixtures} has it. */
class EarlierVersionTest {

    private static final Path FIXTURES = Path.of("../../test/fixtures");

    static final List<SearchDocument> DOCUMENTS = List.of(
            new SearchDocument("words", "a", 1, "{\"n\":1}"),
            new SearchDocument("wörter", "ümlaut €", Long.MAX_VALUE, "{\"text\":\"line\\nnext €\"}"),
            new SearchDocument("words", "b", 0, "{}"));

    @Test
    void readsTheStateOf010() throws IOException {
        byte[] written = Files.readAllBytes(FIXTURES.resolve("0.1.0/search-writer-state"));
        var state = SimpleVersionedSerialization.readVersionAndDeSerialize(new SearchDocumentSerializer(), written);
        assertThat(described(documentsOf(state))).isEqualTo(described(DOCUMENTS));
    }

    private static List<SearchDocument> documentsOf(BufferedRequestState<SearchDocument> state) {
        List<SearchDocument> documents = new ArrayList<>();
        for (RequestEntryWrapper<SearchDocument> each : state.getBufferedRequestEntries()) {
            documents.add(each.getRequestEntry());
        }
        return documents;
    }

    private static List<String> described(List<SearchDocument> documents) {
        List<String> described = new ArrayList<>();
        for (SearchDocument each : documents) {
            described.add(each + " " + new String(each.source(), UTF_8));
        }
        return described;
    }
}
