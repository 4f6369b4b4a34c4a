package io.sluice.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents that the server never takes: the job goes on, and the dead-letter index tells which they were. */
@Tag("not-on-1")
class DeadLetterTest {

    @TempDir
    Path folder;

    private SearchServer server;
    private Path file;

    @BeforeEach
    void start() throws Exception {
        server = new SearchServer();
        file = Jobs.clientFile(folder, "hosts=http://127.0.0.1:" + server.port());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private SearchSinkBuilder<String> sink() {
        return Jobs.sink(file).deadLetterIndex("rejected");
    }

    private List<JsonNode> letters() {
        List<JsonNode> letters = new ArrayList<>();
        server.documents.forEach((name, source) -> {
            if (name.startsWith("rejected/")) {
                letters.add(source);
            }
        });
        return letters;
    }

    private JsonNode onlyLetter() {
        assertEquals(1, letters().size());
        return letters().get(0);
    }

    private static String[] numbersAnd(String line) {
        String[] lines = IntStream.range(0, 50).mapToObj(i -> i + " 1 {\"n\":" + i + "}").toArray(String[]::new);
        lines[20] = line;
        return lines;
    }

    private static String sha256(String text) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        return String.format("%064x", new BigInteger(1, hash));
    }

    @Test
    void theLetterOfADocumentThatIsTooLargeFits() throws Exception {
        server.largestBody = 20_000;
        String source = "{\"text\":\"" + "€".repeat(10_000) + "\"}";
        Jobs.run(sink().build(), numbersAnd("huge 7 " + source));
        assertEquals(50, server.documents.size());
        JsonNode letter = onlyLetter();
        assertEquals("huge", letter.path("id").asText());
        assertEquals(7, letter.path("version").asLong());
        assertEquals("http_413", letter.path("type").asText());
        assertEquals(source.getBytes(UTF_8).length, letter.path("sourceBytes").asInt());
        assertEquals(sha256(source), letter.path("sourceSha256").asText());
        String kept = letter.path("source").asText();
        assertTrue(source.startsWith(kept) && kept.getBytes(UTF_8).length > 8000, kept.substring(kept.length() - 10));
    }

    @Test
    void theLetterLosesItsSourceWhereTheServerTakesVeryLittle() throws Exception {
        server.largestBody = 1000;
        String source = "{\"text\":\"" + "x".repeat(20_000) + "\"}";
        Jobs.run(sink().build(), numbersAnd("huge 1 " + source));
        JsonNode letter = onlyLetter();
        assertEquals("", letter.path("source").asText());
        assertEquals(source.length(), letter.path("sourceBytes").asInt());
        assertEquals(sha256(source), letter.path("sourceSha256").asText());
    }

    @Test
    void aLetterThatCannotBecomeSmallerFailsTheJob() {
        server.largestBody = 200;
        var failure = assertThrows(
                Exception.class, () -> Jobs.run(sink().build(), "huge 1 {\"text\":\"" + "x".repeat(20_000) + "\"}"));
        assertTrue(Jobs.messages(failure).contains("was refused: 413"), Jobs.messages(failure));
    }

    /** As JSON in JSON, the letter is nearly twice as long as the document. */
    @Test
    void aLetterAboveTheBatchLimitIsSent() throws Exception {
        for (int length : new int[] {1000, 20_000}) {
            server.documents.clear();
            String source = "{\"n\":\"" + "\\\"".repeat(length) + "\"}";
            Jobs.run(sink().batch(40, 2L * length + 400).build(), numbersAnd("bad" + length + " 1 " + source));
            JsonNode letter = onlyLetter();
            assertEquals("mapper_parsing_exception", letter.path("type").asText());
            assertTrue(source.startsWith(letter.path("source").asText()));
            assertEquals(length > 1000, letter.has("sourceBytes"));
        }
    }

    @Test
    void aDocumentAboveTheBatchLimitGoesAlone() throws Exception {
        String source = "{\"text\":\"" + "x".repeat(5000) + "\"}";
        Jobs.run(sink().batch(40, 1000).build(), numbersAnd("large 1 " + source));
        assertEquals(50, server.documents.size());
        assertEquals(5000, server.documents.get("words/large").path("text").asText().length());
    }

    @Test
    void aDocumentThatMakesEachRequestFailIsFoundAndRejected() throws Exception {
        server.requestFailsWith = "bad";
        Jobs.run(sink().serverErrors(3).build(), numbersAnd("bad 4 {\"n\":1}"));
        assertEquals(50, server.documents.size());
        JsonNode letter = onlyLetter();
        assertEquals("bad", letter.path("id").asText());
        assertEquals("http_500", letter.path("type").asText());
        assertEquals("{\"n\":1}", letter.path("source").asText());
    }

    @Test
    void aDocumentThatTheServerAnswersWith500IsRejectedAfterSoManyTries() throws Exception {
        server.documentFailsWith = "bad";
        Jobs.run(sink().serverErrors(3).build(), numbersAnd("bad 4 {\"n\":1}"));
        assertEquals(50, server.documents.size());
        assertEquals("planned", onlyLetter().path("type").asText());
        assertEquals(3, server.actions.stream().filter(action -> action.contains("\"bad\"")).count());
    }

    @Test
    void withoutADeadLetterIndexSuchADocumentFailsTheJob() {
        server.documentFailsWith = "bad";
        var sink = Jobs.sink(file).serverErrors(2).build();
        var failure = assertThrows(Exception.class, () -> Jobs.run(sink, numbersAnd("bad 4 {\"n\":1}")));
        assertTrue(Jobs.messages(failure).contains("words/bad version 4 was refused: 500"), Jobs.messages(failure));
    }

    @Test
    void aServerInTroubleRejectsNoDocument() throws Exception {
        for (int i = 0; i < 8; i++) {
            server.faults.add(500);
        }
        Jobs.run(sink().serverErrors(3).build(), numbersAnd("a 1 {\"n\":1}"));
        assertEquals(50, server.documents.size());
        assertEquals(List.of(), letters());
    }

    @Test
    void aServerThatAnswers500ForEachDocumentRejectsNone() throws Exception {
        for (int i = 0; i < 4 * 50; i++) {
            server.itemFaults.add(500);
        }
        Jobs.run(sink().serverErrors(2).build(), numbersAnd("a 1 {\"n\":1}"));
        assertEquals(50, server.documents.size());
        assertEquals(List.of(), letters());
    }

    @Test
    void writersBeginAtDifferentHosts() throws Exception {
        try (SearchServer other = new SearchServer()) {
            Path both = Jobs.clientFile(
                    folder, "hosts=http://127.0.0.1:" + server.port() + ";http://127.0.0.1:" + other.port());
            Jobs.run(2, Jobs.sink(both).build(), numbersAnd("a 1 {\"n\":1}"));
            assertFalse(server.documents.isEmpty());
            assertFalse(other.documents.isEmpty());
            assertEquals(50, server.documents.size() + other.documents.size());
        }
    }
}
