package dev.holdfast.replication.transfer;

import java.io.DataInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Tells the stall watch when this side waits for bytes, and when it is busy with those it has. */
final class WatchedInput extends FilterInputStream {

    private final StallWatch watch;

    WatchedInput(InputStream in, StallWatch watch) {
        super(in);
        this.watch = watch;
    }

    DataInputStream asData() {
        return new DataInputStream(this);
    }

    @Override
    public int read() throws IOException {
        watch.waiting(true);
        try {
            return super.read();
        } finally {
            watch.waiting(false);
        }
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        watch.waiting(true);
        try {
            return super.read(target, offset, length);
        } finally {
            watch.waiting(false);
        }
    }
}
