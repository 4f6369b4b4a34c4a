package io.sluice.pipeline;

import org.apache.flink.annotation.Internal;

/** One word of a text, as it comes from a topic. A POJO of Flink's. */
@Internal
public class Word {

    public String text;
    /** Milliseconds since 1970. */
    public long time;
    /** Whether it stood in a comment, or in code. */
    public boolean inComment;

    public Word() {}

    public Word(String text, long time, boolean inComment) {
        this.text = text;
        this.time = time;
        this.inComment = inComment;
    }
}
