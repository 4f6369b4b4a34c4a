package io.sluice.search;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Which servers are trusted: those of the file's truststore, or without one those that the JVM trusts. */
final class TrustedConnections {

    private TrustedConnections() {}

    static SSLContext of(Properties properties) throws IOException {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(truststore(properties));
            X509ExtendedTrustManager manager = (X509ExtendedTrustManager) factory.getTrustManagers()[0];
            boolean verifies = !"false".equals(properties.getProperty("verify-hostname"));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {verifies ? manager : new AnyHost(manager)}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("the truststore " + properties.getProperty("truststore") + " cannot be used", e);
        }
    }

    /** Without a password, as Sluice renders it: certificates are no secret. */
    private static KeyStore truststore(Properties properties) throws IOException, GeneralSecurityException {
        String path = properties.getProperty("truststore");
        if (path == null) {
            return null;
        }
        KeyStore store = KeyStore.getInstance(properties.getProperty("truststore.type", KeyStore.getDefaultType()));
        try (InputStream in = Files.newInputStream(Path.of(path))) {
            store.load(in, null);
        }
        if (store.size() == 0) {
            throw new IOException("the truststore " + path + " has no certificate that can be read without a password");
        }
        return store;
    }

    /**
     * Verifies a chain, and not whose it is. The JDK's HTTP client has no setting for that; the check is made by the
     * methods that get an engine or a socket, and these ask the one that gets neither.
     */
    private static final class AnyHost extends X509ExtendedTrustManager {
        private final X509ExtendedTrustManager chains;

        AnyHost(X509ExtendedTrustManager chains) {
            this.chains = chains;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            chains.checkServerTrusted(chain, type);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            chains.checkServerTrusted(chain, type);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            chains.checkServerTrusted(chain, type);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("a client has no clients");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            checkClientTrusted(chain, type);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            checkClientTrusted(chain, type);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return chains.getAcceptedIssuers();
        }
    }
}
