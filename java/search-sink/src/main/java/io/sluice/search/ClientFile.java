package io.sluice.search;

import java.io.IOException;
import java.io.Reader;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * Where the client file that Sluice renders is: a path, or an environment variable with a path, looked up where the writer runs.
 * That is all of it that goes into the job graph; the file's content, with its password, is read by each writer again.
 */
final class ClientFile implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String path;
    private final String variable;

    private ClientFile(String path, String variable) {
        this.path = path;
        this.variable = variable;
    }

    static ClientFile at(String path) {
        return new ClientFile(path, null);
    }

    static ClientFile namedBy(String variable) {
        return new ClientFile(null, variable);
    }

    /**
     * Reads Java's properties in UTF-8: hosts, username, password, api-key, verify-hostname, truststore, truststore.type.
     *
     * @throws IOException with the name of the file or the variable when it is not there
     */
    Properties read() throws IOException {
        String found = path == null ? System.getenv(variable) : path;
        if (found == null || found.isEmpty()) {
            throw new IOException(variable + " is not set: start this Flink with sluice run, or name the client file");
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(found))) {
            properties.load(reader);
        }
        return properties;
    }

    @Override
    public String toString() {
        return path == null ? "the file that " + variable + " names" : path;
    }
}
