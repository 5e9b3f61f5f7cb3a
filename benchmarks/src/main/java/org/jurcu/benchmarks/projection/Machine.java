package org.jurcu.benchmarks.projection;

import java.util.List;

/**
 * A machine, as far as its cache lines are concerned.
 *
 * @param name of it
 * @param cores that run a thread each
 * @param move nanoseconds until a core that wants to write a line has it from the core that wrote it last
 * @param fetchAndMove nanoseconds of a load and the write behind it: the line comes once to be read and once more to be owned
 */
record Machine(String name, int cores, double move, double fetchAndMove) {
    // Measured by P. McKenney on an 8-socket Xeon 8176 (perfbook, cpu/overheads.tex): blind and plain compare-and-set.
    private static final double SAME_SOCKET = 47.5;
    private static final double SAME_SOCKET_LOADED = 101.9;
    private static final double OTHER_SOCKET = 148.8;
    private static final double OTHER_SOCKET_LOADED = 442.9;
    private static final double FAR_SOCKET = 336.6;
    private static final double FAR_SOCKET_LOADED = 944.8;

    /** Two cores of one socket; two sockets, where every other partner is on the same; eight, where one in eight is. */
    static final List<Machine> ALL = List.of(
            new Machine("1 socket", 2, SAME_SOCKET, SAME_SOCKET_LOADED),
            new Machine(
                    "2 sockets", 64, (SAME_SOCKET + OTHER_SOCKET) / 2, (SAME_SOCKET_LOADED + OTHER_SOCKET_LOADED) / 2),
            new Machine(
                    "8 sockets",
                    512,
                    (SAME_SOCKET + 7 * FAR_SOCKET) / 8,
                    (SAME_SOCKET_LOADED + 7 * FAR_SOCKET_LOADED) / 8));
}
