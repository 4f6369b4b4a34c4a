package io.sluice.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import org.apache.flink.api.common.serialization.AbstractDeserializationSchema;

/** Reads records {@code time TAB word}, UTF-8. Which topic they come from says where the word stood. */
final class WordSchema extends AbstractDeserializationSchema<Word> {

    private static final long serialVersionUID = 1L;

    private final boolean inComment;

    WordSchema(boolean inComment) {
        super(Word.class);
        this.inComment = inComment;
    }

    @Override
    public Word deserialize(byte[] message) throws IOException {
        String record = new String(message, UTF_8);
        int tab = record.indexOf('\t');
        if (tab < 0) {
            throw new IOException("a record without a tab: " + record.length() + " characters");
        }
        return new Word(record.substring(tab + 1), Long.parseLong(record.substring(0, tab)), inComment);
    }
}
