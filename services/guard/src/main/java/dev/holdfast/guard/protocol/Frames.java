package dev.holdfast.guard.protocol;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * Frames of the guard's socket: 4 bytes length of what follows, 8 bytes request id, 1 byte tag, the fields. Both
 * directions count their ids by the client's; news carries {@link #NEWS}.
 */
public final class Frames {

    /** Version of this protocol; client and guard must have the same. */
    public static final int VERSION = 1;

    /** Id of frames that answer nothing. */
    public static final long NEWS = 0;

    /** No request is longer, length field included. */
    public static final int REQUEST_LIMIT_BYTES = 256 * 1024;

    /** No reply is longer: it may quote the request, and lists are cut to fit. */
    public static final int REPLY_LIMIT_BYTES = 1024 * 1024;

    public static final int LENGTH_BYTES = 4;

    private Frames() {}

    /**
     * A whole frame around a request.
     *
     * @throws IllegalArgumentException if it is longer than the limit
     */
    public static ByteBuffer frame(long id, Request request) {
        WireOut out = new WireOut().number(id);
        RequestCodec.write(request, out);
        return withLength(out.toByteArray(), REQUEST_LIMIT_BYTES);
    }

    /** A whole frame around a reply. */
    public static ByteBuffer frame(long id, Reply reply) {
        WireOut out = new WireOut().number(id);
        ReplyCodec.write(reply, out);
        return withLength(out.toByteArray(), REPLY_LIMIT_BYTES);
    }

    /**
     * The request in the body of a frame, whose id has been taken off.
     *
     * @throws MalformedFrame if it is none
     */
    public static Request request(ByteBuffer body) throws MalformedFrame {
        try {
            return RequestCodec.read(new WireIn(body));
        } catch (BufferUnderflowException | IllegalArgumentException bad) {
            throw new MalformedFrame(bad);
        }
    }

    /**
     * The reply in the body of a frame, whose id has been taken off.
     *
     * @throws MalformedFrame if it is none
     */
    public static Reply reply(ByteBuffer body) throws MalformedFrame {
        try {
            return ReplyCodec.read(new WireIn(body));
        } catch (BufferUnderflowException | IllegalArgumentException bad) {
            throw new MalformedFrame(bad);
        }
    }

    /**
     * Checks a frame's length field.
     *
     * @param limitBytes the limit of this kind of frame
     * @throws MalformedFrame if no frame can have this length
     */
    public static int checkedLength(int length, int limitBytes) throws MalformedFrame {
        if (length <= Long.BYTES || length > limitBytes - LENGTH_BYTES) {
            throw new MalformedFrame(new IllegalArgumentException("frame of " + length + " bytes"));
        }
        return length;
    }

    private static ByteBuffer withLength(byte[] body, int limitBytes) {
        if (body.length > limitBytes - LENGTH_BYTES) {
            throw new IllegalArgumentException("message of " + body.length + " bytes: the limit is " + limitBytes);
        }
        return ByteBuffer.allocate(LENGTH_BYTES + body.length)
                .putInt(body.length)
                .put(body)
                .flip();
    }
}
