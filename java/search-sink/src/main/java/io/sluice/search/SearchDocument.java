package io.sluice.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Serializable;
import java.util.Objects;
import org.apache.flink.annotation.PublicEvolving;

/**
 * A document to be indexed, whole. The id is the job's choice, and must be the same when the same element comes again after a
 * restart: then it is written over itself. The version must grow with each change of the document: of two versions the greater
 * one stays, in whatever order they arrive.
 */
@PublicEvolving
public final class SearchDocument implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String index;
    private final String id;
    private final long version;
    private final byte[] source;

    /**
     * @param index name of an index or alias to write to
     * @param id at most 512 bytes of UTF-8
     * @param version 0 or greater
     * @param source a JSON object in UTF-8
     */
    public SearchDocument(String index, String id, long version, byte[] source) {
        this.index = Objects.requireNonNull(index, "index");
        this.id = Objects.requireNonNull(id, "id");
        this.version = version;
        this.source = Objects.requireNonNull(source, "source").clone();
        if (index.isEmpty() || id.isEmpty() || version < 0) {
            throw new IllegalArgumentException("a document needs an index, an id, and a version of 0 or more");
        }
    }

    /** The same with the JSON as text. */
    public SearchDocument(String index, String id, long version, String source) {
        this(index, id, version, source.getBytes(UTF_8));
    }

    public String index() {
        return index;
    }

    public String id() {
        return id;
    }

    public long version() {
        return version;
    }

    byte[] source() {
        return source;
    }

    /** Bytes on the wire, with the line that goes before it. */
    long size() {
        return source.length + 3L * (index.length() + id.length()) + 100;
    }

    /** Says which document it is, and not what is in it. */
    @Override
    public String toString() {
        return index + "/" + id + " version " + version;
    }
}
