package dev.holdfast.guard.process;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** Finds functions of the C library and reads errno after them. */
final class Linkage {

    static final StructLayout ERRNO_LAYOUT = Linker.Option.captureStateLayout();
    static final Linker.Option WITH_ERRNO = Linker.Option.captureCallState("errno");
    private static final VarHandle ERRNO = ERRNO_LAYOUT.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private Linkage() {}

    @SuppressWarnings("restricted") // Every program of ours is started with --enable-native-access.
    static MethodHandle call(String name, FunctionDescriptor shape, Linker.Option... options) {
        Linker linker = Linker.nativeLinker();
        MemorySegment address = linker.defaultLookup()
                .find(name)
                .orElseThrow(() -> new IllegalStateException("the C library has no " + name + "(): Linux is needed"));
        return linker.downcallHandle(address, shape, options);
    }

    /** The errno that a call {@link #WITH_ERRNO} left. */
    static int errno(MemorySegment state) {
        return (int) ERRNO.get(state, 0L);
    }

    /** For what a method handle is declared to throw and never does. */
    static RuntimeException unexpected(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
    }
}
