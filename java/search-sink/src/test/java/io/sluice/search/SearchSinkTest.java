package io.sluice.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("not-on-1")
class SearchSinkTest {

    private static final String PASSWORD = "planted-password";

    @TempDir
    Path folder;

    private SearchServer server;
    private Path file;

    @BeforeEach
    void start() throws Exception {
        server = new SearchServer();
        file = Jobs.clientFile(folder, "hosts=" + host(server), "username=flink", "password=" + PASSWORD);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String host(SearchServer server) {
        return "http://127.0.0.1:" + server.port();
    }

    private static String[] numbers(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> i + " 1 {\"n\":" + i + "}")
                .toArray(String[]::new);
    }

    @Test
    void keepsTheNewestVersionWhateverComesLast() throws Exception {
        Jobs.run(Jobs.sink(file).build(), "a 2 {\"n\":2}", "a 1 {\"n\":1}", "a 2 {\"n\":2}", "b 1 {\n\"n\":7\r\n}");
        assertThat(server.documents.keySet()).isEqualTo(Set.of("words/a", "words/b"));
        assertThat(server.documents.get("words/a").path("n").asInt()).isEqualTo(2);
        assertThat(server.documents.get("words/b").path("n").asInt()).isEqualTo(7);
    }

    @Test
    void sendsAgainWhatAServerInTroubleDidNotTake() throws Exception {
        server.faults.addAll(List.of(503, 429, 0, 502, 504));
        Jobs.run(Jobs.sink(file).batch(40, 1 << 20).build(), numbers(100));
        assertThat(server.documents).hasSize(100);
        assertThat(server.faults).isEmpty();
    }

    @Test
    void sendsAgainOnlyTheDocumentsThatWereNotTaken() throws Exception {
        server.itemFaults.addAll(List.of(429, 503, 429));
        Jobs.run(Jobs.sink(file).build(), numbers(10));
        assertThat(server.documents).hasSize(10);
        assertThat(server.actions).hasSize(13);
    }

    @Test
    void putsAPoisonDocumentIntoTheDeadLetterIndexAndGoesOn() throws Exception {
        String poison = "bad 3 {\"n\":\"secret text\"}";
        Jobs.run(Jobs.sink(file).deadLetterIndex("rejected").build(), "a 1 {\"n\":1}", poison, "b 1 {\"n\":2}", poison);
        assertThat(server.documents).hasSize(3);
        var letter = server.documents.entrySet().stream()
                .filter(e -> e.getKey().startsWith("rejected/"))
                .findFirst();
        var source = letter.orElseThrow().getValue();
        assertThat(source.path("id").asText()).isEqualTo("bad");
        assertThat(source.path("version").asLong()).isEqualTo(3);
        assertThat(source.path("source").asText()).isEqualTo("{\"n\":\"secret text\"}");
        assertThat(source.path("reason").asText()).contains("failed to parse field [n]");
    }

    @Test
    void failsTheJobForAPoisonDocumentWithoutADeadLetterIndexAndDoesNotQuoteIt() {
        var sink = Jobs.sink(file).build();
        var failure = catchThrowableOfType(Exception.class, () -> Jobs.run(sink, "bad 1 {\"n\":\"secret text\"}"));
        String text = Jobs.messages(failure);
        assertThat(text).contains("words/bad version 1 was refused: 400 mapper_parsing_exception");
        assertThat(text).doesNotContain("secret text");
    }

    @Test
    void halvesARequestThatIsTooLargeUntilItFits() throws Exception {
        server.largestBody = 1000;
        String huge = "huge 1 {\"text\":\"" + "x".repeat(2000) + "\"}";
        String[] lines = numbers(50);
        lines[20] = huge;
        server.faults.add(400);
        var failure = catchThrowableOfType(
                Exception.class, () -> Jobs.run(Jobs.sink(file).build(), lines));
        assertThat(Jobs.messages(failure)).contains("words/huge version 1 was refused: 413");
        lines[20] = "small 1 {}";
        Jobs.run(Jobs.sink(file).build(), lines);
        assertThat(server.documents).hasSize(50);
    }

    @Test
    void failsWithoutRetryWhenItIsNotLetInAndKeepsThePasswordToItself() {
        server.faults.add(401);
        var sink = Jobs.sink(file).build();
        var failure = catchThrowableOfType(Exception.class, () -> Jobs.run(sink, numbers(3)));
        String text = Jobs.messages(failure);
        assertThat(text).contains("authentication failed (401) with the credentials in " + file);
        assertThat(text).doesNotContain(PASSWORD);
        assertThat(server.documents).isEmpty();
    }

    @Test
    void goesToTheNextHostWhenOneIsNotThere() throws Exception {
        SearchServer gone = new SearchServer();
        gone.close();
        Path both = Jobs.clientFile(folder, "hosts=" + host(gone) + ";" + host(server));
        Jobs.run(Jobs.sink(both).build(), numbers(3));
        assertThat(server.documents).hasSize(3);
    }

    @Test
    void holdsTheJobBackRatherThanSendMoreAtATime() throws Exception {
        Jobs.run(Jobs.sink(file).batch(10, 1 << 20).limits(1, 11).build(), numbers(500));
        assertThat(server.documents).hasSize(500);
        assertThat(server.mostAtATime.get()).isEqualTo(1);
    }

    @Test
    void sendsATypeToElasticsearch6Only() throws Exception {
        for (String version : List.of(
                "{\"number\":\"7.17.29\"}",
                "{\"number\":\"8.19.0\"}",
                "{\"number\":\"6.0.0\",\"distribution\":\"opensearch\"}")) {
            server.version = version;
            Jobs.run(Jobs.sink(file).build(), numbers(1));
            assertThat(server.actions.get(server.actions.size() - 1))
                    .as(version)
                    .doesNotContain("\"_type\"");
        }
        server.version = "{\"number\":\"6.8.23\"}";
        Jobs.run(Jobs.sink(file).build(), numbers(1));
        assertThat(server.actions.get(server.actions.size() - 1)).contains("\"_type\":\"_doc\"");
    }

    @Test
    void writesWhereTheServerDoesNotSayWhichItIs() throws Exception {
        for (int status : new int[] {403, 405, 404}) {
            server.rootStatus = status;
            server.documents.clear();
            Jobs.run(Jobs.sink(file).build(), status + " 1 {}");
            assertThat(server.documents.keySet()).isEqualTo(Set.of("words/" + status));
        }
    }

    @Test
    void authenticatesWithAUserOrAnApiKey() throws Exception {
        Jobs.run(Jobs.sink(file).build(), numbers(1));
        String basic = Base64.getEncoder().encodeToString(("flink:" + PASSWORD).getBytes());
        assertThat(Set.copyOf(server.authorizations)).isEqualTo(Set.of("Basic " + basic));
        server.authorizations.clear();
        Path key = Jobs.clientFile(folder, "hosts=" + host(server), "api-key=a2V5");
        Jobs.run(Jobs.sink(key).build(), numbers(1));
        assertThat(Set.copyOf(server.authorizations)).isEqualTo(Set.of("ApiKey a2V5"));
    }
}
