package org.pombal.node.guardian;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import org.pombal.node.session.ProcessId;

/**
 * One request or answer on the control socket: 48 bytes, little-endian (guardian/src/protocol.h).
 *
 * @param id of the request, in all answers to it; 0 in what was not asked for
 * @param name up to 16 bytes, ended by a zero if shorter
 */
record ControlRecord(int type, int id, int pid, int value, long start, long time, String name) {

    static final int SIZE = 48;

    static final int HELLO = 1;
    static final int STATUS = 2;
    static final int LIST = 3;
    static final int WATCH = 4;
    static final int KILL = 5;
    static final int TERMINATE = 6;

    static final int HELLO_ANSWER = 101;
    static final int STATUS_ANSWER = 102;
    static final int PROCESS = 103;
    static final int END = 104;
    static final int GONE = 105;
    static final int KILLED = 106;
    static final int REFUSED = 107;

    private static final int NAME_SIZE = 16;

    static ControlRecord request(int type, int id, ProcessId process, int value) {
        return new ControlRecord(type, id, process.pid(), value, process.startTicks(), 0, "");
    }

    static ControlRecord request(int type, int id, int value) {
        return request(type, id, new ProcessId(0, 0), value);
    }

    /** What the answer is about. */
    ProcessId process() {
        return new ProcessId(pid, start);
    }

    /** Only requests are written, and those have no name. */
    void write(ByteBuf to) {
        to.writeIntLE(type).writeIntLE(id).writeIntLE(pid).writeIntLE(value);
        to.writeLongLE(start).writeLongLE(time).writeZero(NAME_SIZE);
    }

    static ControlRecord read(ByteBuf from) {
        int type = from.readIntLE();
        int id = from.readIntLE();
        int pid = from.readIntLE();
        int value = from.readIntLE();
        long start = from.readLongLE();
        long time = from.readLongLE();
        String name = from.readCharSequence(NAME_SIZE, ISO_8859_1).toString();
        int end = name.indexOf('\0');
        return new ControlRecord(type, id, pid, value, start, time, end < 0 ? name : name.substring(0, end));
    }
}
