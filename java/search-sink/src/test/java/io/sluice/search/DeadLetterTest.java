package io.sluice.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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

/** Documents that the server never takes: the job continues, and the dead-letter index tells which they were. */
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
        assertThat(letters()).hasSize(1);
        return letters().get(0);
    }

    private static String[] numbersAnd(String line) {
        String[] lines =
                IntStream.range(0, 50).mapToObj(i -> i + " 1 {\"n\":" + i + "}").toArray(String[]::new);
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
        assertThat(server.documents).hasSize(50);
        JsonNode letter = onlyLetter();
        assertThat(letter.path("id").asText()).isEqualTo("huge");
        assertThat(letter.path("version").asLong()).isEqualTo(7);
        assertThat(letter.path("type").asText()).isEqualTo("http_413");
        assertThat(letter.path("sourceBytes").asInt()).isEqualTo(source.getBytes(UTF_8).length);
        assertThat(letter.path("sourceSha256").asText()).isEqualTo(sha256(source));
        String kept = letter.path("source").asText();
        assertThat(source).startsWith(kept);
        assertThat(kept.getBytes(UTF_8)).hasSizeGreaterThan(8000);
    }

    @Test
    void theLetterLosesItsSourceWhereTheServerTakesVeryLittle() throws Exception {
        server.largestBody = 1000;
        String source = "{\"text\":\"" + "x".repeat(20_000) + "\"}";
        Jobs.run(sink().build(), numbersAnd("huge 1 " + source));
        JsonNode letter = onlyLetter();
        assertThat(letter.path("source").asText()).isEmpty();
        assertThat(letter.path("sourceBytes").asInt()).isEqualTo(source.length());
        assertThat(letter.path("sourceSha256").asText()).isEqualTo(sha256(source));
    }

    @Test
    void aLetterThatCannotBecomeSmallerFailsTheJob() {
        server.largestBody = 200;
        var failure = catchThrowableOfType(
                Exception.class, () -> Jobs.run(sink().build(), "huge 1 {\"text\":\"" + "x".repeat(20_000) + "\"}"));
        assertThat(Jobs.messages(failure)).contains("was refused: 413");
    }

    /** As JSON in JSON, the letter is nearly twice as long as the document. */
    @Test
    void aLetterAboveTheBatchLimitIsSent() throws Exception {
        for (int length : new int[] {1000, 20_000}) {
            server.documents.clear();
            String source = "{\"n\":\"" + "\\\"".repeat(length) + "\"}";
            Jobs.run(sink().batch(40, 2L * length + 400).build(), numbersAnd("bad" + length + " 1 " + source));
            JsonNode letter = onlyLetter();
            assertThat(letter.path("type").asText()).isEqualTo("mapper_parsing_exception");
            assertThat(source).startsWith(letter.path("source").asText());
            assertThat(letter.has("sourceBytes")).isEqualTo(length > 1000);
        }
    }

    @Test
    void aDocumentAboveTheBatchLimitGoesAlone() throws Exception {
        String source = "{\"text\":\"" + "x".repeat(5000) + "\"}";
        Jobs.run(sink().batch(40, 1000).build(), numbersAnd("large 1 " + source));
        assertThat(server.documents).hasSize(50);
        assertThat(server.documents.get("words/large").path("text").asText().length())
                .isEqualTo(5000);
    }

    @Test
    void aDocumentThatMakesEachRequestFailIsFoundAndRejected() throws Exception {
        server.requestFailsWith = "bad";
        Jobs.run(sink().serverErrors(3).build(), numbersAnd("bad 4 {\"n\":1}"));
        assertThat(server.documents).hasSize(50);
        JsonNode letter = onlyLetter();
        assertThat(letter.path("id").asText()).isEqualTo("bad");
        assertThat(letter.path("type").asText()).isEqualTo("http_500");
        assertThat(letter.path("source").asText()).isEqualTo("{\"n\":1}");
    }

    @Test
    void aDocumentThatTheServerAnswersWith500IsRejectedAfterSoManyTries() throws Exception {
        server.documentFailsWith = "bad";
        Jobs.run(sink().serverErrors(3).build(), numbersAnd("bad 4 {\"n\":1}"));
        assertThat(server.documents).hasSize(50);
        assertThat(onlyLetter().path("type").asText()).isEqualTo("planned");
        assertThat(server.actions.stream()
                        .filter(action -> action.contains("\"bad\""))
                        .count())
                .isEqualTo(3);
    }

    @Test
    void withoutADeadLetterIndexSuchADocumentFailsTheJob() {
        server.documentFailsWith = "bad";
        var sink = Jobs.sink(file).serverErrors(2).build();
        var failure = catchThrowableOfType(Exception.class, () -> Jobs.run(sink, numbersAnd("bad 4 {\"n\":1}")));
        assertThat(Jobs.messages(failure)).contains("words/bad version 4 was refused: 500");
    }

    @Test
    void aServerInTroubleRejectsNoDocument() throws Exception {
        for (int i = 0; i < 8; i++) {
            server.faults.add(500);
        }
        Jobs.run(sink().serverErrors(3).build(), numbersAnd("a 1 {\"n\":1}"));
        assertThat(server.documents).hasSize(50);
        assertThat(letters()).isEmpty();
    }

    @Test
    void aServerThatAnswers500ForEachDocumentRejectsNone() throws Exception {
        for (int i = 0; i < 4 * 50; i++) {
            server.itemFaults.add(500);
        }
        Jobs.run(sink().serverErrors(2).build(), numbersAnd("a 1 {\"n\":1}"));
        assertThat(server.documents).hasSize(50);
        assertThat(letters()).isEmpty();
    }

    @Test
    void writersBeginAtDifferentHosts() throws Exception {
        try (SearchServer other = new SearchServer()) {
            Path both = Jobs.clientFile(
                    folder, "hosts=http://127.0.0.1:" + server.port() + ";http://127.0.0.1:" + other.port());
            Jobs.run(2, Jobs.sink(both).build(), numbersAnd("a 1 {\"n\":1}"));
            assertThat(server.documents).isNotEmpty();
            assertThat(other.documents).isNotEmpty();
            assertThat(server.documents.size() + other.documents.size()).isEqualTo(50);
        }
    }
}
