package org.pombal.cli.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A body in chunks (RFC 9112 section 7.1). Chunk extensions and trailer fields are passed over. */
final class ChunkedBody extends InputStream {

    private final InputStream input;
    private long left;
    private boolean begun;
    private boolean ended;

    ChunkedBody(InputStream input) {
        this.input = input;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (left == 0 && !ended) {
            nextChunk();
        }
        if (ended) {
            return -1;
        }
        int count = input.read(bytes, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw new EOFException("the answer was cut off within a chunk");
        }
        left -= count;
        return count;
    }

    private void nextChunk() throws IOException {
        if (begun && !Lines.read(input).isEmpty()) {
            throw new HttpException("a chunk that does not end where it says");
        }
        begun = true;
        String line = Lines.read(input);
        int semicolon = line.indexOf(';');
        String size = (semicolon < 0 ? line : line.substring(0, semicolon)).strip();
        if (!size.matches("[0-9a-fA-F]{1,15}")) {
            throw new HttpException("chunk size '" + size + "'");
        }
        left = Long.parseLong(size, 16);
        if (left == 0) {
            ended = true;
            while (!Lines.read(input).isEmpty()) {
                // a trailer field
            }
        }
    }
}
