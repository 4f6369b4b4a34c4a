package io.sluice.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
        return IntStream.range(0, count).mapToObj(i -> i + " 1 {\"n\":" + i + "}").toArray(String[]::new);
    }

    @Test
    void keepsTheNewestVersionWhateverComesLast() throws Exception {
        Jobs.run(Jobs.sink(file).build(), "a 2 {\"n\":2}", "a 1 {\"n\":1}", "a 2 {\"n\":2}", "b 1 {\n\"n\":7\r\n}");
        assertEquals(Set.of("words/a", "words/b"), server.documents.keySet());
        assertEquals(2, server.documents.get("words/a").path("n").asInt());
        assertEquals(7, server.documents.get("words/b").path("n").asInt());
    }

    @Test
    void sendsAgainWhatAServerInTroubleDidNotTake() throws Exception {
        server.faults.addAll(List.of(503, 429, 0, 502, 504));
        Jobs.run(Jobs.sink(file).batch(40, 1 << 20).build(), numbers(100));
        assertEquals(100, server.documents.size());
        assertTrue(server.faults.isEmpty());
    }

    @Test
    void sendsAgainOnlyTheDocumentsThatWereNotTaken() throws Exception {
        server.itemFaults.addAll(List.of(429, 503, 429));
        Jobs.run(Jobs.sink(file).build(), numbers(10));
        assertEquals(10, server.documents.size());
        assertEquals(13, server.actions.size());
    }

    @Test
    void putsAPoisonDocumentIntoTheDeadLetterIndexAndGoesOn() throws Exception {
        String poison = "bad 3 {\"n\":\"secret text\"}";
        Jobs.run(Jobs.sink(file).deadLetterIndex("rejected").build(), "a 1 {\"n\":1}", poison, "b 1 {\"n\":2}", poison);
        assertEquals(3, server.documents.size());
        var letter = server.documents.entrySet().stream().filter(e -> e.getKey().startsWith("rejected/")).findFirst();
        var source = letter.orElseThrow().getValue();
        assertEquals("bad", source.path("id").asText());
        assertEquals(3, source.path("version").asLong());
        assertEquals("{\"n\":\"secret text\"}", source.path("source").asText());
        assertTrue(source.path("reason").asText().contains("failed to parse field [n]"));
    }

    @Test
    void failsTheJobForAPoisonDocumentWithoutADeadLetterIndexAndDoesNotQuoteIt() {
        var sink = Jobs.sink(file).build();
        var failure = assertThrows(Exception.class, () -> Jobs.run(sink, "bad 1 {\"n\":\"secret text\"}"));
        String text = Jobs.messages(failure);
        assertTrue(text.contains("words/bad version 1 was refused: 400 mapper_parsing_exception"), text);
        assertFalse(text.contains("secret text"), text);
    }

    @Test
    void halvesARequestThatIsTooLargeUntilItFits() throws Exception {
        server.largestBody = 1000;
        String huge = "huge 1 {\"text\":\"" + "x".repeat(2000) + "\"}";
        String[] lines = numbers(50);
        lines[20] = huge;
        server.faults.add(400);
        var failure = assertThrows(Exception.class, () -> Jobs.run(Jobs.sink(file).build(), lines));
        assertTrue(Jobs.messages(failure).contains("words/huge version 1 was refused: 413"), Jobs.messages(failure));
        lines[20] = "small 1 {}";
        Jobs.run(Jobs.sink(file).build(), lines);
        assertEquals(50, server.documents.size());
    }

    @Test
    void failsWithoutRetryWhenItIsNotLetInAndKeepsThePasswordToItself() {
        server.faults.add(401);
        var sink = Jobs.sink(file).build();
        var failure = assertThrows(Exception.class, () -> Jobs.run(sink, numbers(3)));
        String text = Jobs.messages(failure);
        assertTrue(text.contains("the server does not let in whom " + file + " names: 401"), text);
        assertFalse(text.contains(PASSWORD), text);
        assertEquals(0, server.documents.size());
    }

    @Test
    void goesToTheNextHostWhenOneIsNotThere() throws Exception {
        SearchServer gone = new SearchServer();
        gone.close();
        Path both = Jobs.clientFile(folder, "hosts=" + host(gone) + ";" + host(server));
        Jobs.run(Jobs.sink(both).build(), numbers(3));
        assertEquals(3, server.documents.size());
    }

    @Test
    void holdsTheJobBackRatherThanSendMoreAtATime() throws Exception {
        Jobs.run(Jobs.sink(file).batch(10, 1 << 20).limits(1, 11).build(), numbers(500));
        assertEquals(500, server.documents.size());
        assertEquals(1, server.mostAtATime.get());
    }

    @Test
    void sendsATypeToElasticsearch6Only() throws Exception {
        for (String version : List.of("{\"number\":\"7.17.29\"}", "{\"number\":\"8.19.0\"}",
                "{\"number\":\"6.0.0\",\"distribution\":\"opensearch\"}")) {
            server.version = version;
            Jobs.run(Jobs.sink(file).build(), numbers(1));
            assertFalse(server.actions.get(server.actions.size() - 1).contains("\"_type\""), version);
        }
        server.version = "{\"number\":\"6.8.23\"}";
        Jobs.run(Jobs.sink(file).build(), numbers(1));
        assertTrue(server.actions.get(server.actions.size() - 1).contains("\"_type\":\"_doc\""));
    }

    @Test
    void writesWhereTheServerDoesNotSayWhichItIs() throws Exception {
        for (int status : new int[] {403, 405, 404}) {
            server.rootStatus = status;
            server.documents.clear();
            Jobs.run(Jobs.sink(file).build(), status + " 1 {}");
            assertEquals(Set.of("words/" + status), server.documents.keySet());
        }
    }

    @Test
    void authenticatesWithAUserOrAnApiKey() throws Exception {
        Jobs.run(Jobs.sink(file).build(), numbers(1));
        String basic = Base64.getEncoder().encodeToString(("flink:" + PASSWORD).getBytes());
        assertEquals(Set.of("Basic " + basic), Set.copyOf(server.authorizations));
        server.authorizations.clear();
        Path key = Jobs.clientFile(folder, "hosts=" + host(server), "api-key=a2V5");
        Jobs.run(Jobs.sink(key).build(), numbers(1));
        assertEquals(Set.of("ApiKey a2V5"), Set.copyOf(server.authorizations));
    }
}
