package io.sluice.pipeline;

import org.apache.flink.annotation.Internal;

/** How often a word occurred within one window, and up to its end. A POJO of Flink's. */
@Internal
public class WordCount {

    public String word;
    /** Where the window ends, in milliseconds since 1970. */
    public long windowEnd;

    public long comments;
    public long code;
    public long allComments;
    public long allCode;

    public WordCount() {}

    /** Grows with each result of the same word. */
    long version() {
        return allComments + allCode;
    }

    String toLine() {
        return String.join("\t", word, text(windowEnd), text(comments), text(code), text(allComments), text(allCode));
    }

    /** A word is letters only: nothing needs to be escaped. */
    String toJson() {
        return "{\"word\":\"" + word + "\",\"windowEnd\":" + windowEnd + ",\"comments\":" + comments + ",\"code\":"
                + code + ",\"allComments\":" + allComments + ",\"allCode\":" + allCode + "}";
    }

    private static String text(long number) {
        return Long.toString(number);
    }
}
