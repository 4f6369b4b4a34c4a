package io.sluice.search;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
        assertThat(read).hasSize(1);
        SearchDocument back = read.get(0).getRequestEntry();
        assertThat(back.toString()).isEqualTo("words/ümlaut version 7");
        assertThat(new String(back.source(), UTF_8)).isEqualTo("{\"n\":1}");
        assertThat(read.get(0).getSize()).isEqualTo(document.size());
    }

    @Test
    void putsNothingOfTheClientFileIntoTheJobGraphOrAText() throws Exception {
        Path file = Jobs.clientFile(
                folder, "hosts=http://search.example", "username=flink", "password=planted", "api-key=planted");
        SearchSink<String> sink = Jobs.sink(file).build();
        String graph = new String(InstantiationUtil.serializeObject(sink), ISO_8859_1);
        for (String text : List.of(graph, sink.toString(), Jobs.sink(file).toString())) {
            assertThat(text).doesNotContain("planted");
            assertThat(text).doesNotContain("search.example");
        }
    }

    @Test
    void refusesDocumentsThatCannotBeToldApart() {
        assertThatThrownBy(() -> new SearchDocument("words", "", 1, "{}")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SearchDocument("", "a", 1, "{}")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SearchDocument("words", "a", -1, "{}"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
