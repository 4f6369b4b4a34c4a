package io.sluice.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("not-on-2")
class TlsTest {

    @TempDir
    Path folder;

    @Test
    void writesToAServerThatTheTruststoreHas() throws Exception {
        writesTo("IP:127.0.0.1");
    }

    @Test
    void refusesAServerThatNothingTrusts() throws Exception {
        try (SearchServer server = new SearchServer(identity("IP:127.0.0.1"))) {
            refuses("the server's certificate is not trusted by", server, "hosts=https://127.0.0.1:" + server.port());
        }
    }

    @Test
    void refusesATruststoreThatTrustsNothing() throws Exception {
        try (SearchServer server = new SearchServer(identity("IP:127.0.0.1"));
                OutputStream out = Files.newOutputStream(folder.resolve("truststore"))) {
            KeyStore empty = KeyStore.getInstance("JKS");
            empty.load(null, null);
            empty.store(out, "changeit".toCharArray());
            refuses("has no certificate", server, lines(server));
        }
    }

    @Test
    void refusesAServerWithAnotherName() throws Exception {
        try (SearchServer server = new SearchServer(identity("DNS:elsewhere.example"))) {
            refuses("the server's certificate is not trusted by", server, lines(server));
        }
    }

    @Test
    void takesAServerWithAnotherNameWhenItIsToldTo() throws Exception {
        writesTo("DNS:elsewhere.example", "verify-hostname=false");
    }

    private void writesTo(String name, String... more) throws Exception {
        try (SearchServer server = new SearchServer(identity(name))) {
            String[] lines = lines(server);
            Path file = Jobs.clientFile(folder, String.join("\n", lines), String.join("\n", more));
            Jobs.run(Jobs.sink(file).build(), "a 1 {}");
            assertThat(server.documents).hasSize(1);
        }
    }

    private void refuses(String why, SearchServer server, String... lines) throws Exception {
        var sink = Jobs.sink(Jobs.clientFile(folder, lines)).build();
        var failure = catchThrowableOfType(Exception.class, () -> Jobs.run(sink, "a 1 {}"));
        String text = Jobs.messages(failure);
        assertThat(text).contains(why);
        assertThat(server.documents).isEmpty();
    }

    private String[] lines(SearchServer server) {
        return new String[] {
            "hosts=https://127.0.0.1:" + server.port(),
            "truststore=" + folder.resolve("truststore"),
            "truststore.type=JKS"
        };
    }

    /** A server's key and self-signed certificate, made by keytool, and a truststore with it beside it. */
    private SSLContext identity(String name) throws Exception {
        Path keystore = folder.resolve("keystore");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        int code = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=search",
                        "-ext",
                        "san=" + name,
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        keystore.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        assertThat(code).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keystore)) {
            keys.load(in, "changeit".toCharArray());
        }
        KeyStore trusted = KeyStore.getInstance("JKS");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", keys.getCertificate("server"));
        try (OutputStream out = Files.newOutputStream(folder.resolve("truststore"))) {
            trusted.store(out, "changeit".toCharArray());
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }
}
