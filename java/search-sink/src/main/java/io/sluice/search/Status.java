package io.sluice.search;

/** What status codes of HTTP mean here, of an answer as well as of one of its items. */
final class Status {

    static final int CONFLICT = 409;
    static final int TOO_LARGE = 413;
    static final int SERVER_ERROR = 500;

    private Status() {}

    static boolean isDone(int status) {
        return status >= 200 && status < 300;
    }

    /** Too busy, or not there for a while: the same request may succeed later. */
    static boolean isUnavailable(int status) {
        return status == 408 || status == 429 || status == SERVER_ERROR || status >= 502 && status <= 504;
    }

    /** The credentials are wrong, or may not do this. */
    static boolean isForbidden(int status) {
        return status == 401 || status == 403;
    }

    /** There is something about the document, or the documents, that will never be accepted. */
    static boolean isRejected(int status) {
        return status == 400 || status == TOO_LARGE;
    }
}
