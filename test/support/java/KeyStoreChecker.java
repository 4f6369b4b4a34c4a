import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Security;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Collections;
import java.util.StringJoiner;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Looks at keystores as a JVM does. Each line of standard input is a task with tab-separated words; a password of {@code -} stands
 * for none. The answer is some lines on standard output, and {@code done} or {@code failed REASON} after them.
 *
 * <ul>
 *   <li>{@code list TYPE PATH PASSWORD}: {@code entry ALIAS KIND SHA256,...} for each, and {@code trusts COUNT}
 *   <li>{@code copy TYPE PATH PASSWORD TYPE PATH PASSWORD PROFILE}: writes the entries into a new store
 *   <li>{@code parse BASE64}: reads a certificate, and its public key
 *   <li>{@code handshake KEYSTORE TRUSTSTORE PASSWORD [HOST]}: TLS with both sides authenticated; {@code shook PROTOCOL}. With a
 *       host, the client checks that the certificate names it, as HTTPS does
 * </ul>
 */
public final class KeyStoreChecker {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    public static void main(String[] arguments) throws Exception {
        BufferedReader tasks = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String task = tasks.readLine(); task != null; task = tasks.readLine()) {
            try {
                run(task.split("\t", -1));
                OUT.println("done");
            } catch (Exception e) {
                OUT.println("failed\t" + e.toString().replaceAll("\\s+", " "));
            }
        }
    }

    private static void run(String[] task) throws Exception {
        switch (task[0]) {
            case "list":
                list(load(task[1], task[2], task[3]), password(task[3]));
                break;
            case "copy":
                copy(load(task[1], task[2], task[3]), password(task[3]), task);
                break;
            case "parse":
                InputStream certificate = new ByteArrayInputStream(Base64.getDecoder().decode(task[1]));
                CertificateFactory.getInstance("X.509").generateCertificate(certificate).getPublicKey();
                break;
            case "handshake":
                String host = task.length > 4 ? task[4] : null;
                handshake(load("PKCS12", task[1], task[3]), load("PKCS12", task[2], task[3]), password(task[3]), host);
                break;
            default:
                throw new IllegalArgumentException(task[0]);
        }
    }

    private static char[] password(String word) {
        return word.equals("-") ? null : word.toCharArray();
    }

    private static KeyStore load(String type, String path, String password) throws Exception {
        KeyStore store = KeyStore.getInstance(type);
        try (InputStream in = new FileInputStream(path)) {
            store.load(in, password(password));
        }
        return store;
    }

    private static void list(KeyStore store, char[] password) throws Exception {
        for (String alias : Collections.list(store.aliases())) {
            boolean isKey = store.isKeyEntry(alias);
            Certificate[] chain = isKey ? store.getCertificateChain(alias) : new Certificate[] {store.getCertificate(alias)};
            if (isKey) {
                proveKey((PrivateKey) store.getKey(alias, password), chain[0]);
            }
            StringJoiner fingerprints = new StringJoiner(",");
            for (Certificate certificate : chain) {
                fingerprints.add(sha256(certificate));
            }
            OUT.println("entry\t" + alias + "\t" + (isKey ? "key" : "trusted") + "\t" + fingerprints);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        OUT.println("trusts\t" + ((X509TrustManager) factory.getTrustManagers()[0]).getAcceptedIssuers().length);
    }

    /** Signs with the key and verifies with the certificate: the one belongs to the other. */
    private static void proveKey(PrivateKey key, Certificate certificate) throws Exception {
        Signature signature = Signature.getInstance(key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA");
        signature.initSign(key);
        signature.update(new byte[] {1});
        byte[] signed = signature.sign();
        signature.initVerify(certificate);
        signature.update(new byte[] {1});
        if (!signature.verify(signed)) {
            throw new IllegalStateException("the key does not belong to its certificate");
        }
    }

    private static String sha256(Certificate certificate) throws Exception {
        StringBuilder hex = new StringBuilder();
        for (byte octet : MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded())) {
            hex.append(String.format("%02x", octet));
        }
        return hex.toString();
    }

    private static void copy(KeyStore from, char[] password, String[] task) throws Exception {
        profile(task[7]);
        KeyStore to = KeyStore.getInstance(task[4]);
        to.load(null, null);
        for (String alias : Collections.list(from.aliases())) {
            if (from.isKeyEntry(alias)) {
                to.setKeyEntry(alias, from.getKey(alias, password), password(task[6]), from.getCertificateChain(alias));
            } else {
                to.setCertificateEntry(alias, from.getCertificate(alias));
            }
        }
        try (OutputStream out = new FileOutputStream(task[5])) {
            to.store(out, password(task[6]));
        }
    }

    /** What java.security would have in keystore.pkcs12.*: the release's own defaults, those before JDK 12, or nothing at all. */
    private static void profile(String name) {
        boolean legacy = name.equals("legacy");
        boolean open = name.equals("open");
        String certificates = legacy ? "PBEWithSHA1AndRC2_40" : open ? "NONE" : "";
        Security.setProperty("keystore.pkcs12.certProtectionAlgorithm", certificates);
        Security.setProperty("keystore.pkcs12.keyProtectionAlgorithm", legacy ? "PBEWithSHA1AndDESede" : "");
        Security.setProperty("keystore.pkcs12.macAlgorithm", legacy ? "HmacPBESHA1" : open ? "NONE" : "");
    }

    private static void handshake(KeyStore keys, KeyStore trusted, char[] password, String host) throws Exception {
        KeyManagerFactory keyManagers = KeyManagerFactory.getInstance("PKIX");
        keyManagers.init(keys, password);
        TrustManagerFactory trustManagers = TrustManagerFactory.getInstance("PKIX");
        trustManagers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
        SSLEngine client = host == null ? context.createSSLEngine() : context.createSSLEngine(host, 8081);
        client.setUseClientMode(true);
        if (host != null) {
            SSLParameters parameters = client.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            client.setSSLParameters(parameters);
        }
        SSLEngine server = context.createSSLEngine();
        server.setUseClientMode(false);
        server.setNeedClientAuth(true);
        client.beginHandshake();
        server.beginHandshake();
        ByteBuffer toServer = ByteBuffer.allocate(1 << 17);
        ByteBuffer toClient = ByteBuffer.allocate(1 << 17);
        for (int i = 0; i < 1000 && !(isDone(client) && isDone(server)); i++) {
            step(client, toClient, toServer);
            step(server, toServer, toClient);
        }
        if (!isDone(client) || !isDone(server)) {
            throw new IllegalStateException("the handshake does not come to an end");
        }
        client.getSession().getPeerCertificates();
        server.getSession().getPeerCertificates();
        OUT.println("shook\t" + server.getSession().getProtocol());
    }

    private static boolean isDone(SSLEngine engine) {
        return engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
    }

    private static void step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws Exception {
        switch (engine.getHandshakeStatus()) {
            case NEED_TASK:
                engine.getDelegatedTask().run();
                break;
            case NEED_WRAP:
                engine.wrap(ByteBuffer.allocate(0), out);
                break;
            case NEED_UNWRAP:
                in.flip();
                engine.unwrap(in, ByteBuffer.allocate(1 << 15));
                in.compact();
                break;
            default:
                break;
        }
    }
}
