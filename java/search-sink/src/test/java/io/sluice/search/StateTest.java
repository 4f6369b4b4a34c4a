package io.sluice.search;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.connector.base.sink.writer.RequestEntryWrapper;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateTest {

    @TempDir
    Path folder;

    @Test
    void keepsWaitingDocumentsAsTheyAre() throws Exception {
        SearchDocument document = new SearchDocument("words", "ümlaut", 7, "{\"n\":1}");
        var serializer = new SearchDocumentSerializer();
        var state = new BufferedRequestState<>(List.of(new RequestEntryWrapper<>(document, document.size())));
        var read = serializer.deserialize(1, serializer.serialize(state)).getBufferedRequestEntries();
        assertEquals(1, read.size());
        SearchDocument back = read.get(0).getRequestEntry();
        assertEquals("words/ümlaut version 7", back.toString());
        assertEquals("{\"n\":1}", new String(back.source(), UTF_8));
        assertEquals(document.size(), read.get(0).getSize());
    }

    @Test
    void putsNothingOfTheClientFileIntoTheJobGraphOrAText() throws Exception {
        Path file = Jobs.clientFile(folder, "hosts=http://search.example", "username=flink", "password=planted", "api-key=planted");
        SearchSink<String> sink = Jobs.sink(file).build();
        String graph = new String(InstantiationUtil.serializeObject(sink), ISO_8859_1);
        for (String text : List.of(graph, sink.toString(), Jobs.sink(file).toString())) {
            assertFalse(text.contains("planted"), text);
            assertFalse(text.contains("search.example"), text);
        }
    }

    @Test
    void refusesDocumentsThatCannotBeToldApart() {
        assertThrows(IllegalArgumentException.class, () -> new SearchDocument("words", "", 1, "{}"));
        assertThrows(IllegalArgumentException.class, () -> new SearchDocument("", "a", 1, "{}"));
        assertThrows(IllegalArgumentException.class, () -> new SearchDocument("words", "a", -1, "{}"));
    }
}
